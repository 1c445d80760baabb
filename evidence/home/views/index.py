"""Ce qui m’attend: what to do first, what is coming, what people said."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evidence.debts.queries import owed_in
from evidence.home import sentences
from evidence.home.groups import GestureGroup, groups_of
from evidence.home.landmarks import landmarks, months_since, surveillance_planned
from evidence.home.queries import last_voices
from evidence.home.to_dos import ToDo, is_beginning, to_dos
from evidence.home.week import week_of
from evidence.readiness.keeping import board_of_today
from evidence.readiness.queries import Board
from qualiopi.organisations.cycle import surveillance_window
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.models import CertifierAudit, Organisation
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.queries import planned_audits
from qualiopi.organisations.waiting import counting
from qualiopi.web import charts
from qualiopi.web.dates import long_date
from qualiopi.web.parts import StatusCount

SHOWN, GROUPS, DEADLINES, VOICES = 4, 5, 4, 2


@requires(C.VIEW_HOME)
def show(request: TenantRequest) -> HttpResponse:
    """The first page of whoever manages: to-dos worst first, deadlines, voices."""
    organisation = request.organisation
    today = timezone.localdate()
    planned = planned_audits(organisation, today=today)
    found, things, groups = _awaiting(request, planned)
    week = week_of(organisation, today=today)
    board_url = reverse("readiness:board", args=[organisation.slug])
    beginning = is_beginning(found)
    context = {
        "heading": sentences.heading(request.user.get_short_name(), len(things), shown=SHOWN, beginning=beginning),
        "answer": sentences.answer(things, shown=SHOWN, beginning=beginning),
        "beginning": beginning,
        "today": today,
        "things": [(thing, sentences.when_words(thing)) for thing in things[:SHOWN]],
        "more": len(things) - SHOWN,
        "landmarks": landmarks(organisation, planned, found.outline.lapsing, today=today, limit=DEADLINES),
        "groups": [(group, sentences.duration_words(group.minutes)) for group in groups[:GROUPS]],
        "groups_time": sentences.duration_words(sum(group.minutes for group in groups)),
        "groups_more": len(groups) - GROUPS,
        "board": found,
        "counts": {status.value: count for status, count in found.counts.items()},
        "legend": [
            StatusCount(status.value, count, str(count), f"{board_url}?statut={status.value}")
            for status, count in found.counts.items()
            if count
        ],
        "window": _window(organisation, planned),
        "window_sentence": sentences.window_sentence(organisation),
        "week": week,
        "week_heading": sentences.week_words(week.to_leave, week.stuck),
        "week_detail": sentences.left_words(week.left),
        "voices": last_voices(organisation, limit=VOICES),
        "can_file": request.access.allows(C.EDIT_EVIDENCE) and not beginning,
        "can_view_surveys": request.access.allows(C.VIEW_SURVEYS),
    }
    return render(request, "home/index.html", context)


@requires(C.VIEW_HOME)
def waiting(request: TenantRequest) -> HttpResponse:
    """How many things this page holds, asked for by the menu of a page that does not know; anybody else is led to the page."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("home:index", organisation=request.organisation.slug)
    _found, things, _groups = _awaiting(request, planned_audits(request.organisation, today=timezone.localdate()))
    return render(request, "layout/_count.html", {"count": len(things)})


def _awaiting(request: TenantRequest, planned: list[CertifierAudit]) -> tuple[Board, list[ToDo], list[GestureGroup]]:
    """The board, everything that awaits, whose number is kept for the menu, and what is owed by gesture."""
    with counting(request) as keep:
        today = timezone.localdate()
        found = board_of_today(request.organisation)
        owed = owed_in(request.organisation, today=today, read=found)
        things = to_dos(found, planned, owed=owed)
        keep(len(things))
    return found, things, [] if is_beginning(found) else groups_of(request.organisation.slug, owed)


def _window(organisation: Organisation, planned: list[CertifierAudit]) -> SafeString:
    """The surveillance window on the life of the certificate; empty without a certificate, or once it is closed."""
    start, today = organisation.certified_on, timezone.localdate()
    if start is None or today > surveillance_window(start).end:
        return SafeString("")
    audit = surveillance_planned(planned)
    return charts.month_window(
        now=months_since(start, today),
        opens=14,
        closes=22,
        audit=months_since(start, audit.held_on) if audit else None,
        audit_label=_("audit, %s") % long_date(audit.held_on).rpartition(" ")[0] if audit else "",
    )

"""Ce qui m’attend: what to do first, what is coming, what people said."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.readiness import wording
from evidence.readiness.landmarks import landmarks, months_since, surveillance_planned
from evidence.readiness.links import Way
from evidence.readiness.queries import Board, Movement, board, last_voices, movement
from evidence.readiness.to_dos import ToDo, to_dos
from qualiopi.organisations.cycle import surveillance_window
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.models import CertifierAudit, Organisation
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.queries import planned_audits
from qualiopi.organisations.waiting import counting
from qualiopi.web import charts
from qualiopi.web.dates import long_date
from qualiopi.web.parts import StatusCount
from trainings.sessions.filters import FORGOTTEN
from trainings.sessions.models import Session
from trainings.sessions.queries import forgotten

SHOWN, DEADLINES, VOICES = 5, 6, 2


@requires(C.VIEW_HOME)
def show(request: TenantRequest) -> HttpResponse:
    """The first page of whoever manages: to-dos worst first, deadlines, voices."""
    organisation = request.organisation
    today = timezone.localdate()
    planned = planned_audits(organisation, today=today)
    found, things = _awaiting(request, planned)
    board_url = reverse("readiness:board", args=[organisation.slug])
    beginning = _beginning(found)
    context = {
        "heading": wording.home_heading(request.user.get_short_name(), len(things), shown=SHOWN, beginning=beginning),
        "answer": _answer(things, beginning=beginning),
        "beginning": beginning,
        "today": today,
        "things": things[:SHOWN],
        "more": len(things) - SHOWN,
        "landmarks": landmarks(organisation, planned, found.facts.documents, today=today, limit=DEADLINES),
        "movements": _movements(movement(organisation, today=today)),
        "board": found,
        "counts": {status.value: count for status, count in found.counts.items()},
        "legend": [
            StatusCount(status.value, count, str(count), f"{board_url}?statut={status.value}")
            for status, count in found.counts.items()
            if count
        ],
        "window": _window(organisation, planned),
        "window_sentence": _window_sentence(organisation),
        "voices": last_voices(organisation, limit=VOICES),
        "can_file": request.access.allows(C.EDIT_EVIDENCE) and not beginning,
        "can_view_surveys": request.access.allows(C.VIEW_SURVEYS),
    }
    return render(request, "readiness/home.html", context)


@requires(C.VIEW_HOME)
def waiting(request: TenantRequest) -> HttpResponse:
    """How many things this page holds, asked for by the menu of a page that does not know; anybody else is led to the page."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("readiness:home", organisation=request.organisation.slug)
    _found, things = _awaiting(request, planned_audits(request.organisation, today=timezone.localdate()))
    return render(request, "layout/_count.html", {"count": len(things)})


def _awaiting(request: TenantRequest, planned: list[CertifierAudit]) -> tuple[Board, list[ToDo]]:
    """The board and everything that awaits, whose number is kept for the menu."""
    with counting(request) as keep:
        found = board(organisation=request.organisation)
        # Nothing can be judged yet: the indicators wait on the board until there is something to read.
        things = _first_steps(found, planned) + _forgotten(request.organisation) + ([] if _beginning(found) else to_dos(found))
        keep(len(things))
    return found, things


def _forgotten(organisation: Organisation) -> list[ToDo]:
    """One thing for all the sessions whose dates have passed and that nobody started or cancelled; one query."""
    every = Session.objects.for_organisation(organisation).order_by("starts_on", "reference")
    asleep = list(forgotten(every, today=timezone.localdate()).only("pk", "reference"))
    if not asleep:
        return []
    if len(asleep) == 1:
        url = reverse("sessions:detail", args=[organisation.slug, asleep[0].pk])
    else:
        url = reverse("sessions:list", args=[organisation.slug], query={"state": FORGOTTEN})
    title = ngettext(
        "Dites ce qu’est devenue la session %(reference)s", "Dites ce que sont devenues %(count)s sessions", len(asleep)
    ) % {"reference": asleep[0].reference, "count": len(asleep)}
    return [
        ToDo(
            title=title,
            url=url,
            why=_("Leurs dates sont passées, et personne ne les a commencées ni annulées.")
            if len(asleep) > 1
            else _("Ses dates sont passées, et personne ne l’a commencée ni annulée."),
            status=None,
            label=_("Sessions"),
            due_on=None,
            way=Way(_("Voir la session") if len(asleep) == 1 else _("Voir ces sessions"), url),
            icon="calendar-event",
        )
    ]


def _beginning(found: Board) -> bool:
    return not (found.profile.categories and found.facts.sessions)


def _first_steps(found: Board, planned: list[CertifierAudit]) -> list[ToDo]:
    """What comes before any indicator: what one does, sessions to read, and a date to prepare for."""
    slug = found.organisation.slug
    steps = []
    if found.unsure:
        url = reverse("organisations:profile", args=[slug])
        steps.append(
            ToDo(
                title=_("Dites ce que fait votre organisme"),
                url=url,
                why=ngettext(
                    "Votre profil décide de ce qui vous concerne : %(unsure)s indicateur sur %(total)s en dépend encore.",
                    "Votre profil décide de ce qui vous concerne : %(unsure)s indicateurs sur %(total)s en dépendent encore.",
                    found.unsure,
                )
                % {"unsure": found.unsure, "total": len(found.statuses)},
                status=None,
                label=_("Pour commencer") if not found.profile.categories else _("Profil"),
                due_on=None,
                way=Way(_("Compléter le profil"), url),
                icon="list-details",
            )
        )
    if not found.facts.sessions:
        url = reverse("imports:upload", args=[slug, "sessions"])
        steps.append(
            ToDo(
                title=_("Importez vos sessions"),
                url=url,
                why=_("Votre tableau de suivi suffit. Sans session, presque rien ne peut encore être jugé."),
                status=None,
                label=_("Pour commencer"),
                due_on=None,
                way=Way(_("Importer un tableau"), url),
                icon="table-import",
            )
        )
    if not planned:
        url = reverse("audits:index", args=[slug])
        steps.append(
            ToDo(
                title=_("Fixez la date de votre prochain audit"),
                url=url,
                why=_("Elle choisit la grille et la période regardée. En attendant, tout est lu à la date d’aujourd’hui."),
                status=None,
                label=_("Certificat"),
                due_on=None,
                way=Way(_("Noter une date"), url),
                icon="flag",
            )
        )
    return steps


def _answer(things: list[ToDo], *, beginning: bool) -> str:
    """The nearest date, or the good news."""
    if beginning:
        return _("Rien n’est en retard. Le tableau se remplit de ce que vous faites ici.")
    dated = sorted(thing.due_on for thing in things if thing.due_on is not None)
    if not things:
        return _("Les indicateurs qui vous concernent sont démontrables avec les pièces d’aujourd’hui.")
    if not dated:
        return _("Chacune dit pourquoi, et mène là où cela se règle.")
    return _("La plus proche est attendue avant le %(date)s. Chacune dit pourquoi, et mène là où cela se règle.") % {
        "date": long_date(dated[0])
    }


def _movements(moving: Movement) -> list[tuple[int, str]]:
    """Counts with their words; what is at rest is left out."""
    lines = [
        (
            moving.surveys_open,
            ngettext("enquête ouverte aux stagiaires", "enquêtes ouvertes aux stagiaires", moving.surveys_open),
        ),
        (
            moving.invitations_waiting,
            ngettext("invitation attend une réponse", "invitations attendent une réponse", moving.invitations_waiting),
        ),
        (
            moving.answers_of_the_week,
            ngettext("réponse reçue en sept jours", "réponses reçues en sept jours", moving.answers_of_the_week),
        ),
    ]
    return [(count, words) for count, words in lines if count]


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


def _window_sentence(organisation: Organisation) -> str:
    """Between which days the surveillance audit is held; empty without a certificate."""
    if organisation.certified_on is None:
        return ""
    window = surveillance_window(organisation.certified_on)
    return _("Il se tient entre le %(start)s et le %(end)s, du 14e au 22e mois du certificat.") % {
        "start": long_date(window.start),
        "end": long_date(window.end),
    }

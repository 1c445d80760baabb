"""The sessions of an organisation: the list, those that wait for a hand first; the same list as a file; the year on one line."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from evidence.agenda import wording
from evidence.agenda.export import headings, lines_of
from evidence.agenda.filters import IN_SIGHT, AgendaFilter
from evidence.agenda.queries import Agenda, Entry, Place, agenda_of, entries_of, known_of
from evidence.agenda.rows import MOST_FOLDED, fold_of, folded_of, rows_of
from evidence.agenda.year import expiring_of, year_of
from qualiopi.exchange.export import export_response
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.queries import planned_audits
from qualiopi.web.charts import narrow_year, wide_year, year_key
from qualiopi.web.lists import active_filters, chips_of, page_of
from qualiopi.web.partials import render_page
from qualiopi.web.reach import reachable
from trainings.sessions.access import only_own
from trainings.sessions.models import Session
from trainings.sessions.queries import sessions_of

SESSIONS = 25  # a page


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def index(request: TenantRequest) -> HttpResponseBase:
    """Filters in the URL; without any, what asks for nothing is folded. The same list as CSV or XLSX with `?format=`."""
    organisation = request.organisation
    everything = sessions_of(organisation, led_by=only_own(request))
    filterset = AgendaFilter(request.GET, queryset=everything, organisation=organisation)
    active = active_filters(filterset)
    agenda = agenda_of(organisation, today=timezone.localdate())
    entries = entries_of(agenda, everything)
    kept = _kept(entries, filterset) if active else entries
    if request.GET.get("format") and request.access.allows(C.EXPORT):
        chosen = _of(everything, kept) if filterset.place else filterset.qs
        return export_response(request.GET["format"], "sessions", headings(), lines_of(chosen))
    folded = {} if active else folded_of(kept)
    page = page_of(request, [entry for entry in kept if entry.place not in folded], lines=SESSIONS)
    named = [entry for place in folded.values() for entry in place[:MOST_FOLDED]]
    known = known_of(organisation, everything, [*page.object_list, *named])
    show_ways = request.access.allows(C.VIEW_READINESS) or request.access.allows(C.EDIT_SESSIONS)
    context: dict[str, Any] = {
        **_answer(agenda, entries),
        "in_sight": [field for field in filterset.form if field.name in IN_SIGHT],
        "behind": [field for field in filterset.form if field.name not in IN_SIGHT],
        "opened": any(name not in IN_SIGHT for name, _label, _value in active),
        "chips": chips_of(request, active),
        "page": page,
        "rows": rows_of(
            agenda,
            [(entry, known[entry.key]) for entry in page.object_list if entry.key in known],
            now=timezone.now(),
            reach=partial(reachable, request),
            show_ways=show_ways,
        ),
        "folds": [fold_of(organisation.slug, place, found, known) for place, found in folded.items()],
        "own": not request.access.allows(C.VIEW_SESSIONS),
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
        "can_import": request.access.allows(C.IMPORT),
        "can_export": request.access.allows(C.EXPORT) and bool(kept),
        "can_view_readiness": request.access.allows(C.VIEW_READINESS),
    }
    return render_page(request, "agenda/list.html", context, parts=("sessions",))


@requires(C.VIEW_READINESS)
def year(request: TenantRequest) -> HttpResponse:
    """Twelve months on one line, and their figures as a table."""
    organisation, today = request.organisation, timezone.localdate()
    agenda = agenda_of(organisation, today=today)
    picture, lines = year_of(
        organisation,
        entries_of(agenda, sessions_of(organisation)),
        expiring_of(agenda.board, organisation),
        planned_audits(organisation, today=today),
        today=today,
    )
    context = {
        "year": picture,
        "wide": wide_year(picture),
        "narrow": narrow_year(picture),
        "key": year_key(),
        "lines": lines,
        "can_import": request.access.allows(C.IMPORT),
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
        "can_list": request.access.allows(C.VIEW_SESSIONS),
    }
    return render(request, "agenda/year.html", context)


def _kept(entries: list[Entry], filterset: AgendaFilter) -> list[Entry]:
    """Those that the filters keep. One query."""
    found = set(filterset.qs.order_by().values_list("pk", flat=True))
    return [entry for entry in entries if entry.key in found and filterset.place in (None, entry.place)]


def _of(sessions: QuerySet[Session], entries: list[Entry]) -> QuerySet[Session]:
    return sessions.filter(pk__in=[entry.key for entry in entries])


def _answer(agenda: Agenda, entries: list[Entry]) -> dict[str, Any]:
    """How many dossiers wait, of those the matrix shows: none of another trainer's."""
    read = [entry for entry in entries if entry.standing is not None]
    late = sum(entry.place is Place.WAITING and not entry.missing and entry.since is not None for entry in entries)
    holes = sum(bool(entry.missing) for entry in read)
    return {
        "sessions": len(entries),
        "answer": wording.how_many_wait(holes, len(read)) if entries else "",
        "others": wording.steps_wait(late),
    }

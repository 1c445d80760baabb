"""The list of sessions."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.exchange.export import export_response
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.lists import active_filters, chips_of, page_of
from qualiopi.web.partials import render_page
from qualiopi.web.parts import Option
from trainings.sessions.access import only_own
from trainings.sessions.filters import SessionFilter
from trainings.sessions.models import Session, SessionState
from trainings.sessions.queries import count_by_state, sessions_of, totals


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def session_list(request: TenantRequest) -> HttpResponseBase:
    """Sessions, filters in the URL, the same list as CSV or XLSX with `?format=`."""
    everything = sessions_of(request.organisation, led_by=only_own(request))
    filterset = SessionFilter(request.GET, queryset=everything, organisation=request.organisation)
    if request.GET.get("format") and request.access.allows(C.EXPORT):
        return export_response(request.GET["format"], "sessions", _export_headings(), _export_rows(filterset.qs))
    context: dict[str, Any] = {
        "filterset": filterset,
        "states": _states(request, everything),
        "page": page_of(request, filterset.qs),
        "chips": chips_of(request, active_filters(filterset)),
        "totals": totals(request.organisation) if request.access.allows(C.VIEW_SESSIONS) else None,
        "today": timezone.localdate(),
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
        "can_import": request.access.allows(C.IMPORT),
        "can_export": request.access.allows(C.EXPORT),
        "can_view_readiness": request.access.allows(C.VIEW_READINESS),
    }
    return render_page(request, "sessions/list.html", context, parts=("sessions",))


def _words() -> dict[str, str]:
    """Several sessions of each state, in the order of their life."""
    return {
        SessionState.DRAFT: _("Brouillons"),
        SessionState.PLANNED: _("Prévues"),
        SessionState.CONFIRMED: _("Confirmées"),
        SessionState.RUNNING: _("En cours"),
        SessionState.DONE: _("Terminées"),
        SessionState.CLOSED: _("Closes"),
        SessionState.POSTPONED: _("Reportées"),
        SessionState.CANCELLED: _("Annulées"),
    }


def _states(request: TenantRequest, everything: QuerySet[Session]) -> list[Option]:
    """A tab per state that some session has, counted under the other filters; empty when there is one state or none. One query."""
    others = request.GET.copy()
    others.pop("state", None)
    found = SessionFilter(others, queryset=everything, organisation=request.organisation).qs
    counts = count_by_state(found)
    current = request.GET.get("state", "")
    if len(counts) < 2 and not current:
        return []
    for parameter in ("page", "format"):
        others.pop(parameter, None)

    def option(label: str, state: str, count: int) -> Option:
        query = others.copy()
        if state:
            query["state"] = state
        return Option(label, f"?{query.urlencode()}" if query else request.path, current=current == state, count=count)

    shown = [option(word, state, counts[state]) for state, word in _words().items() if counts.get(state)]
    return [option(_("Toutes"), "", sum(counts.values())), *shown]


def _export_headings() -> list[str]:
    return [
        _("Référence"),
        _("Formation"),
        _("Formateurs"),
        _("Début"),
        _("Fin"),
        _("Durée (heures)"),
        _("Modalité"),
        _("Type"),
        _("État"),
        _("Lieu"),
        _("Personnes inscrites"),  # not « Inscrits »: brought in again, that is how many were announced
    ]


def _export_rows(sessions: Any) -> Any:
    for session in sessions.iterator(chunk_size=500):
        yield [
            session.reference,
            session.course.title,
            ", ".join(str(trainer) for trainer in session.trainers.all()),
            session.starts_on,
            session.ends_on,
            session.duration_hours,
            session.get_modality_display(),
            session.get_kind_display(),
            session.get_state_display(),
            session.place,
            session.enrolled,
        ]

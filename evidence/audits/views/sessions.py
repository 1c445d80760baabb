"""The sessions in the auditor's room: the list, the dossier of one, its whole register, what its surveys brought."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from evidence.audits.filters import RoomSessionFilter
from evidence.audits.frame import frame_of
from evidence.audits.queries import shown_sessions
from evidence.audits.reading import in_readers_language, note_reading
from evidence.dossiers.access import find_shown
from evidence.dossiers.queries import dossier_of
from evidence.readiness.queries import session_read
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.telling import local_time
from qualiopi.web.lists import active_filters, chips_of, page_of
from trainings.attendance.queries import whole_registers
from trainings.sessions.models import HalfDay
from trainings.sessions.queries import half_days_of
from trainings.states import CALLED_OFF
from trainings.surveys.queries import answered_surveys, results_of
from trainings.surveys.questionnaire import shipped
from trainings.surveys.sentences import recommendation_told


@requires(C.AUDIT_ROOM)
@in_readers_language
def sessions(request: TenantRequest) -> HttpResponse:
    """The sessions, each with its dossier; the auditor chooses the sample. Filters in the URL."""
    note_reading(request, "room.sessions_read")
    filterset = RoomSessionFilter(request.GET, queryset=shown_sessions(request.organisation), organisation=request.organisation)
    context = {
        **frame_of(request),
        "filterset": filterset,
        "page": page_of(request, filterset.qs),
        "chips": chips_of(request, active_filters(filterset)),
        "called_off": CALLED_OFF,
    }
    return render(request, "audits/sessions.html", context)


@requires(C.AUDIT_ROOM)
@in_readers_language
def session(request: TenantRequest, session: UUID) -> HttpResponse:
    """The dossier of one session, the same as its managers read."""
    found = find_shown(request, session)
    note_reading(request, "room.session_read", session=found.reference)
    read = session_read(organisation=request.organisation, session=found.pk, observed_on=timezone.localdate())
    context = {
        **frame_of(request, concern=read.concern),
        "session": found,
        "dossier": dossier_of(found, read=read),
        "addresses": True,
        "surveys": answered_surveys(found),
        "held": found.state not in CALLED_OFF,
    }
    return render(request, "audits/session.html", context)


@requires(C.AUDIT_ROOM)
@in_readers_language
def register(request: TenantRequest, session: UUID) -> HttpResponse:
    """The attendance register, one half-day at a time (`?demi-journee=`): lines, connections, the digest that seals them."""
    found = find_shown(request, session)
    half_days = list(half_days_of(found))
    chosen = _chosen(half_days, request.GET.get("demi-journee", ""))
    note_reading(request, "room.register_read", session=found.reference)
    whole = whole_registers([found], until=timezone.localdate(), half_day=chosen.pk if chosen else None)[found.pk]
    context = {
        **frame_of(request),
        "session": found,
        "half_days": half_days,
        "chosen": chosen,
        "register": whole,
        "local_time": local_time(request.organisation),
        "part": whole.parts[0] if chosen and whole.parts else None,
    }
    return render(request, "audits/register.html", context)


def _chosen(half_days: list[HalfDay], wanted: str) -> HalfDay | None:
    """The half-day asked for, the first one otherwise."""
    return next((each for each in half_days if str(each.pk) == wanted), half_days[0] if half_days else None)


@requires(C.AUDIT_ROOM)
@in_readers_language
def opinions(request: TenantRequest, session: UUID, questionnaire: str) -> HttpResponse:
    """What one audience said of a session, as the organisation reads it: nothing under the minimum of answers, nobody named."""
    found, shape = find_shown(request, session), shipped().get(questionnaire)
    if shape is None:
        raise Http404
    note_reading(request, "room.opinions_read", session=found.reference)
    results = results_of(found, shape)
    context = {
        **frame_of(request),
        "session": found,
        "questionnaire": shape,
        "results": results,
        "comments": results.comments,
        **recommendation_told(results),
    }
    return render(request, "audits/opinions.html", context)

"""The page of one session, as everybody who may see it opens it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.lists import page_of
from qualiopi.web.reach import reachable
from trainings.people.missions import Mission
from trainings.sessions.access import find_session
from trainings.sessions.models import HalfDay, Modality, Session, SessionState
from trainings.sessions.page_words import (
    company_in_list,
    dates_moved,
    funder_in_list,
    not_held_title,
    nothing_soon,
    settled_words,
    step_line,
    what_changed,
)
from trainings.sessions.queries import (
    changes_of,
    clashes,
    enrolments_of,
    half_days_of,
    said_by,
    settled_half_days,
    steps_of,
    wanted_by,
)
from trainings.sessions.rules import FROZEN, NEXT
from trainings.sessions.sentences import Ways, change_words, main_action
from trainings.sessions.telling import gap_words
from trainings.sessions.timeline import thread_of
from trainings.states import CALLED_OFF

# Changes shown at once; the older ones unfold.
CHANGES_SHOWN = 8
# Days shown at once.
DAYS_SHOWN = 8
# Steps due by then are shown at once; the later ones unfold.
SOON = timedelta(days=14)


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def detail(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One session: half-days, steps, trainees, what happened to it; panels of higher floors come by their own addresses.

    The number of queries is the same whatever the number of people, half-days and steps.
    """
    session = find_session(request, pk)
    today = timezone.localdate()
    half_days, steps, changes = list(half_days_of(session)), list(steps_of(session)), list(changes_of(session))
    trainers = list(session.trainers.all())
    can_edit = request.access.allows(C.EDIT_SESSIONS)
    held = session.state not in CALLED_OFF
    # A trainer is shown what is theirs to do.
    shown = [step for step in steps if can_edit or (step.trainer and step.trainer.user_id == request.user.pk)]
    waiting = [step for step in shown if not step.settled]
    soon = [step for step in waiting if held and step.due_on <= today + SOON]
    later = [step for step in waiting if not held or step.due_on > today + SOON]
    settled = [step for step in shown if step.settled]
    told = [(change, what_changed(change), dates_moved(change)) for change in changes]
    may_change = can_edit and session.state != SessionState.CLOSED
    page = page_of(request, enrolments_of(session))
    context = {
        "session": session,
        "here": "session",
        "today": today,
        **_days(half_days, today),
        "settled": settled_half_days(session),
        "gap": gap_words(said_by(session, half_days)) if held else "",
        "clashes": clashes(request.organisation, wanted_by(half_days, trainers), trainers, session=session) if held else [],
        "held": held,
        "soon": soon,
        "soon_lines": [step_line(step, today=today, soon=True) for step in soon],
        "later": later,
        "later_lines": [step_line(step, today=today, soon=False) for step in later],
        "settled_steps": settled,
        "settled_lines": [(step, settled_words(step)) for step in settled],
        "nothing_soon": nothing_soon(held=held, later=bool(later), settled=bool(settled)),
        "to_prepare": may_change and held and not (later or settled),
        "points": thread_of(session, steps, today=today) if session.state != SessionState.CANCELLED else [],
        "changes": told[:CHANGES_SHOWN],
        "older_changes": told[CHANGES_SHOWN:],
        "not_held": None if held else next((each for each in changes if each.to_state == session.state), None),
        "not_held_title": not_held_title(session.state),
        "goes_by_itself": session.state == SessionState.CONFIRMED,
        "shows_place": bool(session.place) or session.modality != Modality.REMOTE,
        "main_action": main_action(session.state, dated=session.starts_on is not None, ways=_ways(request, session)),
        "next_changes": [
            {"state": to.value, "words": change_words(session.state, to)}
            for to in NEXT[SessionState(session.state)]
            if to != SessionState.CLOSED
        ],
        "movable": session.state not in FROZEN,
        "begun_unconfirmed": session.state == SessionState.PLANNED
        and session.starts_on is not None
        and session.starts_on <= today,
        "missions": [str(Mission(key).label) for key in _missions(session) if key in Mission.values],
        "page": page,
        "people": [(one, company_in_list(one), funder_in_list(one.has_funder)) for one in page.object_list],
        # What may still change of this session, and what may be decided of it (opening it again, making another like it).
        "can_edit": may_change,
        "can_decide": can_edit,
        "can_view_readiness": request.access.allows(C.VIEW_READINESS),
    }
    return render(request, "sessions/detail.html", context)


def _days(half_days: list[HalfDay], today: date) -> dict[str, Any]:
    """The days of a session with their half-days: those around today, the others apart when there are many."""
    days = [(day, list(group)) for day, group in groupby(half_days, key=lambda each: each.day)]
    over = sum(1 for day, _group in days if day < today)
    start = max(0, min(over - 1, len(days) - DAYS_SHOWN))
    return {"days": days[start : start + DAYS_SHOWN], "other_days": days[:start] + days[start + DAYS_SHOWN :]}


def _ways(request: TenantRequest, session: Session) -> Ways:
    """Where the main button may lead; who may not edit is not led to a change."""
    slug, pk = request.organisation.slug, session.pk
    can_edit = request.access.allows(C.EDIT_SESSIONS)
    return Ways(
        confirm=reverse("sessions:state", args=[slug, pk, SessionState.CONFIRMED.value]) if can_edit else "",
        move=reverse("sessions:move", args=[slug, pk]) if can_edit else "",
        close=reachable(request, "closing:close", slug, pk),
        dossier=reachable(request, "dossiers:detail", slug, pk),
        survey=reverse("surveys:share", args=[slug, pk]),
    )


def _missions(session: Session) -> list[str]:
    """What the contract leaves to whoever runs the session."""
    said = session.subcontract.missions if session.subcontract else session.missions
    return said or []

"""The page of one session: what it lacks first, then who takes part, its thread and its landmarks. Who may see it is checked below."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from evidence.dossiers import sentences
from evidence.dossiers.moments import Moment
from evidence.dossiers.next_step import closing_act, other_acts
from evidence.dossiers.queries.standing import Standing, standing_of
from evidence.dossiers.strip import beside, strip_of, table_of
from evidence.dossiers.telling import heads_of, person_told
from evidence.dossiers.to_do import to_do_of
from evidence.readiness.expected import dossier_of
from evidence.readiness.keeping import board_of_today
from evidence.readiness.queries import Board
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest
from qualiopi.web.charts import narrow_strip, strip_key, wide_strip
from qualiopi.web.lists import page_of
from qualiopi.web.reach import reachable
from trainings.attendance.queries import person_lines
from trainings.people.missions import Mission
from trainings.sessions.models import Modality, Session, SessionState
from trainings.sessions.page_words import dates_moved, settled_words, step_line, what_changed
from trainings.sessions.queries import changes_of, clashes, said_by, wanted_by
from trainings.sessions.telling import gap_words
from trainings.sessions.timeline import thread_of
from trainings.states import CALLED_OFF

# People of one page.
LINES = 25


def session_page(request: TenantRequest, session: Session) -> HttpResponse:
    """One session; the number of queries is the same whatever the number of people, half-days and steps."""
    now = timezone.now()
    board = board_of_today(session.organisation)
    standing = standing_of(session, now=now, read=board)
    may_see_all = request.access.allows(C.VIEW_READINESS)
    can_edit = request.access.allows(C.EDIT_SESSIONS)
    held = session.state not in CALLED_OFF
    reach = partial(reachable, request)
    found = to_do_of(standing, reach=reach, show_ways=may_see_all or can_edit)
    groups, counts, lines, band = found.groups, found.counts, found.lines, found.band
    changes = list(changes_of(session))
    page = page_of(request, standing.followed.enrolments, lines=LINES)
    half_days = [count.half_day for count in standing.followed.half_days]
    people = person_lines(session, list(page.object_list), half_days, now=now, drawn=False)
    strip = strip_of(standing, found.lacks, people if page.paginator.num_pages == 1 else ())
    context: dict[str, Any] = {
        "session": session,
        "strip": strip,
        "strip_wide": wide_strip(strip),
        "strip_narrow": narrow_strip(strip),
        "strip_key": strip_key(),
        "strip_table": table_of(strip),
        "strip_beside": beside(standing),
        "here": "session",
        "today": standing.today,
        "standing": standing,
        "answer": sentences.answer_of(
            standing.moment,
            groups,
            counts,
            dates=(session.starts_on, session.ends_on),
            today=standing.today,
            people=len(standing.followed.people),
            since=_since(session, changes),
        ),
        "band": band,
        "gestures": [line for line in lines if band is None or line is not band.line],
        "heading": sentences.gestures_heading(len(lines)),
        "beside": sentences.time_in_all(sum(line.minutes for line in lines), in_band=band is not None and band.line is not None),
        "page": page,
        "people": [person_told(line, standing, counts) for line in people],
        "people_heading": sentences.people_heading(len(standing.followed.people)),
        "heads": heads_of(standing),
        "closing": None if band and band.line is None else closing_act(standing, reach=reach),
        "others": other_acts(session, reach=reach, can_edit=can_edit),
        "points": thread_of(session, standing.steps, today=standing.today) if held else [],
        "changes": [(change, what_changed(change), dates_moved(change)) for change in changes],
        "can_edit": can_edit and session.state != SessionState.CLOSED,
        "can_view_readiness": may_see_all,
        "shows_place": bool(session.place) or session.modality != Modality.REMOTE,
        "missions": _missions(session),
        "hours": sentences.hours_words(standing.followed),
        **_steps(request, standing, held=held),
        **_planning(request, standing, half_days, can_edit=can_edit and held),
        **_indicators(board, session, shown=may_see_all),
    }
    return render(request, "dossiers/session.html", context)


def _since(session: Session, changes: list[Any]) -> str:
    """When, and why, it came to the state that it is in."""
    change = next((each for each in changes if each.to_state == session.state), None)
    return sentences.since_words(session.state, timezone.localdate(change.created_at), change.reason) if change else ""


def _steps(request: TenantRequest, standing: Standing, *, held: bool) -> dict[str, Any]:
    """The steps folded under the thread; a trainer is shown what is theirs to do."""
    can_edit = request.access.allows(C.EDIT_SESSIONS)
    shown = [each for each in standing.steps if can_edit or (each.trainer and each.trainer.user_id == request.user.pk)]
    waiting = [each for each in shown if not each.settled]
    settled = [each for each in shown if each.settled]
    return {
        "steps_heading": sentences.steps_heading(len(shown)),
        "steps_done": sentences.steps_done(len(settled)),
        "waiting_lines": [step_line(each, today=standing.today, soon=True) for each in waiting],
        "settled_lines": [(each, settled_words(each)) for each in settled],
        "to_prepare": can_edit and held and not standing.steps and standing.session.state != SessionState.CLOSED,
    }


def _planning(request: TenantRequest, standing: Standing, half_days: list[Any], *, can_edit: bool) -> dict[str, Any]:
    """What does not agree in the days of a session; who would have to be in two places, while it is not over."""
    session = standing.session
    trainers = list(session.trainers.all())
    coming = can_edit and standing.moment in (Moment.DRAFT, Moment.BEFORE, Moment.RUNNING, Moment.FORGOTTEN)
    return {
        "gap": gap_words(said_by(session, half_days)) if can_edit else "",
        "clashes": clashes(request.organisation, wanted_by(half_days, trainers), trainers, session=session) if coming else [],
        "undated": can_edit and not half_days and standing.moment is not Moment.CLOSED,
    }


def _indicators(board: Board, session: Session, *, shown: bool) -> dict[str, Any]:
    """The indicators that this session serves, with where each stands for the whole organisation."""
    if not shown:
        return {"indicators": []}
    slug = session.organisation.slug
    numbers = sorted({line.indicator for line in dossier_of(board, str(session.pk))})
    url = partial(reverse, "indicators:page")
    return {"indicators": [(n, board.status(n).status.value, url(args=[slug, n])) for n in numbers]}


def _missions(session: Session) -> list[str]:
    """What the contract leaves to whoever runs the session."""
    said = (session.subcontract.missions if session.subcontract else session.missions) or []
    return [str(Mission(key).label) for key in said if key in Mission.values]

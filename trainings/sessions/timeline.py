"""The thread of a session: what was done, where one stands, what is to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.web.dates import long_date, period
from qualiopi.web.parts import Point
from trainings.sessions.checklist import checklist
from trainings.sessions.models import Session, SessionState, Step

# Where a point stands among those of its day: steps before the training, the training, steps after it, today.
TRAINING, TODAY = 1, 3
# Around their day, these are said by name; elsewhere the date is enough.
_HELD = (SessionState.CONFIRMED, SessionState.RUNNING, SessionState.DONE, SessionState.CLOSED)


def thread_of(session: Session, steps: Sequence[Step], *, today: date) -> list[Point]:
    """The points of the thread, in the order of time: steps grouped by phase, and the training itself.

    The lit point is today: a point of its own, or the training while it runs. What was not done by its day is awaited. No query.
    """
    phases: dict[str, list[Step]] = {}
    for step in steps:
        planned = checklist().get(step.key)
        phases.setdefault(planned.phase if planned else step.label, []).append(step)
    dated = [(group[0].due_on, 0 if _before(session, group[0].due_on) else 2, name, group) for name, group in phases.items()]
    if session.starts_on is not None:
        dated.append((session.starts_on, TRAINING, _("Formation"), []))
    running = _is_running(session, today)
    if not running and session.starts_on is not None:
        dated.append((today, 3, _("Aujourd’hui"), []))
    dated.sort(key=lambda each: (each[0], each[1]))
    points: list[Point] = []
    for day, place, name, group in dated:
        points.append(
            Point(
                when=_when(session, day, place),
                what=long_date(day, weekday=True).capitalize() if place == TODAY else name,
                state=_state(session, day, place, group, today),
                detail="" if place == TODAY else _detail(session, group, today),
            )
        )
    return points


def _state(session: Session, day: date, place: int, group: Sequence[Step], today: date) -> str:
    """Done, awaited since its day, to come; the lit point is today, or the training while it runs."""
    if place == TODAY:
        return "today"
    if place == TRAINING:
        if _is_over(session, today):
            return "done"
        return "now" if _is_running(session, today) else "to_come"
    if all(step.settled for step in group):
        return "done"
    return "due" if any(not step.settled and step.due_on < today for step in group) else "to_come"


def _is_running(session: Session, today: date) -> bool:
    return session.starts_on is not None and session.starts_on <= today and not _is_over(session, today)


def _before(session: Session, day: date) -> bool:
    return session.starts_on is None or day < session.starts_on


def _is_over(session: Session, today: date) -> bool:
    last = session.ends_on or session.starts_on
    return last is not None and last < today


def _when(session: Session, day: date, place: int) -> str:
    """How far from the session: « 15 jours avant », « le dernier jour », else the date."""
    if place == TODAY:
        return _("aujourd’hui")
    if place == TRAINING and session.starts_on is not None:
        return period(session.starts_on, session.ends_on or session.starts_on)
    if place == 0 and session.starts_on is not None:
        days = (session.starts_on - day).days
        return ngettext("%(days)s jour avant", "%(days)s jours avant", days) % {"days": days}
    return _("le dernier jour") if day == session.ends_on else long_date(day)


def _detail(session: Session, group: Sequence[Step], today: date) -> str:
    """What is told under a point."""
    if not group:
        return str(session.get_state_display()) if session.state in _HELD else ""
    blocked = next((step.problem for step in group if step.problem), "")
    done = sum(1 for step in group if step.settled)
    if done == len(group):
        return ""
    if blocked:
        return blocked
    late = min(step.due_on for step in group if not step.settled)
    if late < today:
        return _("attendu depuis le %(day)s") % {"day": long_date(late)}
    if done:
        return _("%(done)s sur %(all)s") % {"done": done, "all": len(group)}
    return _("part tout seul") if all(step.automatic for step in group) else ""

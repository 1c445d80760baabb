"""What is still to be done of a session, grouped by gesture: what is owed already, then what can be done now. No query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evidence.debts.gestures import OF_WORK, Gesture, gesture_of_owed, gesture_of_step
from evidence.debts.queries import STEP, Owed, way_of_step
from evidence.engine.result import PROVED, ExpectationResult, Mark
from evidence.engine.timing import Days, last_day
from evidence.readiness.expected import session_results
from evidence.readiness.links import Way, way_to_mend
from evidence.readiness.queries import Board, SessionRead
from qualiopi.standard.book import expectations
from qualiopi.standard.expectations import Closing, Expectation
from trainings.sessions.models import Session, Step

# At most so many groups are told; what is beyond goes together.
MOST = 5
# A step that nobody does by itself is told so long before its day.
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing to be done. ``due``: by its own rule or its own step; ``late``: it is owed already."""

    gesture: Gesture
    key: str
    due: date | None
    late: bool
    words: str
    way: Way
    short: str = ""  # what it is about, in a word or two


@dataclass(frozen=True, slots=True)
class Group:
    """What one gesture mends; the first day of those it mends."""

    gesture: Gesture
    lacks: tuple[Lack, ...]

    @property
    def due(self) -> date | None:
        return min((lack.due for lack in self.lacks if lack.due is not None), default=None)

    @property
    def late(self) -> bool:
        return any(lack.late for lack in self.lacks)

    @property
    def way(self) -> Way:
        return self.lacks[0].way


def lacks_of(
    session: Session, steps: Sequence[Step], owed: Iterable[Owed], board: Board | SessionRead, *, today: date
) -> list[Lack]:
    """Everything to be done of a session: what is ``owed``, as every page says it; then what may be done though its day is not over,
    once the session has ended; then the steps of the next days that nobody but a person does."""
    results = session_results(board)
    days = {step.key: step.due_on for step in steps}
    found = [_owed_lack(session, each, days, board) for each in owed]
    said = {lack.key for lack in found}
    identifier, slug = str(session.pk), session.organisation.slug
    last = session.ends_on or session.starts_on
    over = last is not None and last < today
    covered = {step for lack in found for step in closes(lack.key)}
    for result in results:
        expectation = result.expectation
        if over and expectation.key not in said and result.mark_by_subject.get(identifier) is Mark.TO_COME:
            if set(expectation.closes) & covered:
                # A step past its day says it already.
                continue
            if expectation.closing is Closing.AWAITED:
                continue
            subject = next(each for each in result.subjects if each.id == identifier)
            due = _due(expectation, session, days) or result.due_dates.get(identifier)
            way = way_to_mend(slug, expectation, subject.kind, identifier)
            found.append(
                Lack(OF_WORK[expectation.work], expectation.key, due, False, expectation.expected, way, expectation.short_name)
            )
            covered |= set(expectation.closes)
    proved = proved_steps(board, identifier)
    # Nothing of after the training is asked before it is over.
    until = (
        today + SOON if over or last is None else min(today + SOON, last if _begun(session, today) else session.starts_on or last)
    )
    for step in steps:
        coming = not step.settled and not step.automatic and today <= step.due_on <= until
        if coming and step.key not in covered and step.key not in proved:
            found.append(_step_lack(slug, step))
    return found


def _begun(session: Session, today: date) -> bool:
    return session.starts_on is not None and session.starts_on <= today


def grouped(lacks: Iterable[Lack]) -> list[Group]:
    """By gesture: those of which something is late first, in the order of gestures."""
    by_gesture: dict[Gesture, list[Lack]] = {}
    for lack in lacks:
        by_gesture.setdefault(lack.gesture, []).append(lack)
    groups = [Group(gesture, tuple(found)) for gesture, found in by_gesture.items()]
    return sorted(groups, key=lambda group: (not group.late, list(Gesture).index(group.gesture)))


def told(groups: Sequence[Group]) -> list[Group]:
    """Those that a page shows: beyond the most, the last ones together."""
    if len(groups) <= MOST:
        return list(groups)
    rest = tuple(lack for group in groups[MOST - 1 :] for lack in group.lacks)
    return [*groups[: MOST - 1], Group(Gesture.OTHERS, rest)]


def _owed_lack(session: Session, each: Owed, days: dict[str, date], board: Board | SessionRead) -> Lack:
    if each.key.startswith(STEP) or each.key == "forgotten":
        return Lack(gesture_of_owed(each), each.key, each.since, True, each.what, each.way())
    expectation = expectations().by_key[each.key]
    due = _due(expectation, session, days) or board.audit_date
    register = each.key in _REGISTER and "demi-journees" in each.way().url
    return Lack(
        gesture_of_owed(each), each.key, each.since if register else due, True, each.what, each.way(), expectation.short_name
    )


_REGISTER = frozenset({"attendance_and_follow_up_traced"})


def closes(key: str) -> tuple[str, ...]:
    """The steps that a thing to be done settles."""
    if key.startswith(STEP):
        return (key.removeprefix(STEP),)
    known = expectations().by_key.get(key)
    return known.closes if known else ()


def _step_lack(slug: str, step: Step) -> Lack:
    return Lack(gesture_of_step(step.key), f"{STEP}{step.key}", step.due_on, False, step.label, way_of_step(slug, step))


def proved_steps(board: Board | SessionRead, session_id: str) -> set[str]:
    """The steps of which everything that they settle is proved of this session."""
    return {step for result in session_results(board) for step in result.expectation.closes if _is_proved(result, session_id)}


def _is_proved(result: ExpectationResult, session_id: str) -> bool:
    return result.mark_by_subject.get(session_id) in PROVED


def _due(expectation: Expectation, session: Session, days: dict[str, date]) -> date | None:
    """The day of the step that it settles, else the one that its rule counts; None where its rule counts no day of the session."""
    planned = [days[step] for step in expectation.closes if step in days]
    if planned:
        return min(planned)
    return last_day(expectation.timing, Days(session.starts_on, session.ends_on or session.starts_on))

"""What a recorded fact is worth, and the words for what is only half done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from evidence.engine.populations import View
from evidence.engine.result import Mark
from evidence.engine.sentences import so_many
from evidence.engine.situation import SessionView, Situation
from evidence.engine.tally import MARKS
from evidence.engine.timing import Clock, Days, Lasting, Verdict
from trainings.facts.rows import People


@dataclass(frozen=True, slots=True)
class Proof:
    """The best proof found for one subject. ``mark``: None when it does not satisfy.

    ``items``: what is still missing, for a sentence that has a place for it. ``partly``: what is there already, as the end of a
    sentence; it is then said instead of "nothing at all". ``contrary``: what is recorded says that it is not so, and no file outranks it.
    ``lacking``: the lines that lack, where the facts name them; ``rest``: what the lines that are there are worth. A document completes
    the first only where somebody said so, line by line. ``read_by``: who read the documents that prove it; ``filed``: a
    document is part of what proves it. ``counts``: where what is recorded is counted and not all of it is there, how many of how many.
    """

    verdict: Verdict
    mark: Mark | None = None
    items: str = ""
    partly: str = ""
    contrary: bool = False
    lacking: tuple[str, ...] = ()
    rest: Verdict = Verdict.GOOD
    read_by: tuple[str, ...] = ()
    filed: bool = False
    counts: tuple[int, int] | None = None


# Made once, by worth: there is one lookup per subject and expectation.
PROOFS = tuple(Proof(verdict, MARKS.get(verdict)) for verdict in Verdict)
NO_PROOF = PROOFS[Verdict.NONE]
GOOD_PROOF = PROOFS[Verdict.GOOD]
CONTRARY = Proof(Verdict.NONE, contrary=True)
NO_DAYS = Days()
Recorded = Callable[[View, Situation, Clock], Proof]


class Headcount(NamedTuple):
    """The people of one session whom an expectation concerns: satisfied, missing, not due yet. ``late``: a proof came late."""

    satisfied: int = 0
    missing: int = 0
    to_come: int = 0
    late: bool = False
    unread: bool = False  # by a file that nobody has read


NOBODY_CONCERNED = Headcount()
Counted = Callable[[SessionView, Situation, Clock], Headcount]


def dated(clock: Clock, on: date | None, days: Days = NO_DAYS, lasting: Lasting | None = None) -> Proof:
    """A fact that happened on a day, under the timing rule of the expectation."""
    return PROOFS[clock.fact(on, days, lasting) if lasting else clock.fact(on, days)]


def covered(spans: Iterable[tuple[date | None, date | None]], first: date, last: date) -> bool:
    """Whether every day from the first to the last is within one of the spans. Without a start it always held; without an end it
    still does. One that begins the day after another ends carries it on."""
    day = first
    for start, end in sorted(spans, key=lambda span: span[0] or date.min):
        if start is not None and start > day:
            return False
        if end is None or end >= last:
            return True
        day = max(day, end + timedelta(days=1))
    return False


def mission(view: SessionView, situation: Situation) -> tuple[date, date]:
    """The days of a session that are over or go on, the day of reading included: what lies after it never counts."""
    first = view.facts.first_day
    return first, max(first, min(view.facts.last_day or situation.reference_day, situation.reference_day))


def none_of(expected: int) -> Proof:
    """Nothing is there, of so many that are expected."""
    return Proof(Verdict.NONE, counts=(0, expected)) if expected > 0 else NO_PROOF


def everyone(people: People, expected: int, clock: Clock, days: Days, partly: str) -> Proof:
    """Each of the people expected has it, the last of them on a day. ``partly``: what is said when only some have it."""
    if not expected or people.number < expected:
        if not people.number:
            return none_of(expected)
        rest = dated(clock, people.last_on, days).verdict
        partly = so_many(partly, people.number, expected)
        counts = (people.number, expected) if expected else None
        return Proof(Verdict.NONE, partly=partly, contrary=bool(expected), rest=rest, counts=counts)
    return dated(clock, people.last_on, days)


def headcount(satisfied: int, concerned: int, clock: Clock, view: SessionView, *, last_on: date | None) -> Headcount:
    """So many of so many people of a session; those who lack it are missing once the deadline has passed."""
    if clock.too_early(last_on, view.days):
        satisfied = 0
    lacking = max(concerned - satisfied, 0)
    owed = clock.owed(view.days)
    late = bool(satisfied) and last_on is not None and clock.fact(last_on, view.days) is Verdict.LATE
    return Headcount(min(satisfied, concerned), lacking if owed else 0, 0 if owed else lacking, late)

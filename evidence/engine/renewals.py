"""The second reading of an audit to come: what is good today, and will have lapsed by then.

Everything is judged again with the same facts and the same people, age and validity being looked at on a later day: one rule decides
both readings. A recurring piece that is not due again is no hole.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from evidence.engine import sentences
from evidence.engine.endings import endings
from evidence.engine.organisation import Pieces, asked_on
from evidence.engine.proofs import ProofFinder
from evidence.engine.result import ExpectationResult, Mark, Renewal, Subject
from evidence.engine.timing import Clock, Days, Verdict
from qualiopi.standard.expectations import Timing

if TYPE_CHECKING:
    from evidence.engine.measuring import Measurer

_HOLDS = (Mark.SATISFIED, Mark.LATE)
# What only has to be dated once, or on days that don't move, never lapses.
_RECURRING = (Timing.ON_AUDIT_DATE, Timing.IN_LAST_MONTHS, Timing.IN_PERIOD)
_ONCE_FOR_ALL = ("session", "enrolment")
_ONE_BY_ONE = ("course", "trainer", "subcontract")
_NO_DAYS = Days()


def renewals(measurer: Measurer, result: ExpectationResult) -> tuple[Renewal, ...]:
    """What this expectation will ask for again before the audit date; nothing for an audit gone by."""
    today, audit = measurer.situation.reference_day, measurer.situation.as_of
    expectation = result.expectation
    if audit <= today:
        return ()
    ending = tuple(
        Renewal(each.subject, expectation.key, each.until, today, sentences.lapsing(each.label, each.until, None))
        for each in endings(measurer.situation, expectation.key)
    )
    if expectation.timing.rule not in _RECURRING or expectation.subject in _ONCE_FOR_ALL:
        return ending
    holding = result.having(*_HOLDS)
    holds_on = _way(measurer, result)
    again_from = measurer.looking_ahead(audit).clock(expectation).renewable_from()
    found = []
    for subject in holding:
        if holds_on(subject, audit):
            continue
        until = _last_day(lambda day, subject=subject: holds_on(subject, day), today, audit)  # type: ignore[misc]
        said = sentences.lapsing(subject.label, until, again_from if again_from > today else None)
        found.append(Renewal(subject, expectation.key, until, again_from, said))
    return ending + tuple(found)


def _last_day(holds: Callable[[date], bool], good: date, lapsed: date) -> date:
    """The last day on which it holds: what has lapsed by a day has lapsed on every later one."""
    while (lapsed - good).days > 1:
        middle = good + timedelta(days=(lapsed - good).days // 2)
        good, lapsed = (middle, lapsed) if holds(middle) else (good, middle)
    return good


HoldsOn = Callable[[Subject, date], bool]


def _way(measurer: Measurer, result: ExpectationResult) -> HoldsOn:
    """How it is looked at again: as little of it as says the same."""
    if result.expectation.subject in _ONE_BY_ONE:
        return _one_by_one(measurer, result)
    if result.expectation.subject == "audience" and not Pieces(measurer, result.expectation).judged:
        return _by_invitation(measurer, result)
    return _all_at_once(measurer, result)


def _one_by_one(measurer: Measurer, result: ExpectationResult) -> HoldsOn:
    """Each subject has proofs of its own: they alone are looked at again."""
    views = {view.subject.id: view for view in measurer.chooser.populations.members(result.expectation)}
    finders: dict[date, ProofFinder] = {}

    def holds(subject: Subject, day: date) -> bool:
        if day not in finders:
            clock = measurer.looking_ahead(day).clock(result.expectation)
            finders[day] = ProofFinder(result.expectation, measurer.situation, measurer.index, clock)
        return finders[day].find(views[subject.id], _NO_DAYS).mark in _HOLDS

    return holds


def _by_invitation(measurer: Measurer, result: ExpectationResult) -> HoldsOn:
    """Parties that only invitations prove: there may be hundreds, each asked on a day of its own."""
    asked = {
        view.subject.id: asked_on(measurer.situation, view) for view in measurer.chooser.populations.members(result.expectation)
    }
    clocks: dict[date, Clock] = {}

    def holds(subject: Subject, day: date) -> bool:
        if day not in clocks:
            clocks[day] = measurer.looking_ahead(day).clock(result.expectation)
        return clocks[day].fact(asked[subject.id], _NO_DAYS) >= Verdict.LATE

    return holds


def _all_at_once(measurer: Measurer, result: ExpectationResult) -> HoldsOn:
    """Pieces of the organisation, and parties asked: few of them, judged together."""
    marks: dict[date, dict[str, Mark]] = {}

    def holds(subject: Subject, day: date) -> bool:
        if day not in marks:
            marks[day] = dict(measurer.looking_ahead(day).measured(result.expectation).mark_by_subject)
        return marks[day].get(subject.id) in _HOLDS

    return holds

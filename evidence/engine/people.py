"""What is expected of each enrolled person: judged by session from counts. Nobody is named here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence.engine import sentences
from evidence.engine.proofs import ProofFinder
from evidence.engine.recorded import COUNTED
from evidence.engine.recorded.proof import Headcount
from evidence.engine.result import ExpectationResult, Mark
from evidence.engine.situation import SessionView
from evidence.engine.tally import Tally
from evidence.engine.timing import Verdict
from qualiopi.standard.expectations import Expectation

if TYPE_CHECKING:
    from evidence.engine.measuring import Measurer


def measure_people(measurer: Measurer, expectation: Expectation) -> ExpectationResult:
    """n of d people; what is missing goes by session, with how many people lack it. Sensitive: one number, no session either."""
    clock = measurer.clock(expectation)
    finder = ProofFinder(expectation, measurer.situation, measurer.index, clock)
    count = COUNTED[expectation.key]
    tally = Tally()
    satisfied = counted = 0
    for view, unknown in measurer.chooser.subjects(expectation):
        if not isinstance(view, SessionView):
            continue
        head = count(view, measurer.situation, clock)
        covered = _covered(finder, view) if head.missing else {}
        if covered:
            # Somebody said of each of these people that a document covers them.
            tally.read_by[view.subject.id] = tuple(sorted({person for _verdict, person in covered.values()}))
            late = head.late or any(verdict is Verdict.LATE for verdict, _person in covered.values())
            head = head._replace(satisfied=head.satisfied + len(covered), missing=head.missing - len(covered), late=late)
        elif (head.missing or head.to_come) and not head.satisfied:
            # A document linked to the session speaks of everybody in it, where nothing recorded says the contrary of somebody.
            found = finder.find(view, view.days)
            if found.mark is not None:
                head = Headcount(head.missing + head.to_come, late=found.mark is Mark.LATE, unread=found.mark is Mark.TO_READ)
                if found.read_by:
                    tally.read_by[view.subject.id] = found.read_by
        elif head.satisfied:
            finder.kept.add(view.subject.id)
        if unknown and head.missing:
            measurer.to_clarify(tally, view.subject, unknown, counted=True)
            tally.unknown += head.missing - 1
            continue
        satisfied += head.satisfied
        counted += head.satisfied + head.missing
        tally.people_to_read += head.satisfied if head.unread else 0
        _mark(tally, view, head, expectation)
    tally.people = (satisfied, counted)
    if expectation.sensitive:
        tally = _without_names(measurer, expectation, tally)
    return measurer.share_result(expectation, tally, frozenset(finder.used), kept=frozenset(finder.kept))


def _covered(finder: ProofFinder, view: SessionView) -> dict[str, tuple[Verdict, str]]:
    """The people who lack it, and whom somebody says a document covers."""
    if (finder.key, view.subject.id) not in finder.situation.covers:
        return {}
    lacking = finder.lacking(view)
    return {line: found for line, found in finder.covered(view, view.days).items() if line in lacking}


def _mark(tally: Tally, view: SessionView, head: Headcount, expectation: Expectation) -> None:
    if head.missing:
        tally.lacking[view.subject.id] = ()
        tally.add(view.subject, Mark.MISSING)
        tally.counts[view.subject.id] = (head.satisfied, head.satisfied + head.missing)
        tally.items[view.subject.id] = sentences.people(expectation, head.missing)
    elif head.unread:
        tally.add(view.subject, Mark.TO_READ)
    elif head.satisfied and head.late:
        tally.add(view.subject, Mark.LATE)
    elif head.to_come:
        # Some have it, others are not due yet: it is not there for everybody. How many is said where it is asked for before its day.
        tally.add(view.subject, Mark.TO_COME)
        tally.items[view.subject.id] = sentences.people(expectation, head.to_come)
    elif head.satisfied:
        tally.add(view.subject, Mark.SATISFIED)


def _without_names(measurer: Measurer, expectation: Expectation, tally: Tally) -> Tally:
    """Where even a session would tell whom it is about."""
    satisfied, counted = tally.satisfied(), tally.counted()
    found = Tally(
        people=tally.people, people_to_read=tally.people_to_read, unknown=tally.unknown, unknown_facts=tally.unknown_facts
    )
    if counted:
        organisation = measurer.situation.facts.organisation.id
        subject = sentences.organisation_subject(expectation, organisation, sentences.people(expectation, counted))
        found.add(subject, Mark.MISSING if satisfied < counted else Mark.SATISFIED)
    return found

"""What is expected of each enrolled person: judged by session from counts. Nobody is named here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence.engine import sentences
from evidence.engine.populations import View
from evidence.engine.proofs import ProofFinder
from evidence.engine.recorded import COUNTED
from evidence.engine.recorded.proof import Headcount
from evidence.engine.result import ExpectationResult, Mark
from evidence.engine.seen import NOT_CONCERNED, NOTHING_MORE, More, People, Seen
from evidence.engine.situation import SessionView
from evidence.engine.tally import Tally
from evidence.engine.timing import Verdict
from qualiopi.standard.expectations import Expectation

if TYPE_CHECKING:
    from evidence.engine.measuring import Look, Measurer


def measure_people(measurer: Measurer, expectation: Expectation) -> ExpectationResult:
    """n of d people; what is missing goes by session, with how many people lack it. Sensitive: one number, no session either."""
    tally = measurer.tallied(expectation, lambda asked: _looking(measurer, asked))
    tally.people = tally.people or (0, 0)
    used, kept = frozenset(tally.used), frozenset(tally.kept)
    if expectation.sensitive:
        tally = _without_names(measurer, expectation, tally)
    return measurer.share_result(expectation, tally, used, kept=kept)


def _looking(measurer: Measurer, expectation: Expectation) -> Look:
    """What looks at the people of one session."""
    clock = measurer.clock(expectation)
    finder = ProofFinder(expectation, measurer.situation, measurer.index, clock)
    concerned = measurer.chooser.concerned(expectation)
    count = COUNTED[expectation.key]

    def look(view: View) -> Seen:
        unknown = concerned(view)
        if unknown is None or not isinstance(view, SessionView):
            return NOT_CONCERNED
        finder.begin()
        head = count(view, measurer.situation, clock)
        covered = _covered(finder, view) if head.missing else {}
        read_by: tuple[str, ...] = ()
        if covered:
            # Somebody said of each of these people that a document covers them.
            read_by = tuple(sorted({person for _verdict, person in covered.values()}))
            late = head.late or any(verdict is Verdict.LATE for verdict, _person in covered.values())
            head = head._replace(satisfied=head.satisfied + len(covered), missing=head.missing - len(covered), late=late)
        elif (head.missing or head.to_come) and not head.satisfied:
            # A document linked to the session speaks of everybody in it, where nothing recorded says the contrary of somebody.
            found = finder.find(view, view.days)
            if found.mark is not None:
                head = Headcount(head.missing + head.to_come, late=found.mark is Mark.LATE, unread=found.mark is Mark.TO_READ)
                read_by = found.read_by
        elif head.satisfied:
            finder.kept = True
        if not (head.missing or head.to_come or read_by or finder.used):
            people = People(head.satisfied, head.satisfied, head.satisfied if head.unread else 0)
            return Seen(_mark(head), finder.kept, people)
        more = More(read_by=read_by, used=tuple(sorted(finder.used)))
        if unknown and head.missing:
            clarified = measurer.to_clarify(unknown, weight=head.missing)
            return Seen(Mark.TO_CLARIFY, finder.kept, more=clarified._replace(read_by=read_by, used=more.used))
        mark = _mark(head)
        people = People(head.satisfied, head.satisfied + head.missing, head.satisfied if head.unread else 0)
        if head.missing:
            items = sentences.people(expectation, head.missing)
            more = more._replace(lacking=(), counts=(head.satisfied, head.satisfied + head.missing), items=items)
        elif mark is Mark.TO_COME:
            # How many is said where it is asked for before its day.
            more = more._replace(items=sentences.people(expectation, head.to_come))
        return Seen(mark, finder.kept, people, more if more != NOTHING_MORE else None)

    return look


def _covered(finder: ProofFinder, view: SessionView) -> dict[str, tuple[Verdict, str]]:
    """The people who lack it, and whom somebody says a document covers."""
    if (finder.key, view.subject.id) not in finder.situation.covers:
        return {}
    lacking = finder.lacking(view)
    return {line: found for line, found in finder.covered(view, view.days).items() if line in lacking}


def _mark(head: Headcount) -> Mark | None:
    """That of a session; None where nobody in it counts."""
    if head.missing:
        return Mark.MISSING
    if head.unread:
        return Mark.TO_READ
    if head.satisfied and head.late:
        return Mark.LATE
    if head.to_come:
        # Some have it, others are not due yet: it is not there for everybody.
        return Mark.TO_COME
    return Mark.SATISFIED if head.satisfied else None


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

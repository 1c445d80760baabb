"""How much of what is asked is there: whoever was chosen (``evidence.engine.choosing``) is looked at, counted, and held against limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from datetime import date

from evidence.engine import sentences
from evidence.engine.choosing import Chooser
from evidence.engine.facts import DocumentFacts
from evidence.engine.limits import Counted, judge_counted, judge_share, tighten
from evidence.engine.organisation import measure_audience, measure_items, measure_pieces
from evidence.engine.people import measure_people
from evidence.engine.populations import OWN_TRAINERS, View
from evidence.engine.proofs import DocumentIndex, ProofFinder
from evidence.engine.recorded.proof import Proof
from evidence.engine.result import ExpectationResult, Mark, Outcome, Subject
from evidence.engine.seen import NOT_CONCERNED, NOTHING_MORE, PLAIN, Memory, More, Seen
from evidence.engine.situation import SessionView
from evidence.engine.tally import Tally
from evidence.engine.timing import Clock, Days, Verdict
from qualiopi.standard.expectations import Expectation, Measure

NO_DAYS = Days()
Look = Callable[[View], Seen]


class Measurer:
    """Measures for one situation; the index of documents is shared between the expectations."""

    def __init__(self, chooser: Chooser, memory: Memory | None = None) -> None:
        """``memory``: what was seen of the same sessions in the same surroundings; it is filled with the rest."""
        self.chooser = chooser
        self.situation = chooser.situation
        self.memory = memory
        # The list itself stays there, so that no other takes its identity.
        self._names: dict[int, tuple[Sequence[View], list[Subject], list[str]]] = {}
        self.looked_at_on = self.situation.reference_day  # the day on which age and validity are looked at
        self.index = DocumentIndex(self.situation)

    def looking_ahead(self, day: date) -> Measurer:
        """The same facts and the same subjects, with age and validity looked at on a later day."""
        other = copy(self)
        other.memory = None
        other.looked_at_on = day
        return other

    def limits(self, expectation: Expectation) -> Measure:
        """The limits that apply: a new entrant's at that audit, tightened by the organisation if it chose so."""
        measure = expectation.measure
        if expectation.new_entrant_measure is not None and self.situation.all_new:
            measure = expectation.new_entrant_measure
        return tighten(measure, self.situation.facts.tightened.get(expectation.key))

    def clock(self, expectation: Expectation) -> Clock:
        """How old its proofs may be, and when they are due."""
        return Clock(
            expectation.timing,
            inherited=expectation.inherited,
            as_of=self.looked_at_on,
            today=self.situation.reference_day,
            period=self.situation.period(expectation.period, self.looked_at_on),
            grace_days=self.situation.figure("network_version_grace_days"),
            checklist=frozenset(self.situation.checklist(expectation.key)),
            oldest_months=self.situation.figure(oldest) if (oldest := expectation.timing.no_older_than) else None,
        )

    def from_clients(self, types: tuple[str, ...]) -> list[DocumentFacts]:
        """Documents of these kinds linked to a session that is run for another organisation."""
        if not self.situation.works_for_others:
            return []
        linked = self.index.linked("session", types)
        ours = [view.facts.id for view in self.situation.sessions if view.facts.run_for_another]
        return list({document.id: document for session in ours for document in linked.get(session, ())}.values())

    def measured(self, expectation: Expectation) -> ExpectationResult:
        """Its subjects counted."""
        if expectation.subject == "enrolment":
            return measure_people(self, expectation)
        if expectation.subject == "audience":
            return measure_audience(self, expectation)
        if expectation.items:
            return measure_items(self, expectation)
        if expectation.subject == "organisation":
            return measure_pieces(self, expectation)
        return self._measure_subjects(expectation)

    def _measure_subjects(self, expectation: Expectation) -> ExpectationResult:
        tally = self.tallied(expectation, self._look)
        if not tally.subjects and self.chooser.subcontracting_unknown(expectation):
            tally.unknown_facts["subcontracting_unknown"] = None
            tally.unknown = 1
        return self.share_result(expectation, tally, frozenset(tally.used), kept=frozenset(tally.kept))

    def tallied(self, expectation: Expectation, looking: Callable[[Expectation], Look]) -> Tally:
        """Each subject looked at, or what is remembered of it. ``looking``: makes what looks; it is not made where nothing has to be."""
        tally, views = Tally(), self.chooser.members(expectation)
        subjects, ids = self._named(views)
        if self.memory is None or not expectation.of_a_session:
            tally.take(subjects, ids, list(map(looking(expectation), views)))
            return tally
        known = self.memory.of(expectation.key)
        unseen = [view for view, subject in zip(views, ids, strict=True) if subject not in known]
        if unseen:
            known.update(zip([view.subject.id for view in unseen], map(looking(expectation), unseen), strict=True))
            self.memory.looks += len(unseen)
        tally.take(subjects, ids, list(map(known.__getitem__, ids)))
        return tally

    def _named(self, views: Sequence[View]) -> tuple[list[Subject], list[str]]:
        """Of the same list of sessions, once: populations keep theirs."""
        if id(views) not in self._names:
            subjects = [view.subject for view in views]
            self._names[id(views)] = views, subjects, [subject.id for subject in subjects]
        _views, subjects, ids = self._names[id(views)]
        return subjects, ids

    def _look(self, expectation: Expectation) -> Look:
        clock = self.clock(expectation)
        finder = ProofFinder(expectation, self.situation, self.index, clock)
        concerned = self.chooser.concerned(expectation)
        newcomers = expectation.population == OWN_TRAINERS

        def look(view: View) -> Seen:
            unknown = concerned(view)
            if unknown is None:
                return NOT_CONCERNED
            days = view.days if isinstance(view, SessionView) else NO_DAYS
            finder.begin()
            proof = finder.find(view, days)
            used = tuple(sorted(finder.used)) if finder.used else ()
            if proof.mark is not None:
                if not (used or proof.read_by):
                    return PLAIN[proof.mark, finder.kept]
                return Seen(proof.mark, finder.kept, more=More(read_by=proof.read_by, used=used))
            settles_in = self.chooser.populations.settles_in_until(view) if newcomers else None
            due = not (clock.has_deadline and clock.still_open(days)) and settles_in is None
            if unknown or (due and proof.verdict is Verdict.UNDATED):
                facts = unknown or ("effective_date_unknown",)
                return Seen(Mark.TO_CLARIFY, finder.kept, more=self.to_clarify(facts, weight=int(due))._replace(used=used))
            if due:
                return Seen(Mark.MISSING, finder.kept, more=_said_of_a_hole(proof, used))
            due_on = settles_in or clock.deadline(days)
            more = More(due_on=due_on, used=used) if due_on is not None or used else None
            return Seen(Mark.TO_COME, finder.kept, more=more)

        return look

    def to_clarify(self, facts: tuple[str, ...], *, weight: int) -> More:
        """Of a subject that is set apart: one cannot tell whether it is concerned, or when its proof was made."""
        return More(unknown=weight, unknown_facts=facts, clarification=self.situation.book.unknown_facts[facts[0]].sentence)

    def share_result(
        self,
        expectation: Expectation,
        tally: Tally,
        used: frozenset[str],
        *,
        kept: frozenset[str] = frozenset(),
        extra: str = "",
    ) -> ExpectationResult:
        """From the marks to the result. ``used``: documents that count; ``kept``: subjects that the work itself proves; ``extra``:
        missing items to name in the sentences instead of the checklist."""
        measure = self.limits(expectation)
        n, d = tally.satisfied(), tally.counted()
        empty = Outcome.WITHOUT_OBJECT if expectation.empty_is_without_object else Outcome.CANNOT_BE_JUDGED
        unread = tally.to_read()
        if expectation.population == OWN_TRAINERS and Mark.TO_COME in tally.marks:
            # Whoever begins is known, and nothing is owed yet: that is no unknown.
            empty = Outcome.TO_COME
        outcome = judge_counted(measure, Counted(n, d, tally.unknown, unread, tally.has_old()), empty=empty)
        wording = expectation.wording
        own = self.situation.facts.tightened.get(expectation.key)
        result = ExpectationResult(
            expectation,
            outcome,
            n=n,
            d=d,
            observed=sentences.observed_share(wording, n, d) if wording else "",
            short=sentences.short(wording, d) if wording else "",
            subjects=tuple(tally.subjects),
            marks=tuple(tally.marks),
            demonstrable_from=measure.demonstrable,
            at_risk_from=measure.at_risk,
            tightened_because=own.reason if own and measure != expectation.measure else "",
            found_something=n > 0,
            missing_items=extra or self._checklist(expectation),
            unticked=self.unticked(expectation, used),
            document_ids=tuple(sorted(used)),
            items_by_subject=tally.items,
            clarifications=tally.clarifications,
            due_dates=tally.due_dates,
            partly=tally.partly,
            counts=tally.counts,
            kept=kept,
            of_people=tally.people is not None,
            read_by=tally.read_by,
            lacking=tally.lacking,
        )
        facts = [self.situation.book.unknown_facts[key] for key in tally.unknown_facts]
        reasons = self._share_reasons(result, measure, tally, [fact.sentence for fact in facts])
        action = sentences.action(result)
        if outcome is Outcome.CANNOT_BE_JUDGED and facts:
            action = facts[0].next_action
        elif unread and not action:
            action = sentences.READ_THEM
        return replace(result, reasons=(*reasons, *self.chooser.told(expectation)), next_action=action)

    def _share_reasons(self, result: ExpectationResult, measure: Measure, tally: Tally, unknown: list[str]) -> tuple[str, ...]:
        reasons: list[str] = []
        if result.outcome in (Outcome.AT_RISK, Outcome.INSUFFICIENT) and result.n < result.d:
            reasons.append(f"{result.observed} {sentences.limit(measure, result.expectation.wording)}".strip())
        if tally.has_old() and judge_share(measure, result.n, result.d) is Outcome.DEMONSTRABLE:
            reasons.append(sentences.OLD)
        if tally.to_read():
            reasons.append(sentences.to_read(tally.marks.count(Mark.TO_READ)))
        if result.outcome is Outcome.CANNOT_BE_JUDGED:
            reasons += unknown
        if not result.d and not tally.unknown:
            empty = sentences.WITHOUT_OBJECT if result.expectation.empty_is_without_object else sentences.NOBODY_CONCERNED
            reasons.append(sentences.NOTHING_DUE if tally.subjects else empty)
        return tuple(reasons)

    def _checklist(self, expectation: Expectation) -> str:
        labels = self.situation.book.contents
        return ", ".join(labels[key] for key in self.situation.checklist(expectation.key))

    def unticked(self, expectation: Expectation, used: frozenset[str]) -> tuple[str, ...]:
        """Lines that none of the documents that count has ticked. They are printed, and change no status."""
        lines = self.situation.checklist(expectation.key)
        if not used or not lines or expectation.document is None:
            return ()
        ticked: set[str] = set()
        for document in self.index.of_types(expectation.document.types):
            if document.id in used:
                ticked |= document.contents
        return tuple(self.situation.book.contents[line] for line in lines if line not in ticked)


def _said_of_a_hole(proof: Proof, used: tuple[str, ...]) -> More | None:
    """What lacks and what is there; None where nothing is to be said."""
    lacking = proof.lacking if proof.contrary else None
    found = More(
        items=proof.items, partly=proof.partly, counts=proof.counts or None, read_by=proof.read_by, lacking=lacking, used=used
    )
    return found if found != NOTHING_MORE else None

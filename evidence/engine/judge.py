"""One expectation, from selection to result. The order of the steps is that of the rules."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import date

from evidence.engine import sentences
from evidence.engine.conditions import (
    ProfileConditions,
    SubjectConditions,
    Test,
    category_matters,
    category_unknown,
    everybody_left,
    somebody_aims,
    unknown_membership,
)
from evidence.engine.facts import DocumentFacts
from evidence.engine.measure import Counted, judge_counted, judge_share, tighten
from evidence.engine.organisation import judge_audience, judge_items, judge_pieces
from evidence.engine.people import judge_people
from evidence.engine.populations import FINISHED, OWN_TRAINERS, Populations
from evidence.engine.proofs import DocumentIndex, ProofFinder
from evidence.engine.recorded import is_tracked
from evidence.engine.recorded.people import PROFILES, expired
from evidence.engine.renewals import renewals
from evidence.engine.result import ExpectationResult, Mark, Outcome, Subject
from evidence.engine.setting_aside import PROFILE_CONDITION, SettingAside
from evidence.engine.situation import PersonView, SessionView, Situation
from evidence.engine.tally import Tally
from evidence.engine.timing import Clock, Days, Verdict
from evidence.engine.unknowns import UnknownFacts
from qualiopi.standard.expectations import Expectation, Measure, NewEntrant
from qualiopi.standard.grids import standard
from qualiopi.standard.model import CATEGORIES, Indicator

LATEST_GRID = "2026"
NO_DAYS = Days()
NOTHING_UNKNOWN: tuple[str, ...] = ()


class Judge:
    """Judges the expectations of one situation; indexes and populations are shared between them."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.looked_at_on = situation.reference_day  # the day on which age and validity are looked at
        self.populations = Populations(situation)
        self.category_names = {code: category.name for code, category in standard().categories.items()}
        self.index = DocumentIndex(situation)
        self.profile_conditions = ProfileConditions(situation, self.populations)
        self.subject_conditions = SubjectConditions(situation, self.populations)
        self.unknown_facts = UnknownFacts(situation, self.populations)
        self.setting_aside = SettingAside(situation, self.populations, self.profile_conditions)

    def contradictions(self, indicator: Indicator) -> list[str]:
        """Facts that show what the profile denies, for an indicator it sets aside."""
        if indicator.condition is None or not self.situation.held_categories & indicator.categories:
            return []
        key = PROFILE_CONDITION[indicator.condition.key]
        return [self.profile_conditions.contradiction(key)] if self.profile_conditions.contradicted(key) else []

    def judge(self, expectation: Expectation) -> ExpectationResult | None:
        """None: it is not asked of this organisation."""
        held = self.situation.held_categories
        if held and not expectation.categories & held:
            return None
        answers = [self.profile_conditions.holds(key) for key in expectation.profile_conditions]
        if False in answers:
            return None
        put_off = expectation.new_entrant is NewEntrant.LATER and self.situation.all_new
        tracked = is_tracked(expectation)
        if not put_off and not tracked:
            # No room follows it yet: it is printed, and changes no status.
            return ExpectationResult(expectation, Outcome.NOT_TRACKED, reasons=(sentences.NOT_TRACKED,))
        if not tracked:
            return ExpectationResult(expectation, Outcome.PUT_OFF, reasons=(sentences.PUT_OFF,))
        result = self._with_conditions(expectation, answers)
        if expectation.of_a_session:
            result = replace(result, asked=self.populations.asked(expectation))
        if put_off:
            return replace(result, outcome=Outcome.PUT_OFF, reasons=(sentences.PUT_OFF,), next_action="")
        return replace(result, renewals=renewals(self, result)) if result.judged else result

    def _with_conditions(self, expectation: Expectation, answers: list[bool | None]) -> ExpectationResult:
        conditions = self.situation.book.profile_conditions
        unknown = [conditions[key] for key, answer in zip(expectation.profile_conditions, answers, strict=True) if answer is None]
        facts = [self.situation.book.unknown_facts[key] for key in self.unknown_facts.holding(expectation)]
        if self._categories_matter(expectation):
            facts.append(self.situation.book.unknown_facts["categories_unknown"])
        if facts:
            return self._cannot(expectation, [fact.sentence for fact in facts], facts[0].next_action)
        if unknown:
            return self._cannot(expectation, [condition.unknown for condition in unknown], unknown[0].unknown)
        result = self.measured(expectation)
        said = [
            self.profile_conditions.contradiction(key)
            for key in expectation.profile_conditions
            if self.profile_conditions.contradicted(key)
        ]
        return replace(result, reasons=(*said, *result.reasons)) if said else result

    def _categories_matter(self, expectation: Expectation) -> bool:
        """What is asked of the organisation for some categories only can't be judged without knowing those it holds."""
        if expectation.subject != "organisation" or self.situation.held_categories:
            return False
        return len(expectation.categories) < len(CATEGORIES) or expectation.items == "categories_held"

    def _cannot(self, expectation: Expectation, reasons: list[str], next_action: str) -> ExpectationResult:
        return ExpectationResult(
            expectation, Outcome.CANNOT_BE_JUDGED, reasons=tuple(dict.fromkeys(reasons)), next_action=next_action
        )

    def looking_ahead(self, day: date) -> Judge:
        """The same facts and the same subjects, with age and validity looked at on a later day."""
        other = copy(self)
        other.looked_at_on = day
        return other

    # -- measuring --------------------------------------------------------------------------------------------------

    def measure(self, expectation: Expectation) -> Measure:
        """The limits that apply: a new entrant's at that audit, tightened by the organisation if it chose so."""
        measure = expectation.measure
        if expectation.new_entrant_measure is not None and self.situation.all_new:
            measure = expectation.new_entrant_measure
        return tighten(measure, self.situation.facts.tightened.get(expectation.key))

    def from_clients(self, types: tuple[str, ...]) -> list[DocumentFacts]:
        """Documents of these kinds linked to a session that is run for another organisation."""
        if not self.situation.works_for_others:
            return []
        linked = self.index.linked("session", types)
        ours = [view.facts.id for view in self.situation.sessions if view.facts.run_for_another]
        return list({document.id: document for session in ours for document in linked.get(session, ())}.values())

    def clock(self, expectation: Expectation) -> Clock:
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

    def measured(self, expectation: Expectation) -> ExpectationResult:
        """Its subjects counted."""
        if expectation.subject == "enrolment":
            return judge_people(self, expectation)
        if expectation.subject == "audience":
            return judge_audience(self, expectation)
        if expectation.items:
            return judge_items(self, expectation)
        if expectation.subject == "organisation":
            return judge_pieces(self, expectation)
        return self._judge_subjects(expectation)

    def _judge_subjects(self, expectation: Expectation) -> ExpectationResult:
        clock = self.clock(expectation)
        finder = ProofFinder(expectation, self.situation, self.index, clock)
        tests = self.session_tests(expectation)
        doubtful = category_matters(expectation.categories, self.situation.held_categories)
        finished = expectation.population in FINISHED
        newcomers = expectation.population == OWN_TRAINERS
        tally = Tally()
        see, mark = tally.subjects.append, tally.marks.append
        for view in self.populations.members(expectation):
            unknown = unknown_membership(view, tests) if tests else NOTHING_UNKNOWN
            if unknown is None:
                continue
            if doubtful and category_unknown(view):
                unknown = (*unknown, "category_unknown")
            if finished and self.populations.perhaps_finished(view, expectation):
                unknown = (*unknown, "end_unknown")
            days = view.days if isinstance(view, SessionView) else NO_DAYS
            proof = finder.find(view, days)
            if proof.mark is not None:
                see(view.subject)
                mark(proof.mark)
                tally.note(view.subject, proof)
                continue
            settles_in = self.populations.settles_in_until(view) if newcomers else None
            due = not (clock.has_deadline and clock.still_open(days)) and settles_in is None
            if unknown or (due and proof.verdict is Verdict.UNDATED):
                self.to_clarify(tally, view.subject, unknown or ("effective_date_unknown",), counted=due)
            elif due:
                see(view.subject)
                mark(Mark.MISSING)
                tally.note(view.subject, proof)
            else:
                tally.add(view.subject, Mark.TO_COME)
                if (deadline := settles_in or clock.deadline(days)) is not None:
                    tally.due_dates[view.subject.id] = deadline
        if not tally.subjects and self._subcontracting_unknown(expectation):
            tally.unknown_facts["subcontracting_unknown"] = None
            tally.unknown = 1
        return self.share_result(expectation, tally, frozenset(finder.used), kept=frozenset(finder.kept))

    def session_tests(self, expectation: Expectation) -> list[tuple[str, Test]]:
        """The tests that say whether a subject is concerned."""
        tests = self.subject_conditions.tests(expectation.subject_conditions, expectation.period)
        if self._is_addition(expectation):
            tests.append(("additions", self.subject_conditions.of_additions(expectation.period)))
        return tests

    @staticmethod
    def _is_addition(expectation: Expectation) -> bool:
        """What the decree of 2026 adds on sessions and on the courses they are of; what the organisation keeps is asked from its day."""
        on_sessions = expectation.of_a_session or expectation.population == "courses_delivered"
        return on_sessions and expectation.grids == frozenset({LATEST_GRID})

    def _told(self, expectation: Expectation) -> tuple[str, ...]:
        """Sessions of which nothing more can be asked, or not this; titles that have expired: told, and lowers nothing."""
        if expectation.key == PROFILES:
            return sentences.expired(
                [
                    (view.subject.label, title)
                    for view in self.populations.members(expectation)
                    if isinstance(view, PersonView)
                    for title in expired(view, self.situation)
                ]
            )
        if not expectation.of_a_session:
            return ()
        told = []
        if gone := self.populations.deserted(expectation.population, expectation.period):
            told.append(sentences.deserted(gone))
        views = [view for view in self.populations.members(expectation) if isinstance(view, SessionView)]
        if "somebody_aims" in expectation.subject_conditions and (aimless := sum(not somebody_aims(view) for view in views)):
            told.append(sentences.nobody_aims(aimless))
        if "somebody_stayed" in expectation.subject_conditions and (left := sum(everybody_left(view) for view in views)):
            told.append(sentences.everybody_left(left))
        if self._is_addition(expectation):
            asked = self.subject_conditions.of_additions(expectation.period)
            if before := sum(not asked(view) for view in views):
                told.append(sentences.before_additions(before, self.situation.book.days["additions_apply_from"]))
        return tuple(told)

    def to_clarify(self, tally: Tally, subject: Subject, facts: tuple[str, ...], *, counted: bool) -> None:
        """Set apart a subject of which one cannot tell whether it is concerned, or when its proof was made."""
        tally.add(subject, Mark.TO_CLARIFY)
        tally.unknown += counted
        tally.unknown_facts.update(dict.fromkeys(facts))
        tally.clarifications[subject.id] = self.situation.book.unknown_facts[facts[0]].sentence

    def _subcontracting_unknown(self, expectation: Expectation) -> bool:
        """No subcontractor is known, and some sessions don't say who runs them."""
        return (
            expectation.subject == "subcontract"
            and "subcontracting_unknown" in expectation.unknown_facts
            and any(view.given is None for view in self.populations.sessions("sessions_under_way", expectation.period))
        )

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
        measure = self.measure(expectation)
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
        return replace(result, reasons=(*reasons, *self._told(expectation)), next_action=action)

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

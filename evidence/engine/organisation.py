"""What is asked of the organisation itself, or of the parties it works with: proved by documents linked to the indicator, by the
rates it published, by the invitations it sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from evidence.engine import sentences
from evidence.engine.facts import DocumentFacts
from evidence.engine.limits import cap_when_old, judge_count
from evidence.engine.recorded import PUBLISHED
from evidence.engine.result import ExpectationResult, Mark, Outcome, Subject, SubjectKind
from evidence.engine.situation import PersonView, Situation
from evidence.engine.tally import MARKS, Tally
from evidence.engine.timing import Clock, Days, Verdict
from qualiopi.standard.expectations import DocumentWay, Expectation, RunForAnother
from qualiopi.standard.grids import standard

if TYPE_CHECKING:
    from evidence.engine.measuring import Measurer

_NO_DAYS = Days()
# Documents that publish results, and evaluations of teaching: the items other pieces are asked about.
_PUBLISHED: tuple[str, ...] = ("results_page", "public_page_capture")
_TEACHING_EVALUATIONS: tuple[str, ...] = ("teaching_evaluation",)


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates published for a course, on a day, with their number of people, period and formula."""

    course_id: str
    course: str
    category: str | None
    published_on: date
    verdict: Verdict


class Pieces:
    """The documents of an expectation with what each is worth, and the rates that were published."""

    def __init__(self, measurer: Measurer, expectation: Expectation) -> None:
        self.expectation = expectation
        self.way: DocumentWay | None = expectation.document
        self.clock: Clock = measurer.clock(expectation)
        documents = measurer.index.for_indicator(self.way.types, expectation.indicator) if self.way else []
        if self.way and expectation.run_for_another is RunForAnother.CLIENT_PIECE:
            documents += [document for document in measurer.from_clients(self.way.types) if document not in documents]
        self.judged = [(self.clock.document(document, _NO_DAYS), document) for document in documents]
        self.rates = [
            Rates(view.facts.id, view.facts.title, view.category, day, self.clock.fact(day, _NO_DAYS))
            for view in measurer.situation.courses.values()
            for day in view.facts.rates_on
            if expectation.key in PUBLISHED
        ]

    def worth(self, *verdicts: Verdict) -> list[DocumentFacts]:
        return [document for verdict, document in self.judged if verdict in verdicts]

    @property
    def good(self) -> list[DocumentFacts]:
        return self.worth(Verdict.GOOD, Verdict.LATE)

    @property
    def old(self) -> list[DocumentFacts]:
        return self.worth(Verdict.OLD)

    @property
    def unread(self) -> list[DocumentFacts]:
        return self.worth(Verdict.TO_READ)

    @property
    def undated(self) -> list[DocumentFacts]:
        return self.worth(Verdict.UNDATED)

    def by_worth(self) -> tuple[tuple[list[DocumentFacts], Mark], ...]:
        """The documents that satisfy, with the mark they give, the best ones first."""
        return (self.good, Mark.SATISFIED), (self.old, Mark.OLD), (self.unread, Mark.TO_READ)

    def readers(self) -> tuple[str, ...]:
        """Who accepted the documents that count."""
        return tuple(sorted({document.read_by for document in self.good + self.old if document.read_by}))

    @property
    def best(self) -> Verdict:
        return max((verdict for verdict, _document in self.judged), default=Verdict.NONE)

    def published(self, least: Verdict, category: str | None = None) -> bool:
        """Whether rates worth that much were published, for this category of action when one is given."""
        return any(rates.verdict >= least and category in (None, rates.category) for rates in self.rates)

    def count(self, documents: list[DocumentFacts], needed: int) -> int:
        """One document satisfies the whole measure, unless each counts for one, or each different line ticked does."""
        if self.way is not None and self.way.counts_by_contents:
            lines = set(self.way.contents)
            return len({line for document in documents for line in document.contents if line in lines})
        if self.way is not None and self.way.each_counts_one:
            return len(documents)
        return needed if documents else 0


def measure_pieces(measurer: Measurer, expectation: Expectation) -> ExpectationResult:
    """A count of pieces of the organisation."""
    measure = measurer.limits(expectation)
    needed = round(measure.demonstrable)
    pieces = Pieces(measurer, expectation)
    fresh, satisfied = pieces.count(pieces.good, needed), pieces.count(pieces.good + pieces.old, needed)
    if pieces.published(Verdict.OLD):
        fresh, satisfied = needed if pieces.published(Verdict.LATE) else fresh, needed
    outcome = judge_count(measure, satisfied)
    reasons: list[str] = []
    action = ""
    if judge_count(measure, fresh) is not outcome:
        outcome = cap_when_old(outcome)
        reasons.append(sentences.OLD)
    read, satisfied = satisfied, max(satisfied, pieces.count(pieces.good + pieces.old + pieces.unread, needed))
    if satisfied > read and outcome is not Outcome.DEMONSTRABLE:
        outcome = cap_when_old(judge_count(measure, satisfied))
        reasons.append(sentences.to_read(len(pieces.unread)))
        action = sentences.READ_THEM if satisfied >= needed else ""
    with_undated = max(satisfied, pieces.count(pieces.good + pieces.old + pieces.unread + pieces.undated, needed))
    if judge_count(measure, with_undated) is not judge_count(measure, satisfied):
        fact = measurer.situation.book.unknown_facts["effective_date_unknown"]
        outcome, action = Outcome.CANNOT_BE_JUDGED, fact.next_action
        reasons = [fact.sentence]
    elif satisfied == 0 and pieces.best is Verdict.NOT_ADOPTED:
        outcome = Outcome.AT_RISK
        reasons.append(sentences.NOT_ADOPTED)
    used = frozenset(document.id for document in pieces.good + pieces.old + pieces.unread)
    label = measurer.situation.book.document_types[pieces.way.types[0]] if pieces.way else expectation.expected
    subject = sentences.organisation_subject(expectation, measurer.situation.facts.organisation.id, label)
    mark = _mark(satisfied, read, fresh, needed, unknown=outcome is Outcome.CANNOT_BE_JUDGED)
    observed = sentences.observed_count(expectation, satisfied, needed)
    if outcome in (Outcome.AT_RISK, Outcome.INSUFFICIENT) and satisfied < needed:
        reasons.insert(0, observed)
    own = measurer.situation.facts.tightened.get(expectation.key)
    result = ExpectationResult(
        expectation,
        outcome,
        n=satisfied,
        d=needed,
        needed=needed,
        observed=observed,
        short=_short(expectation, needed),
        reasons=tuple(reasons),
        subjects=(subject,),
        marks=(mark,),
        demonstrable_from=measure.demonstrable,
        at_risk_from=measure.at_risk,
        tightened_because=own.reason if own and measure != expectation.measure else "",
        found_something=satisfied > 0 or pieces.best is Verdict.NOT_ADOPTED,
        lapsed=satisfied == 0 and bool(pieces.judged or pieces.rates),
        unticked=measurer.unticked(expectation, used),
        document_ids=tuple(sorted(used)),
        kept=frozenset({subject.id}) if pieces.published(Verdict.OLD) else frozenset(),
        read_by={subject.id: readers} if (readers := pieces.readers()) else {},
    )
    return replace(result, next_action=action or sentences.action(result))


def _mark(satisfied: int, read: int, fresh: int, needed: int, *, unknown: bool) -> Mark:
    if unknown:
        return Mark.TO_CLARIFY
    if satisfied < needed:
        return Mark.MISSING
    if read < needed:
        return Mark.TO_READ
    return Mark.SATISFIED if fresh >= needed else Mark.OLD


def _short(expectation: Expectation, needed: int) -> str:
    wording = expectation.wording
    if wording is None:
        return ""
    return wording.one if needed == 1 else wording.many


def measure_audience(measurer: Measurer, expectation: Expectation) -> ExpectationResult:
    """Companies, funders or trainers asked for their opinion: an invitation that left, or a document that says which of them it is
    about."""
    parties = measurer.chooser.populations.members(expectation)
    pieces = Pieces(measurer, expectation)
    way = expectation.document
    identifiers = {view.subject.id for view in parties}
    about = [
        (verdict, document)
        for verdict, document in pieces.judged
        if way is not None and (document.audience == way.audience or identifiers.intersection(document.party_ids))
    ]
    satisfying = [(verdict, document) for verdict, document in about if verdict >= Verdict.TO_READ]
    used = frozenset(document.id for _verdict, document in satisfying)
    undated = any(verdict is Verdict.UNDATED for verdict, _document in about)
    named: dict[str, Verdict] = {}
    for_all = Verdict.NONE
    unnamed: list[Verdict] = []
    for verdict, document in satisfying:
        if way is not None and not way.each_counts_one:
            for_all = max(for_all, verdict)
        elif document.party_ids:
            named.update({party: max(verdict, named.get(party, Verdict.NONE)) for party in document.party_ids})
        else:
            unnamed.append(verdict)
    left = len(identifiers - named.keys())
    if unnamed and len(unnamed) >= left:
        for_all = max(for_all, min(unnamed))
    tally = Tally()
    kept: set[str] = set()
    for view in parties:
        on = asked_on(measurer.situation, view)
        invited = pieces.clock.fact(on, _NO_DAYS) if on is not None else Verdict.NONE
        if invited >= Verdict.OLD:
            kept.add(view.subject.id)
        verdict = max(invited, for_all, named.get(view.subject.id, Verdict.NONE))
        if verdict >= Verdict.TO_READ:
            tally.add(view.subject, MARKS[verdict])
        elif unnamed or undated:
            # A document exists, without saying whom it is about or when it was made.
            tally.add(view.subject, Mark.TO_CLARIFY)
            tally.unknown += 1
            tally.unknown_facts["effective_date_unknown" if undated else "party_unknown"] = None
        else:
            tally.add(view.subject, Mark.MISSING)
    return measurer.share_result(expectation, tally, used, kept=frozenset(kept))


def asked_on(situation: Situation, view: object) -> date | None:
    """When an invitation last left for this party; None for a client whose sessions we ran, who has no file here."""
    if not isinstance(view, PersonView):
        return None
    known = view.trainer or situation.companies.get(view.id) or situation.funders.get(view.id)
    return known.asked_on if known else None


def measure_items(measurer: Measurer, expectation: Expectation) -> ExpectationResult:
    """A share over things of the organisation: categories held, results published, evaluations of teaching."""
    if expectation.items == "categories_held":
        return _categories(measurer, expectation)
    pieces = Pieces(measurer, expectation)
    mark = next((mark for held, mark in pieces.by_worth() if held), Mark.MISSING)
    tally = Tally()
    for document in _items(measurer, expectation):
        subject = Subject(SubjectKind.ORGANISATION, document.id, expectation.key, document.title)
        tally.add(subject, mark)
    period = measurer.situation.period(expectation.period)
    kept = set()
    for rates in pieces.rates:
        if period.start <= rates.published_on <= period.end:
            # Their own page says the number of people, the period and the formula.
            subject = Subject(SubjectKind.ORGANISATION, f"{rates.course_id} {rates.published_on}", expectation.key, rates.course)
            told = rates.verdict >= Verdict.OLD
            tally.add(subject, MARKS[rates.verdict] if told else mark)
            if told:
                kept.add(subject.id)
    used = frozenset(document.id for document in pieces.good + pieces.old + pieces.unread)
    return measurer.share_result(expectation, tally, used, kept=frozenset(kept))


def _items(measurer: Measurer, expectation: Expectation) -> list[DocumentFacts]:
    """Dated in the period; an evaluation of teaching counts once it should have been shared."""
    period = measurer.situation.period(expectation.period)
    if expectation.items == "published_results":
        kinds, until = _PUBLISHED, period.end
    else:
        kinds, until = _TEACHING_EVALUATIONS, measurer.situation.reference_day - timedelta(days=expectation.timing.days + 1)
    found = [
        document
        for document in measurer.index.of_types(kinds)
        if expectation.indicator in document.indicators or (expectation.items == "teaching_evaluations" and document.session_ids)
    ]
    return [document for document in found if document.effective_on and period.start <= document.effective_on <= until]


def _categories(measurer: Measurer, expectation: Expectation) -> ExpectationResult:
    """Each category held of which it is asked."""
    pieces = Pieces(measurer, expectation)
    tally = Tally()
    lacking: list[str] = []
    kept: set[str] = set()
    for code in measurer.chooser.categories(expectation):
        name = standard().categories[code].name
        subject = Subject(SubjectKind.CATEGORY, code, code, name)
        mark = _category_mark(pieces, code)
        tally.add(subject, mark)
        if pieces.published(Verdict.OLD, code):
            kept.add(code)
        if mark is Mark.MISSING:
            lacking.append(name)
            tally.items[code] = name
        elif mark is Mark.TO_CLARIFY:
            tally.unknown += 1
            tally.unknown_facts["effective_date_unknown"] = None
    used = frozenset(document.id for document in pieces.good + pieces.old + pieces.unread)
    return measurer.share_result(expectation, tally, used, kept=frozenset(kept), extra=", ".join(lacking))


def _category_mark(pieces: Pieces, code: str) -> Mark:
    """A document that names no category counts for all; rates count for the category of their course."""
    if pieces.published(Verdict.LATE, code):
        return Mark.SATISFIED
    published = Mark.OLD if pieces.published(Verdict.OLD, code) else Mark.MISSING
    for documents, mark in (*pieces.by_worth(), (pieces.undated, Mark.TO_CLARIFY)):
        if mark is Mark.TO_READ and published is Mark.OLD:
            return published
        if any(not document.categories or code in document.categories for document in documents):
            return mark
    return published

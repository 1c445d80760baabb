"""What the engine answers, and what pages, report and command read. No URL here: a kind and an identifier."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from evidence.engine.pieces import Shelved
from qualiopi.standard.applicability import Answer
from qualiopi.standard.expectations import Expectation
from qualiopi.standard.typography import french


class Status(StrEnum):
    """The five statuses of an indicator; the first four also belong to an expectation."""

    DEMONSTRABLE = "demonstrable"
    AT_RISK = "at_risk"
    INSUFFICIENT = "insufficient"
    CANNOT_BE_JUDGED = "cannot_be_judged"
    NOT_APPLICABLE = "not_applicable"


class Outcome(StrEnum):
    """The result of one expectation. The last four are neutral: printed, they change no status."""

    DEMONSTRABLE = "demonstrable"
    AT_RISK = "at_risk"
    INSUFFICIENT = "insufficient"
    CANNOT_BE_JUDGED = "cannot_be_judged"
    WITHOUT_OBJECT = "without_object"
    PUT_OFF = "put_off"  # verified at the surveillance audit (new entrant)
    NOT_TRACKED = "not_tracked"  # no room of the product follows it yet: a person checks
    TO_COME = "to_come"  # whoever is concerned is known, and nothing is owed yet


class SubjectKind(StrEnum):
    ORGANISATION = "organisation"
    CATEGORY = "category"
    COURSE = "course"
    SESSION = "session"
    TRAINER = "trainer"
    SUBCONTRACTOR = "subcontractor"
    COMPANY = "company"
    FUNDER = "funder"


class Mark(StrEnum):
    """Where one subject stands for one expectation."""

    SATISFIED = "satisfied"
    LATE = "late"  # satisfied, the proof came late
    OLD = "old"  # satisfied, the proof has aged or is not dated
    TO_READ = "to_read"  # a file is there, which nobody accepted nor ticked: at best at risk
    MISSING = "missing"
    TO_COME = "to_come"  # its deadline has not passed
    TO_CLARIFY = "to_clarify"  # one cannot tell whether it is concerned, or when its proof was made


PROVED = (Mark.SATISFIED, Mark.LATE, Mark.OLD, Mark.TO_READ)
# Where a proof is looked for subject by subject.
_OF_SUBJECTS = ("course", "session", "enrolment", "trainer", "subcontract")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what is counted. ``reference`` is what people search for (session reference, course title, name)."""

    kind: SubjectKind
    id: str
    reference: str
    label: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A subject worth a word without being a hole: late, old, to come or to clarify."""

    subject: Subject
    sentence: str
    expectation_key: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class MissingSubject:
    """A hole. A subject appears once per indicator, with the sentences of all its missing expectations."""

    kind: SubjectKind
    reference: str
    label: str
    subject_id: str
    sentences: tuple[str, ...]
    expectation_keys: tuple[str, ...]
    next_action: str
    due_on: date

    @property
    def sentence(self) -> str:
        return " ".join(self.sentences)

    @property
    def expectation_key(self) -> str:
        """The first expectation concerned: where one goes to mend the hole."""
        return self.expectation_keys[0]


@dataclass(frozen=True, slots=True)
class Renewal:
    """What is good today and will have lapsed on the audit date. ``until``: the last day on which it counts; ``again_from``: the first
    day from which a new proof would still do at the audit (never before the day of reading)."""

    subject: Subject
    expectation_key: str
    until: date
    again_from: date
    sentence: str


@dataclass(frozen=True)
class ExpectationResult:
    """One expectation judged. ``n`` of ``d`` subjects (a share), or ``n`` traces of ``needed`` (a count).

    ``subjects`` and ``marks`` go together, in time order for sessions and in alphabetical order otherwise; subjects left out of
    the count (to come, to clarify) are in it too, which is what a matrix needs. ``tally`` keeps only what was counted.
    """

    expectation: Expectation
    outcome: Outcome
    n: int = 0
    d: int = 0
    needed: int | None = None  # counts only
    observed: str = ""  # French sentence; empty when nothing could be counted
    short: str = ""  # a few words for a board: "sessions terminées avec une réponse"
    reasons: tuple[str, ...] = ()  # French sentences: why it cannot be judged, is put off, is at risk…
    next_action: str = ""  # empty when nothing is to be done
    subjects: tuple[Subject, ...] = ()
    marks: tuple[Mark, ...] = ()
    demonstrable_from: float = 1.0  # the limits really applied (tightened, or a new entrant's)
    at_risk_from: float = 1.0
    tightened_because: str = ""
    found_something: bool = False  # some proof exists, even if it does not satisfy
    missing_items: str = ""  # what the sentences name where they say {missing_items}
    unticked: tuple[str, ...] = ()  # French labels of checklist lines nobody ticked
    document_ids: tuple[str, ...] = ()  # documents that count as a proof here
    items_by_subject: Mapping[str, str] = field(default_factory=dict)  # missing items that differ from one subject to the next
    clarifications: Mapping[str, str] = field(default_factory=dict)  # subject id -> what is to be said about it
    due_dates: Mapping[str, date] = field(default_factory=dict)  # subject id -> its deadline, for what is to come
    partly: Mapping[str, str] = field(default_factory=dict)  # subject id -> what is there already, where not all of it is
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # subject id of a hole -> how many are there, of how many
    kept: frozenset[str] = frozenset()  # subjects that the work itself proves, without any document
    renewals: tuple[Renewal, ...] = ()  # good today, lapsed on the audit date
    lapsed: bool = False  # pieces exist, none of which counts on the day of reading
    read_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # subject id -> who read the documents that prove it
    # Subjects of which recorded facts say the contrary -> the lines that lack, where the facts name them.
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of_people: bool = False  # n and d are people, counted by session: subjects and marks are sessions
    asked: frozenset[str] = frozenset()  # sessions of the period or to come of which it is ours to do, due or not yet

    @property
    def judged(self) -> bool:
        return self.outcome in (Outcome.DEMONSTRABLE, Outcome.AT_RISK, Outcome.INSUFFICIENT)

    @property
    def neutral(self) -> bool:
        """Printed, without any part in the status nor any hole to mend."""
        return not self.judged and self.outcome is not Outcome.CANNOT_BE_JUDGED

    @property
    def proved(self) -> frozenset[str]:
        """The subjects of which a proof is there, late, old or to be read."""
        return frozenset(identifier for identifier, mark in self.mark_by_subject.items() if mark in PROVED)

    @property
    def shown(self) -> bool:
        """Whether its subjects stand beside each other with their marks: what is put off, not followed or set aside does not."""
        return not self.neutral or self.outcome is Outcome.WITHOUT_OBJECT

    def by_a_file(self, subject_id: str) -> bool:
        """Whether a deposited file carries the proof of this subject, rather than the work itself."""
        proved = self.mark_by_subject.get(subject_id) in PROVED
        return proved and self.expectation.subject in _OF_SUBJECTS and subject_id not in self.kept

    @cached_property
    def tally(self) -> tuple[bool, ...]:
        """One mark per counted subject, at its real place; for a count, one per trace expected."""
        if self.needed is not None:
            return (True,) * min(self.n, self.needed) + (False,) * max(self.needed - self.n, 0)
        if self.of_people:
            return ()  # who lacks it has no place: only how many do
        left_out = (Mark.TO_COME, Mark.TO_CLARIFY)
        return tuple(mark is not Mark.MISSING for mark in self.marks if mark not in left_out)

    def having(self, *marks: Mark) -> tuple[Subject, ...]:
        """The subjects that bear one of these marks."""
        return tuple(subject for subject, mark in zip(self.subjects, self.marks, strict=True) if mark in marks)

    @cached_property
    def missing(self) -> tuple[Subject, ...]:
        return self.having(Mark.MISSING)

    @cached_property
    def mark_by_subject(self) -> Mapping[str, Mark]:
        """Subject id -> mark, for a matrix. A subject that is absent is not concerned."""
        return {subject.id: mark for subject, mark in zip(self.subjects, self.marks, strict=True)}

    def sentence(self, subject: Subject) -> str:
        """What is missing for this subject, in French; what is there already, where not all of it is."""
        if subject.id in self.partly:
            return french(f"{subject.label} : {self.partly[subject.id]}")
        return self._fill(self.expectation.missing_sentence, subject)

    @property
    def readers(self) -> str:
        """Who read the documents that prove some of it, in French; empty where none does."""
        names = sorted({name for each in self.read_by.values() for name in each})
        if not names:
            return ""
        what = "Prouvé par une pièce relue" if len(self.read_by) == 1 else f"{len(self.read_by)} prouvés par une pièce relue"
        return french(f"{what} par {', '.join(names)}.")

    def proved_by(self, subject_id: str) -> str:
        """Who read the document that proves this subject, in French; empty where no document does."""
        names = self.read_by.get(subject_id, ())
        return french(f"Prouvé par une pièce relue par {', '.join(names)}.") if names else ""

    def action(self, subject: Subject) -> str:
        """What to do about this subject, in French."""
        return self._fill(self.expectation.next_action, subject)

    def _fill(self, template: str, subject: Subject) -> str:
        label = subject.label
        return template.format(
            n=self.n,
            d=self.d,
            missing=self.d - self.n,
            needed=self.needed,
            missing_items=self.items_by_subject.get(subject.id, self.missing_items),
            people=self.items_by_subject.get(subject.id, ""),
            course=label,
            session=label,
            trainer=label,
            subcontractor=label,
            party=label,
        )


@dataclass(frozen=True)
class IndicatorStatus:
    """Where an organisation stands on one indicator, on an audit date. The software says no more: a person concludes.

    What is missing, late, old, to come or to clarify is worded when it is asked for: a board needs only the counts.
    """

    number: int
    applicable: Answer
    status: Status
    expected: str
    observed: str
    reasons: tuple[str, ...]
    next_action: str  # empty when nothing is to be done
    due_on: date | None
    provisional: bool
    because: tuple[str, ...]  # French sentences
    expectations: tuple[ExpectationResult, ...]
    leading: ExpectationResult | None  # the one a board row shows and the next action comes from
    mend_by: date  # when holes are to be mended, failing a deadline of their own
    set_by_hand: str = ""  # the declaration of a named person, as a sentence
    # The second reading of an audit to come: what is good today and will have to be renewed by then, the first to lapse first.
    renewals: tuple[Renewal, ...] = ()
    may_set_aside: tuple[str, ...] = ()  # grounds on which a named person may set it aside today
    # Its pieces, by shelf. What a sensitive expectation counts is there only if somebody linked it.
    pieces: tuple[Shelved, ...] = ()

    @cached_property
    def piece_ids(self) -> tuple[str, ...]:
        """Its pieces, in the order of their shelves."""
        return tuple(piece for shelved in self.pieces for piece in shelved.ids)

    @property
    def acting(self) -> ExpectationResult | None:
        """The expectation that the next action comes from: the one that leads, unless it asks for nothing itself."""
        return next((each for each in self.expectations if each.next_action == self.next_action), self.leading)

    @property
    def counting(self) -> tuple[ExpectationResult, ...]:
        """The expectations that take part: a hole of any other is no hole."""
        return tuple(result for result in self.expectations if not result.neutral)

    @cached_property
    def missing_count(self) -> int:
        """How many holes ``missing`` lists, without wording them."""
        return len(self._holes)

    @cached_property
    def missing(self) -> tuple[MissingSubject, ...]:
        """Every unsatisfied subject once, with the sentences of all its missing expectations; blocking ones first."""
        return self.first_missing(self.missing_count)

    def first_missing(self, count: int) -> tuple[MissingSubject, ...]:
        """The first of ``missing``; the others are not worded."""
        return tuple(
            MissingSubject(
                kind=subject.kind,
                reference=subject.reference,
                label=subject.label,
                subject_id=subject.id,
                sentences=tuple(result.sentence(subject) for result in results),
                expectation_keys=tuple(result.expectation.key for result in results),
                next_action=results[0].action(subject),
                due_on=self.mend_by,
            )
            for subject, results in self._holes[:count]
        )

    @cached_property
    def _holes(self) -> list[tuple[Subject, list[ExpectationResult]]]:
        holes: dict[tuple[SubjectKind, str], tuple[Subject, list[ExpectationResult]]] = {}
        for result in sorted(self.counting, key=lambda result: not result.expectation.blocking):
            for subject in result.missing:
                # Several pieces may be missing from the organisation itself: each is a hole of its own.
                key = (subject.kind, result.expectation.key if subject.kind is SubjectKind.ORGANISATION else subject.id)
                found = holes.setdefault(key, (subject, []))[1]
                if result not in found[-1:]:
                    found.append(result)
        return list(holes.values())

    @cached_property
    def late(self) -> tuple[Notice, ...]:
        return self._notices(Mark.LATE, "preuve arrivée en retard.")

    @cached_property
    def old(self) -> tuple[Notice, ...]:
        return self._notices(Mark.OLD, "preuve ancienne, ou sans date.")

    @cached_property
    def to_read(self) -> tuple[Notice, ...]:
        return self._notices(Mark.TO_READ, "pièce à relire.")

    @cached_property
    def to_come(self) -> tuple[Notice, ...]:
        return self._notices(Mark.TO_COME, "à venir.")

    @cached_property
    def to_clarify(self) -> tuple[Notice, ...]:
        return self._notices(Mark.TO_CLARIFY, "à préciser.")

    def _notices(self, mark: Mark, what: str) -> tuple[Notice, ...]:
        return tuple(
            Notice(
                subject=subject,
                sentence=french(f"{subject.label} : {lower_first(result.clarifications.get(subject.id, what))}"),
                expectation_key=result.expectation.key,
                due_on=result.due_dates.get(subject.id),
            )
            for result in self.expectations
            if not result.neutral or result.outcome is Outcome.TO_COME
            for subject in result.having(mark)
        )


def lower_first(sentence: str) -> str:
    """After a colon."""
    return sentence[:1].lower() + sentence[1:]

"""Expectations: what each indicator asks for, as data. Dataclasses only; ``expectation_loader`` reads and checks them."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Where the proof lies: facts kept because the work was done, a linked document, or one of the two."""

    RECORDED = "recorded"
    DOCUMENT = "document"
    EITHER = "either"


class Weight(StrEnum):
    BLOCKING = "blocking"
    CONTRIBUTING = "contributing"


class Timing(StrEnum):
    """When a proof must date from."""

    ON_AUDIT_DATE = "on_audit_date"
    IN_PERIOD = "in_period"
    IN_LAST_MONTHS = "in_last_months"
    BEFORE_START = "before_start"
    BY_FIRST_DAY = "by_first_day"
    AFTER_START = "after_start"
    AFTER_END = "after_end"
    AFTER_EVENT = "after_event"
    ON_SESSION_DAYS = "on_session_days"


class NewEntrant(StrEnum):
    AS_USUAL = "as_usual"
    EXPECTED = "expected"  # the written-down part, asked at the initial audit
    LATER = "later"  # put off to the surveillance audit


class RunForAnother(StrEnum):
    """How sessions run as somebody's subcontractor count."""

    AS_USUAL = "as_usual"
    OUT = "out"
    MISSIONS = "missions"


class Inherited(StrEnum):
    """Whether a document published by the network counts for its organisations."""

    NEVER = "never"
    ALLOWED = "allowed"  # once a named person of the organisation adopted it
    ITEM_ONLY = "item_only"  # as a collected item, without adoption


@dataclass(frozen=True, slots=True)
class Measure:
    """A share (n of d) or a count, with the least values from which it is demonstrable, then at risk."""

    share: bool
    demonstrable: float
    at_risk: float


@dataclass(frozen=True, slots=True)
class TimingRule:
    rule: Timing
    days: int = 0
    months: int | None = None  # in_last_months: the age from which a proof no longer counts as recent
    old_until_months: int | None = None  # in_last_months: up to that age it counts as old
    review_months: int | None = None  # age of the last version or review from which the proof is old
    late_counts: bool = True  # a late proof counts, marked late; False: it is none
    old_counts: bool = True  # an old proof counts, but the expectation is at best at risk; False: it is none
    since: str | None = None  # ISO date: an older document counts only once reviewed since


@dataclass(frozen=True, slots=True)
class DocumentWay:
    types: tuple[str, ...]
    linked_to: str  # organisation, course, session, trainer, subcontract; "_or_its_trainer" may follow
    contents: tuple[str, ...] = ()  # the checklist shown to whoever files or reviews
    each_counts_one: bool = False
    counts_by_contents: bool = False
    audience: str | None = None  # company, funder or trainer


@dataclass(frozen=True, slots=True)
class Basis:
    source: str  # law, guide_v9 or practice
    reference: str
    provisional: bool
    because: str | None = None  # v9_on_2026, no_guide_yet or order_not_found


@dataclass(frozen=True, slots=True)
class Wording:
    """What was seen, in French, in the forms grammar needs.

    For a share: ``nouns`` ("session terminée", "sessions terminées", feminine), ``verbs`` ("a une réponse", "ont une réponse",
    "n'a de réponse"). For a count of pieces: ``nouns`` only ("élément de veille", "éléments de veille"). For one piece: ``seen``.
    """

    short_one: str
    short_many: str
    seen: str = ""
    verb_one: str = ""
    verb_many: str = ""
    verb_none: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    key: str
    indicator: int
    grids: frozenset[str]  # "2019", "2026"
    categories: frozenset[str]
    expected: str
    subject: str
    population: str
    period: str
    profile_conditions: tuple[str, ...]
    subject_conditions: tuple[str, ...]
    items: str | None
    kind: Kind
    recorded_from: int
    document: DocumentWay | None
    measure: Measure
    new_entrant_measure: Measure | None
    timing: TimingRule
    empty_is_without_object: bool
    unknown_facts: tuple[str, ...]
    basis: Basis
    new_entrant: NewEntrant
    run_for_another: RunForAnother
    mission: str | None
    inherited: Inherited
    sensitive: bool
    missing_sentence: str
    next_action: str
    next_action_many: str
    wording: Wording | None  # None for what the product does not follow yet
    weight: Weight
    phase: int
    line: int = 0  # in the data file, for messages

    @property
    def blocking(self) -> bool:
        return self.weight is Weight.BLOCKING

"""Expectations: what each indicator asks for, as data. Dataclasses only; ``expectation_loader`` reads and checks them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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
    CLIENT_PIECE = "client_piece"  # they count, and a piece received from the client organisation is a proof


class Inherited(StrEnum):
    """Whether a document published by the network counts for its organisations."""

    NEVER = "never"
    ALLOWED = "allowed"  # once a named person of the organisation adopted it
    ITEM_ONLY = "item_only"  # as a collected item, without adoption


class Person(StrEnum):
    """Who can mend what is missing."""

    TEAM = "team"
    TRAINER = "trainer"  # whoever leads the session, or whose file it is


class Work(StrEnum):
    """The work that mends it: each has its place in the product."""

    NEEDS = "needs"  # needs and positioning
    ADAPTATIONS = "adaptations"
    DOCUMENTS = "documents"  # issued and signed here
    REGISTER = "register"  # half-days, connections, absences
    RESULTS = "results"
    EXAMS = "exams"
    OPINIONS = "opinions"
    PLANNING = "planning"  # days, place, trainers, contract of a session
    CARD = "card"  # the file of the course, of the trainer, of the subcontractor
    LIBRARY = "library"  # a piece to file


class Closing(StrEnum):
    """How a hole weighs when one closes its session."""

    WHEN_DUE = "when_due"  # it holds the session open as soon as it is one
    BEFORE_DUE = "before_due"  # stricter: it is asked at closing though its delay still runs
    AWAITED = "awaited"  # it depends on others: told, and holds nothing open


OF_A_SESSION = ("session", "enrolment")
# The steps a session is given, as its checklist names them; a test compares the two.
STEPS = (
    "intake:needs", "intake:positioning", "agreement", "document:convocation", "document:welcome_booklet", "document:internal_rules",
    "place", "conclude", "survey:end_of_session", "attendance", "results", "survey:trainer", "document:completion_certificate",
    "document:end_attestation", "survey:company", "survey:funder", "survey:cold",
)  # fmt: skip


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
    since: date | None = None  # an older document counts only once reviewed since
    no_older_than: str | None = None  # the setting that says how many months before the first day it may be, at most
    every_day: bool = False  # valid on each day of the session, not only the first


@dataclass(frozen=True, slots=True)
class DocumentWay:
    types: tuple[str, ...]
    linked_to: str  # organisation, course, session, trainer, subcontract; "_or_its_trainer" may follow
    contents: tuple[str, ...] = ()  # the checklist shown to whoever files or reviews
    each_counts_one: bool = False
    counts_by_contents: bool = False
    audience: str | None = None  # company, funder or trainer
    given_to_all: tuple[str, ...] = ()  # types that, accepted and linked to the indicator alone, speak of every session
    # Types that, accepted and linked to a course, speak of its sessions that ended in the twelve months before them.
    of_the_year: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    source: str  # law, guide_v9 or practice
    reference: str
    provisional: bool
    because: str | None = None  # v9_on_2026, no_guide_yet or order_not_found


@dataclass(frozen=True, slots=True)
class Wording:
    """What was seen, in French, in the forms grammar needs.

    For a share: ``one`` and ``many`` name what is counted ("session terminée", "sessions terminées"), ``shown`` completes them on a
    board ("avec des avis"), ``verb_*`` make the sentence ("a des avis", "ont des avis", "n'a d'avis"). For a count: ``one`` and
    ``many`` name the pieces, ``seen`` is the sentence when they are all there (absent where the number itself is told).
    """

    one: str
    many: str
    feminine: bool
    shown: str = ""
    verb_one: str = ""
    verb_many: str = ""
    verb_none: str = ""
    seen: str = ""


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
    recorded: str | None  # in English, for whoever writes the proof: which facts show it
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
    sensitive: bool  # a number only, without names
    detail: str | None  # "enrolment": the people concerned are listed under the session once they are recorded
    missing_sentence: str
    next_action: str
    next_action_many: str
    wording: Wording | None  # None for what the product does not follow yet
    weight: Weight
    short: str  # two or three words for a narrow column; a soft hyphen where it may be cut
    mended_by: Person
    work: Work
    closes: tuple[str, ...] = ()  # the steps of a session that its proof settles
    closing: Closing = Closing.WHEN_DUE
    none_is_insufficient: bool = False  # contributing: of which nothing at all was done lowers the indicator to insufficient
    line: int = 0  # in the data file, for messages

    @property
    def blocking(self) -> bool:
        return self.weight is Weight.BLOCKING

    @property
    def short_name(self) -> str:
        """`short` without the places where a narrow column may cut it."""
        return self.short.replace("\u00ad", "")

    @property
    def of_a_session(self) -> bool:
        """Whether it is asked of sessions, or of the people in them."""
        return self.subject in OF_A_SESSION


@dataclass(frozen=True, slots=True)
class DatedValue:
    since: date | None
    value: int | None


@dataclass(frozen=True, slots=True)
class Setting:
    """A dated figure. ``basis`` is "practice" for ours; ``value_on`` is None when the text that sets it is not known."""

    key: str
    unit: str
    basis: str
    because: str | None
    values: tuple[DatedValue, ...]

    def value_on(self, day: date) -> int | None:
        held = [dated.value for dated in self.values if dated.since is None or dated.since <= day]
        return held[-1] if held else None


@dataclass(frozen=True, slots=True)
class Population:
    key: str
    one: str
    many: str
    feminine: bool


@dataclass(frozen=True, slots=True)
class ProfileCondition:
    """``profile_flags``: one of them true is enough. Sentences for when facts contradict the profile, and when nothing is known."""

    key: str
    profile_flags: tuple[str, ...]
    contradiction: str
    unknown: str


@dataclass(frozen=True, slots=True)
class UnknownFact:
    key: str
    organisation_level: bool  # then the whole expectation cannot be judged; otherwise the subjects concerned are set apart
    sentence: str
    next_action: str


@dataclass(frozen=True, slots=True)
class Rule:
    """How one judges, beyond any single expectation. ``says``: the French sentence printed on the pages of ``indicators``."""

    key: str
    says: str
    indicators: frozenset[int]


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a named person may set an indicator aside by hand. ``says``: the French sentence printed beside their name."""

    key: str
    says: str
    indicators: frozenset[int]
    grids: frozenset[str]


@dataclass(frozen=True, slots=True)
class ExpectationBook:
    """Every expectation, in the order of the indicators, and the vocabulary they use."""

    expectations: tuple[Expectation, ...]
    by_key: Mapping[str, Expectation]
    settings: Mapping[str, Setting]
    days: Mapping[str, date]  # from which a rule holds, by name
    populations: Mapping[str, Population]
    profile_conditions: Mapping[str, ProfileCondition]
    unknown_facts: Mapping[str, UnknownFact]
    provisional: Mapping[str, str]  # reason key -> French sentence
    document_types: Mapping[str, str]  # key -> French label
    contents: Mapping[str, str]  # key of a checklist line -> French label
    rules: Mapping[str, Rule]
    grounds: Mapping[str, Ground]  # for setting an indicator aside by hand: there are no others

    def of_indicator(self, number: int, grid: str) -> tuple[Expectation, ...]:
        return tuple(
            expectation for expectation in self.expectations if expectation.indicator == number and grid in expectation.grids
        )

    def rules_of(self, number: int) -> tuple[Rule, ...]:
        """The rules by which an indicator is judged, in their own order."""
        return tuple(rule for rule in self.rules.values() if number in rule.indicators)

    def grounds_of(self, number: int, grid: str) -> tuple[Ground, ...]:
        """Why an indicator of this grid may be set aside by hand; none for what is asked of everybody."""
        return tuple(ground for ground in self.grounds.values() if number in ground.indicators and grid in ground.grids)

    def indicators_of(self, document_type: str) -> tuple[int, ...]:
        """The indicators a kind of document may serve, in order."""
        return tuple(
            sorted(
                {
                    expectation.indicator
                    for expectation in self.expectations
                    if expectation.document and document_type in expectation.document.types
                }
            )
        )

    def checklist_of(self, document_type: str) -> tuple[str, ...]:
        """The lines to tick when a document of this kind is filed, over all the expectations it may prove."""
        found: dict[str, None] = {}
        for expectation in self.expectations:
            if expectation.document and document_type in expectation.document.types:
                found.update(dict.fromkeys(expectation.document.contents))
        return tuple(found)

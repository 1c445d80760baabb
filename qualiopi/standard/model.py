"""The national quality standard as frozen values: grids, criteria, indicators, and what decides whether one applies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Category(StrEnum):
    """The four categories of action of Code du travail, L. 6313-1."""

    AF = "AF"  # actions de formation
    BC = "BC"  # bilans de compétences
    VAE = "VAE"  # validation des acquis de l'expérience
    CFA = "CFA"  # apprentissage


CATEGORIES: tuple[str, ...] = tuple(Category)


class ChangeType(StrEnum):
    """How the decree of 1 August 2026 touched an indicator."""

    NONE = "none"
    WORDING = "wording"
    SUBSTANCE = "substance"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class CategoryInfo:
    code: str
    name: str
    article: str


@dataclass(frozen=True, slots=True)
class Criterion:
    number: int
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Change:
    """What the 2026 grid changes in an indicator."""

    type: ChangeType
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """When an indicator of several categories applies only to some services.

    ``profile_flags``: one of them true is enough, all of them false is needed to say no. ``always_for``: categories of
    action for which it always holds.
    """

    key: str
    profile_flags: tuple[str, ...]
    always_for: frozenset[str]
    yes: str
    no: str
    unknown: str
    always: str
    source: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator as it reads in one grid.

    ``provisional`` names the fields that rest on reading guide V9, or on a deduction, although the grid is that of 2026.
    """

    number: int
    criterion: int
    label: str
    summary: str
    expected_level: str
    categories: frozenset[str]
    condition: Condition | None
    details: tuple[str, ...]
    evidence: tuple[str, ...]
    kept_here: tuple[str, ...]
    major_only: bool
    minor_when: str | None
    new_entrant: str
    new_entrant_adapted: bool
    subcontractor: str
    always_in_surveillance: bool
    change: Change
    reference: str
    provisional: frozenset[str]

    @property
    def common(self) -> bool:
        """Asked whatever the category of action."""
        return len(self.categories) == len(CATEGORIES)


@dataclass(frozen=True, slots=True)
class Guide:
    """A reading guide of the ministry. ``published`` is None when its publication is not established.

    ``applicable_from``: from when it has to be used; it may be as soon as it is online.
    """

    version: str
    published: date | None
    applicable_from: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The standard as it holds for the audits of a period (``start`` and ``end`` included; None: open)."""

    id: str
    label: str
    name: str
    reference: str
    url: str
    published: date
    start: date | None
    end: date | None
    guide: Guide | None  # None: no guide is known for this grid
    indicators: tuple[Indicator, ...]
    criteria: tuple[Criterion, ...]

    def indicator(self, number: int) -> Indicator:
        """Raises ``KeyError`` for a number this grid does not have."""
        if not 1 <= number <= len(self.indicators):
            raise KeyError(number)
        return self.indicators[number - 1]

    def of_criterion(self, number: int) -> tuple[Indicator, ...]:
        return tuple(indicator for indicator in self.indicators if indicator.criterion == number)

    def has(self, number: int) -> bool:
        return 1 <= number <= len(self.indicators)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of audits that concerns several indicators: its text, its source, and the indicators named."""

    text: str
    source: str
    indicators: frozenset[int]
    deduced: frozenset[int]  # indicators for which it is our deduction
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standard:
    """Everything read from the data file."""

    state_of: date
    grids: tuple[Grid, ...]
    guides: tuple[Guide, ...]  # in the order of their publication, those not published last
    categories: Mapping[str, CategoryInfo]
    conditions: Mapping[str, Condition]
    grading: Rule
    minor: str
    major: str
    new_entrant: Rule
    new_entrant_definition: str
    surveillance: Rule
    open_questions: tuple[str, ...]
    legal_references: tuple[tuple[str, str, str | None], ...]  # reference, role, address

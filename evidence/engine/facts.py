"""What the engine is told about an organisation. Plain data, gathered elsewhere in a constant number of queries.

Identifiers are strings (UUIDs in the database). Nothing here describes one enrolled person: a session carries
counts, so that 100,000 enrolments weigh nothing. A fact that is not recorded is ``None``, never ``False``.
Courses, sessions and people come as the floor below tells them (``trainings.facts.rows``: plain rows, no query).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from trainings.facts.rows import CourseRow, Party, SessionRow, SubcontractorRow, TrainerRow


class Modality(StrEnum):
    ON_SITE = "on_site"
    REMOTE = "remote"
    MIXED = "mixed"


class AuditKind(StrEnum):
    INITIAL = "initial"
    SURVEILLANCE = "surveillance"
    RENEWAL = "renewal"
    EXTENSION = "extension"


class Audience(StrEnum):
    TRAINEE = "trainee"
    COMPANY = "company"
    FUNDER = "funder"
    TRAINER = "trainer"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAudit:
    """An audit held by the certifier (rehearsals are not listed). ``categories``: the categories of action it covered."""

    kind: AuditKind
    held_on: date
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandSet:
    """A named person's declaration that an indicator does not concern the organisation. ``ground``: a key of the standard's grounds."""

    indicator: int
    ground: str
    reason: str
    person: str
    decided_on: date
    until: date  # the last audit day it speaks of
    profile_changed_since: bool = False  # then the declaration has lapsed


@dataclass(frozen=True, slots=True, kw_only=True)
class TightenedThreshold:
    """Limits an organisation chose for itself, stricter than ours (a looser limit is ignored)."""

    demonstrable: float
    at_risk: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFacts:
    id: str
    name: str
    activity_started_on: date | None = None
    certified_on: date | None = None  # the day of the first certificate known
    past_audits: tuple[PastAudit, ...] = ()
    # True: it is known that no certifier ever came (the audit to come is the initial one). None: not known.
    never_audited: bool | None = None
    # True: staff besides the trainers; False: nobody else; None: not known.
    has_other_staff: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFacts:
    """For a document published by the network: what this organisation did with it."""

    adopted_on: date | None = None  # None: published, not adopted here
    newer_version_on: date | None = None  # a later version, published and not adopted yet


class DocumentFacts(NamedTuple):
    """The current version of a document. Withdrawn and refused documents are left out by whoever gathers the facts."""

    id: str
    title: str
    type: str  # a key of the standard's document types
    title_key: str = ""  # the title as names are compared: what pieces are ordered by
    words: frozenset[str] = frozenset()  # of its title, as names are compared; only where titles are compared: qualifications
    effective_on: date | None = None
    valid_until: date | None = None
    reviewed_on: date | None = None  # last recorded review by a person
    accepted: bool = False  # by a named person, whenever that was
    read_by: str = ""  # that person's name, failing that the name of whoever ticked its lines
    contents: frozenset[str] = frozenset()  # lines of the checklist that were ticked
    indicators: frozenset[int] = frozenset()
    categories: frozenset[str] = frozenset()  # empty: it names none, and counts for all
    course_ids: tuple[str, ...] = ()
    session_ids: tuple[str, ...] = ()
    trainer_ids: tuple[str, ...] = ()
    subcontractor_ids: tuple[str, ...] = ()
    audience: Audience | None = None
    party_ids: tuple[str, ...] = ()  # companies, funders or trainers it names
    network: NetworkFacts | None = None  # None: the organisation's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """One line of a hole that a named person says a document covers: a heading, a person, a half-day."""

    expectation_key: str
    subject_id: str
    document_id: str
    line: str
    person: str


def _no_lines() -> Mapping[tuple[str, str], frozenset[str]]:
    return MappingProxyType({})


def _no_settings() -> Mapping[str, int]:
    return MappingProxyType({})


def _no_thresholds() -> Mapping[str, TightenedThreshold]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the engine may look at. Sessions need not be sorted; the engine does it."""

    organisation: OrganisationFacts
    courses: tuple[CourseRow, ...] = ()
    sessions: tuple[SessionRow, ...] = ()
    trainers: tuple[TrainerRow, ...] = ()
    subcontractors: tuple[SubcontractorRow, ...] = ()
    companies: tuple[Party, ...] = ()
    funders: tuple[Party, ...] = ()
    documents: tuple[DocumentFacts, ...] = ()
    hand_set: tuple[HandSet, ...] = ()
    covers: tuple[Cover, ...] = ()
    # Expectation and session -> the people or half-days that lack it, where somebody said that a document covers some.
    lacking: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=_no_lines)
    tightened: Mapping[str, TightenedThreshold] = field(default_factory=_no_thresholds)  # by expectation key
    settings: Mapping[str, int] = field(default_factory=_no_settings)  # overrides of the standard's dated settings

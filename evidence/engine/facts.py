"""What the engine is told about an organisation. Plain data, gathered elsewhere in a constant number of queries.

Identifiers are strings (UUIDs in the database). Nothing here describes one enrolled person: a session carries
counts, so that 100,000 enrolments weigh nothing. A fact that is not recorded is ``None``, never ``False``.
What the work left behind comes as the floor below tells it (``trainings.facts.rows``: plain rows, no query).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from trainings.facts.rows import NO_WORK, Contract, Record, Right, Sheet, Version, Work


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
class CourseFacts:
    id: str
    title: str
    reference: str = ""
    category: str | None = None  # AF, BC, VAE or CFA; None: not said
    certifying: bool | None = None
    archived_on: date | None = None
    # The course exists only because sessions were imported: on sale as long as one of them is recent or to come.
    known_by_sessions_only: bool = False
    certification: frozenset[str] = frozenset()  # what is said of it, by the names of the checklist
    registered_on: date | None = None
    registered_until: date | None = None
    required: frozenset[str] = frozenset()  # words of the qualification one needs to teach it; empty: none is asked
    has_referent: bool = False
    sheet: Sheet | None = None
    programme: Version | None = None  # the version in force on the audit date
    rights: tuple[Right, ...] = ()  # to prepare for the certification
    rates_on: tuple[date, ...] = ()  # when rates were published, in order
    first_exam_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """One run of a service. ``held`` is False for drafts, cancelled and postponed sessions."""

    id: str
    reference: str
    title: str  # of the session, or of its course
    course_id: str
    first_day: date
    last_day: date | None
    held: bool = True
    modality: Modality | None = None
    hours: Decimal | None = None
    training_days: Decimal | None = None  # from the half-days, when recorded: 2.5 for five half-days
    has_place: bool = False
    has_link: bool = False  # a platform or a link
    work_study: bool | None = None
    workplace_periods: bool | None = None
    # Run by us as another organisation's subcontractor; the missions its contract gives us (None: no contract states them).
    run_for_another: bool = False
    client_id: str | None = None
    missions: frozenset[str] | None = None
    # Given by us to somebody else, as far as the session itself says.
    subcontracted: bool | None = None
    trainer_ids: tuple[str, ...] = ()
    subcontractor_ids: tuple[str, ...] = ()
    contract_id: str | None = None  # the one by which it was given
    # Enrolments, less those withdrawn before the first day.
    enrolled: int = 0
    enrolled_cpf_only: int = 0  # paid through the CPF platform alone
    company_known: int = 0  # enrolments that say whether there is a company
    company_ids: tuple[str, ...] = ()
    funder_known: int = 0  # enrolments that say who pays
    funder_ids: tuple[str, ...] = ()
    # Satisfaction surveys put to the trainees, whatever the way (invitation, link, QR code, paper, import).
    survey_opened_on: date | None = None
    answers: int = 0
    first_answer_on: date | None = None
    last_answer_on: date | None = None
    mean_mark: Decimal | None = None  # of the overall marks, from 1 to 5
    work: Work = NO_WORK


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerFacts:
    id: str
    name: str
    subcontractor: bool | None = None  # invoices, or belongs to a subcontractor
    carried: bool | None = None  # portage salarial, or salaried member of a cooperative
    subcontractor_id: str | None = None  # the organisation the trainer works for, or their own when they invoice
    first_session_on: date | None = None  # over all times, not only the sessions listed here
    records: tuple[Record, ...] = ()  # lines of the file that count, in time order
    asked_on: date | None = None  # last asked for an opinion


@dataclass(frozen=True, slots=True, kw_only=True)
class SubcontractorFacts:
    id: str
    name: str
    contracts: tuple[Contract, ...] = ()  # signed ones
    checked_on: date | None = None  # the last complete review
    certified_from: date | None = None
    certified_until: date | None = None
    exempted: bool = False  # from a certificate, for sessions paid by the CPF


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    """A company or a funder named on enrolments, or a client for whom we ran sessions."""

    id: str
    name: str
    asked_on: date | None = None  # last asked for an opinion


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFacts:
    """For a document published by the network: what this organisation did with it."""

    adopted_on: date | None = None  # None: published, not adopted here
    newer_version_on: date | None = None  # a later version, published and not adopted yet


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """The current version of a document. Withdrawn and refused documents are left out by whoever gathers the facts."""

    id: str
    title: str
    type: str  # a key of the standard's document types
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
    courses: tuple[CourseFacts, ...] = ()
    sessions: tuple[SessionFacts, ...] = ()
    trainers: tuple[TrainerFacts, ...] = ()
    subcontractors: tuple[SubcontractorFacts, ...] = ()
    companies: tuple[PartyFacts, ...] = ()
    funders: tuple[PartyFacts, ...] = ()
    documents: tuple[DocumentFacts, ...] = ()
    hand_set: tuple[HandSet, ...] = ()
    covers: tuple[Cover, ...] = ()
    # Expectation and session -> the people or half-days that lack it, where somebody said that a document covers some.
    lacking: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=_no_lines)
    tightened: Mapping[str, TightenedThreshold] = field(default_factory=_no_thresholds)  # by expectation key
    settings: Mapping[str, int] = field(default_factory=_no_settings)  # overrides of the standard's dated settings

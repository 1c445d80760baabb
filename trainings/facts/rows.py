"""The facts of this floor as plain rows: no model, no query. What nobody said stays ``None``; nobody enrolled is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class People(NamedTuple):
    """How many people of a session have something, and the day on which the last of them got it."""

    number: int = 0
    last_on: date | None = None


NOBODY = People()


class Departure(NamedTuple):
    """Somebody who was absent without explanation, or left on the way: since when, and when it was followed, if it fully was.

    ``on`` is None when nobody said on which day the person left.
    """

    on: date | None
    followed_on: date | None = None


class Taught(NamedTuple):
    """Who taught half-days of a session, and on which days that are over, or today."""

    trainer_id: str
    days: tuple[date, ...]


class Work(NamedTuple):
    """What the work around one session left behind, by the day that closes the reading."""

    completed: int = 0  # enrolled, less those who left on the way
    withdrawn: int = 0  # before the first day
    # Before
    need_on: date | None = None  # the need of the whole group
    needs: People = NOBODY  # people whose need was analysed, by themselves or through their company
    positioned: People = NOBODY
    agreed: People = NOBODY  # people whose agreement or contract is signed, those paid by the CPF alone apart
    told: People = NOBODY  # people to whom joining instructions left
    # During
    half_days: int = 0  # planned, in all
    half_days_held: int = 0
    remote_held: int = 0
    taught: tuple[Taught, ...] = ()
    lines_expected: int = 0  # one per person and half-day held, up to the day somebody left
    lines: int = 0
    remote_expected: int = 0  # one per person and remote half-day held while they were enrolled
    lines_timed: int = 0  # of those: minutes followed are known, or the person was marked absent
    countersigned: int = 0
    register_on: date | None = None  # the last line
    departures: tuple[Departure, ...] = ()
    # After
    evaluated: People = NOBODY  # people with at least one result
    objectives: int = 0  # of the programme followed; 0: the session follows none
    by_objective: People = NOBODY  # people with a result for each of them
    certified: People = NOBODY  # people with a certificate of completion or an attestation
    candidates: int = 0  # people who aim at the certification
    presented: People = NOBODY  # those told, registered, and of whom one knows what became
    # Adaptations: numbers alone
    asked: People = NOBODY
    needs_declared: int = 0
    needs_answered: People = NOBODY
    adapted: int = 0  # people for whom an adaptation was decided
    carried_out: int = 0  # those all of whose adaptations were followed
    # Opinions
    invited: int = 0  # personal invitations that left
    invited_answered: int = 0
    reminded_on: date | None = None  # the first reminder


NO_WORK = Work()


class Sheet(NamedTuple):
    """The public sheet of a course. ``answered``: the headings that say something, by the names of the standard's checklist."""

    answered: frozenset[str]
    since: date
    written_on: date  # last change
    found: bool  # one knows where it is found
    proofread_on: date | None = None
    said_alike: bool | None = None


class Version(NamedTuple):
    """The version of a programme in force on the day that closes the reading. ``lacks``: what it does not say, by the names of
    the catalogue's completeness; what remote work asks is among them whether or not the course has any."""

    in_force_from: date
    lacks: frozenset[str] = frozenset()
    remote: bool = False  # its modality speaks of a distance


class Right(NamedTuple):
    """The right to prepare for a certification."""

    valid_from: date
    valid_until: date | None = None


class CourseRow(NamedTuple):
    """A course. ``known_by_sessions_only``: nobody entered it, an import of sessions named it."""

    id: str
    title: str
    code: str
    category: str | None
    certifying: bool | None
    archived_on: date | None
    known_by_sessions_only: bool
    certification: frozenset[str] = frozenset()  # what is said of the certification, by the names of the standard's checklist
    registered_on: date | None = None
    registered_until: date | None = None
    required: frozenset[str] = frozenset()  # the words of the qualification one needs to teach it
    has_referent: bool = False
    sheet: Sheet | None = None
    programme: Version | None = None
    rights: tuple[Right, ...] = ()
    rates_on: tuple[date, ...] = ()  # when rates were published
    first_exam_on: date | None = None


class Party(NamedTuple):
    """A company, a funder, or an organisation for which we ran sessions. ``asked_on``: last asked for its opinion."""

    id: str
    name: str
    asked_on: date | None = None


class Contract(NamedTuple):
    """A signed contract with a subcontractor."""

    id: str
    signed_on: date
    valid_from: date
    valid_until: date | None
    lists_missions: bool
    keeps_to_standard: bool  # the clause, and the right to check it


class SubcontractorRow(NamedTuple):
    """Somebody who invoices sessions: a company, or a trainer on their own (then without contract nor review kept here)."""

    id: str
    name: str
    contracts: tuple[Contract, ...] = ()
    checked_on: date | None = None  # the last complete review
    certified_from: date | None = None
    certified_until: date | None = None
    exempted: bool = False


class Record(NamedTuple):
    """A line of a trainer's file that counts. ``words``: those of its title, as names are compared; ``covers``: the words of each
    required qualification that somebody said this title covers."""

    kind: str
    words: frozenset[str]
    dated_on: date | None = None
    valid_until: date | None = None
    concluded: bool = False
    title: str = ""
    covers: tuple[frozenset[str], ...] = ()


class TrainerRow(NamedTuple):
    """A trainer. ``subcontractor_id`` is their own identifier when they invoice without belonging to a company."""

    id: str
    name: str
    subcontractor: bool | None
    carried: bool | None
    subcontractor_id: str | None
    first_session_on: date | None
    records: tuple[Record, ...] = ()
    asked_on: date | None = None


class Asked(NamedTuple):
    """The satisfaction surveys of one session: when first put, how many answers, from when to when."""

    opened_on: date | None = None
    answers: int = 0
    first_on: date | None = None
    last_on: date | None = None
    mean: Decimal | None = None  # of the overall marks, from 1 to 5


class SessionRow(NamedTuple):
    """A dated session with what its enrolments and surveys add up to. Withdrawn enrolments are left out."""

    id: str
    reference: str
    course_id: str
    first_day: date
    last_day: date | None
    held: bool
    modality: str
    hours: Decimal | None
    has_place: bool
    has_link: bool
    work_study: bool | None
    workplace_periods: bool | None
    run_for_another: bool
    client_id: str | None
    missions: frozenset[str] | None
    given_to_id: str | None
    trainer_ids: tuple[str, ...]
    enrolled: int
    enrolled_cpf_only: int
    company_known: int
    company_ids: tuple[str, ...]
    funder_known: int
    funder_ids: tuple[str, ...]
    asked: Asked
    contract_id: str | None = None
    work: Work = NO_WORK


class Told(NamedTuple):
    """All that one session tells. ``client``: the name of the organisation for which it was run; ``asked``: companies, funders and
    trainers whose opinion was asked about it, with the last day."""

    session: SessionRow
    client: str = ""
    first_exam_on: date | None = None
    asked: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class TrainingFacts:
    """Everything of this floor a status may rest on."""

    courses: list[CourseRow]
    sessions: list[SessionRow]
    trainers: list[TrainerRow]
    subcontractors: list[SubcontractorRow]
    companies: list[Party]
    funders: list[Party]

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
    reference: str = ""
    category: str | None = None  # AF, BC, VAE or CFA; None: not said
    certifying: bool | None = None
    archived_on: date | None = None
    known_by_sessions_only: bool = False
    certification: frozenset[str] = frozenset()  # what is said of the certification, by the names of the standard's checklist
    registered_on: date | None = None
    registered_until: date | None = None
    required: frozenset[str] = frozenset()  # the words of the qualification one needs to teach it; empty: none is asked
    has_referent: bool = False
    sheet: Sheet | None = None
    programme: Version | None = None  # the version in force on the day that closes the reading
    rights: tuple[Right, ...] = ()  # to prepare for the certification
    rates_on: tuple[date, ...] = ()  # when rates were published, in order
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
    contracts: tuple[Contract, ...] = ()  # signed ones
    checked_on: date | None = None  # the last complete review
    certified_from: date | None = None
    certified_until: date | None = None
    exempted: bool = False  # from a certificate, for sessions paid by the CPF


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
    subcontractor: bool | None = None  # invoices, or belongs to a subcontractor
    carried: bool | None = None  # portage salarial, or salaried member of a cooperative
    subcontractor_id: str | None = None
    first_session_on: date | None = None  # over all times, not only the sessions read here
    records: tuple[Record, ...] = ()  # lines of the file that count, in time order
    asked_on: date | None = None  # last asked for an opinion


class Asked(NamedTuple):
    """The satisfaction surveys put to the trainees of one session, whatever the way (invitation, link, QR code, paper, import): when
    first, how many answers, from when to when."""

    opened_on: date | None = None
    answers: int = 0
    first_on: date | None = None
    last_on: date | None = None
    mean: Decimal | None = None  # of the overall marks, from 1 to 5


NOBODY_ASKED = Asked()


class SessionRow(NamedTuple):
    """A dated session with what its enrolments and surveys add up to. Enrolments withdrawn before the first day are left out."""

    id: str
    reference: str
    course_id: str
    first_day: date
    last_day: date | None
    held: bool = True  # neither draft, cancelled nor postponed
    modality: str = ""  # on_site, remote or mixed; empty: not said
    hours: Decimal | None = None
    has_place: bool = False
    has_link: bool = False  # a platform or a link
    work_study: bool | None = None
    workplace_periods: bool | None = None
    # Run by us as another organisation's subcontractor; the missions its contract gives us (None: no contract states them).
    run_for_another: bool = False
    client_id: str | None = None
    missions: frozenset[str] | None = None
    given_to_id: str | None = None  # given by us to a subcontractor, as far as the session itself says
    trainer_ids: tuple[str, ...] = ()
    enrolled: int = 0
    enrolled_cpf_only: int = 0  # paid through the CPF platform alone
    company_known: int = 0  # enrolments that say whether there is a company
    company_ids: tuple[str, ...] = ()
    funder_known: int = 0  # enrolments that say who pays
    funder_ids: tuple[str, ...] = ()
    asked: Asked = NOBODY_ASKED
    contract_id: str | None = None  # the one by which it was given
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

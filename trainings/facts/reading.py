"""What this floor knows of an organisation's trainings, for whoever judges: a constant number of queries, sets worked out in SQL.

No model is built: an organisation may have 100,000 enrolments. What nobody said stays ``None``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Exists, Max, Min, OuterRef

from qualiopi.identifiers import Names, as_day, raw
from qualiopi.organisations.models import Organisation
from qualiopi.text import comparison_key
from trainings.catalogue.models import Course
from trainings.people.models import Company, Funder, FunderKind, Subcontractor, Trainer, TrainerStatus
from trainings.sessions.models import Enrolment, EnrolmentState, Funding, Session, SessionKind, SessionState, SessionTrainer
from trainings.surveys.models import Audience, Campaign, Response

NOT_HELD = frozenset({SessionState.DRAFT.value, SessionState.CANCELLED.value, SessionState.POSTPONED.value})


class CourseRow(NamedTuple):
    """A course. ``known_by_sessions_only``: nobody entered it, an import of sessions named it."""

    id: str
    title: str
    code: str
    category: str | None
    certifying: bool | None
    archived_on: date | None
    known_by_sessions_only: bool


class Party(NamedTuple):
    """A company, a funder, a subcontractor, or an organisation for which we ran sessions."""

    id: str
    name: str


class TrainerRow(NamedTuple):
    """A trainer. ``subcontractor_id`` is their own identifier when they invoice without belonging to a company."""

    id: str
    name: str
    subcontractor: bool | None
    carried: bool | None
    subcontractor_id: str | None
    first_session_on: date | None


class Asked(NamedTuple):
    """The satisfaction surveys of one session: when first put, how many answers, from when to when."""

    opened_on: date | None = None
    answers: int = 0
    first_on: date | None = None
    last_on: date | None = None


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


@dataclass(frozen=True, slots=True)
class TrainingFacts:
    """Everything of this floor a status may rest on."""

    courses: list[CourseRow]
    sessions: list[SessionRow]
    trainers: list[TrainerRow]
    subcontractors: list[Party]
    companies: list[Party]
    funders: list[Party]


@dataclass(frozen=True, slots=True)
class _Enrolled:
    counts: dict[str, tuple[int, int, int]]  # session: enrolled, says whether there is a company, says who pays
    companies: dict[str, tuple[str, ...]]
    funders: dict[str, tuple[str, ...]]
    cpf: dict[str, int]


def training_facts(organisation: Organisation) -> TrainingFacts:
    """Gather them in thirteen queries, whatever the number of sessions. Reads only."""
    names = Names()
    courses = _courses(organisation, names)
    subcontractors = _parties(Subcontractor, organisation, names)
    companies = _parties(Company, organisation, names)
    funders = [
        Party(names[key], name) for key, name in Funder.objects.for_organisation(organisation).values_list(raw("id"), "name")
    ]
    sessions, clients = _sessions(organisation, names, enrolled=_enrolled(organisation, names), asked=_asked(organisation, names))
    trainers = _trainers(organisation, names, sessions)
    own = [Party(row.id, row.name) for row in trainers if row.subcontractor_id == row.id]
    return TrainingFacts(
        courses=courses,
        sessions=sessions,
        trainers=trainers,
        subcontractors=subcontractors + own,
        companies=companies + clients,
        funders=funders,
    )


def _courses(organisation: Organisation, names: Names) -> list[CourseRow]:
    rows = Course.objects.for_organisation(organisation).values_list(
        raw("id"), "title", "code", "category", "certifying", "archived_on", raw("import_run_id")
    )
    return [
        CourseRow(names[key], title, code, category or None, certifying, archived_on, run is not None)
        for key, title, code, category, certifying, archived_on, run in rows.order_by("title", "id")
    ]


def _parties(model: type[Company] | type[Subcontractor], organisation: Organisation, names: Names) -> list[Party]:
    rows = model.objects.for_organisation(organisation).order_by("name", "id").values_list(raw("id"), "name")
    return [Party(names[key], name) for key, name in rows]


def _enrolled(organisation: Organisation, names: Names) -> _Enrolled:
    """What enrolments add up to, in SQL; a session without any is absent."""
    rows = Enrolment.objects.for_organisation(organisation).exclude(state=EnrolmentState.WITHDRAWN).order_by()
    counts = {
        names[session]: (enrolled, company_known, funder_known)
        for session, enrolled, company_known, funder_known in rows.values_list(raw("session_id")).annotate(
            Count("id"), Count("has_company"), Count("has_funder")
        )
    }
    companies: defaultdict[str, list[str]] = defaultdict(list)
    for session, company in rows.filter(company__isnull=False).values_list(raw("session_id"), raw("company_id")).distinct():
        companies[names[session]].append(names[company])
    funders: defaultdict[str, list[str]] = defaultdict(list)
    paid = Funding.objects.for_organisation(organisation).exclude(enrolment__state=EnrolmentState.WITHDRAWN).order_by()
    for session, funder in paid.values_list(raw("enrolment__session_id"), raw("funder_id")).distinct():
        funders[names[session]].append(names[funder])
    # Paid by the CPF and by nobody else: an enrolment to which somebody adds something follows the ordinary rules.
    another = Funding.objects.filter(enrolment=OuterRef("enrolment")).exclude(funder__kind=FunderKind.CPF)
    by_cpf = paid.filter(~Exists(another), funder__kind=FunderKind.CPF).values_list(raw("enrolment__session_id"))
    cpf = {names[session]: enrolled for session, enrolled in by_cpf.annotate(Count("enrolment", distinct=True))}
    return _Enrolled(
        counts=counts,
        companies={session: tuple(sorted(found)) for session, found in companies.items()},
        funders={session: tuple(sorted(found)) for session, found in funders.items()},
        cpf=cpf,
    )


def _asked(organisation: Organisation, names: Names) -> dict[str, Asked]:
    """Surveys put to trainees, by session."""
    campaigns = Campaign.objects.for_organisation(organisation).filter(audience=Audience.TRAINEE).order_by()
    found = {
        names[session]: Asked(opened_on=opened_on)
        for session, opened_on in campaigns.values_list(raw("session_id")).annotate(Min("opened_on"))
    }
    answers = (
        Response.objects.for_organisation(organisation)
        .filter(campaign__audience=Audience.TRAINEE)
        .order_by()
        .values_list(raw("campaign__session_id"))
        .annotate(Count("id"), Min("answered_on"), Max("answered_on"))
    )
    for session, count, first_on, last_on in answers:
        name = names[session]
        found[name] = Asked(found[name].opened_on, count, first_on, last_on)
    return found


def _sessions(
    organisation: Organisation, names: Names, *, enrolled: _Enrolled, asked: dict[str, Asked]
) -> tuple[list[SessionRow], list[Party]]:
    """Sessions with a date, in time order, and the organisations for which some were run."""
    leading: defaultdict[str, list[str]] = defaultdict(list)
    assignments = SessionTrainer.objects.filter(session__organisation=organisation).order_by("id")
    for session, trainer in assignments.values_list(raw("session_id"), raw("trainer_id")):
        leading[names[session]].append(names[trainer])
    rows = (
        Session.objects.for_organisation(organisation)
        .order_by("starts_on", "reference")
        .values_list(
            raw("id"), "reference", raw("course_id"), raw("starts_on"), raw("ends_on"), "state", "modality", "duration_hours", "place",
            "platform", "work_study", "workplace_periods", "kind", "run_for", "missions", raw("given_to_id"),
        )
    )  # fmt: skip
    nobody, nothing = (0, 0, 0), Asked()
    found = []
    clients: dict[str, Party] = {}
    for key, reference, course, starts, ends, state, modality, hours, place, platform, *rest in rows:
        study, workplace, kind, client, missions, given = rest
        last_day = as_day(ends)
        first_day = as_day(starts) or last_day
        if first_day is None:
            continue  # nothing can be said of a session nobody dated
        name = names[key]
        client_id = f"client:{comparison_key(client)}" if client else None
        if client_id and client_id not in clients:
            clients[client_id] = Party(client_id, client)
        count, company_known, funder_known = enrolled.counts.get(name, nobody)
        found.append(
            SessionRow(
                name,
                reference,
                names[course],
                first_day,
                last_day,
                state not in NOT_HELD,
                modality,
                hours,
                bool(place),
                bool(platform),
                study,
                workplace,
                bool(client) or kind == SessionKind.SUBCONTRACTED,
                client_id,
                None if missions is None else frozenset(missions),
                None if given is None else names[given],
                tuple(leading.get(name, ())),
                count,
                enrolled.cpf.get(name, 0),
                company_known,
                enrolled.companies.get(name, ()),
                funder_known,
                enrolled.funders.get(name, ()),
                asked.get(name, nothing),
            )
        )
    return found, list(clients.values())


def _trainers(organisation: Organisation, names: Names, sessions: list[SessionRow]) -> list[TrainerRow]:
    """Trainers by name, with the first day they ever led a session that was held."""
    first: dict[str, date] = {}
    for session in sessions:
        if session.held:
            for trainer in session.trainer_ids:
                if trainer not in first or session.first_day < first[trainer]:
                    first[trainer] = session.first_day
    found = []
    rows = Trainer.objects.for_organisation(organisation).order_by("last_name", "first_name", "id")
    for key, first_name, last_name, status, company in rows.values_list(
        raw("id"), "first_name", "last_name", "status", raw("subcontractor_id")
    ):
        name = names[key]
        invoices = None if not status else status == TrainerStatus.SUBCONTRACTOR
        carried = None if not status else status == TrainerStatus.CARRIED
        bound_to = (names[company] if company is not None else name) if invoices else None
        found.append(TrainerRow(name, f"{first_name} {last_name}".strip(), invoices, carried, bound_to, first.get(name)))
    return found

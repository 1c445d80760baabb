"""Building the demonstration with the real verbs: same seed and same day, same organisations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import Max

from evidence.demo import cast
from evidence.demo.acts import Crew
from evidence.demo.files import furnish_trainer
from evidence.demo.lives import live
from evidence.demo.moments import at
from evidence.demo.offer import describe_offer
from evidence.demo.papers import paper
from evidence.library.models import Document
from evidence.library.verbs import accept_together, file_document
from evidence.readiness.verbs import conclude
from qualiopi.accounts.models import User
from qualiopi.organisations.enums import AuditKind, Role
from qualiopi.organisations.models import Network, Organisation
from qualiopi.organisations.verbs.audits import plan_audit, record_certifier_audit
from qualiopi.organisations.verbs.members import add_member, add_network_head
from qualiopi.organisations.verbs.organisation import create_network, create_organisation
from qualiopi.standard.book import expectations
from qualiopi.standard.profile import Profile
from trainings.catalogue.models import Course
from trainings.catalogue.verbs import save_course
from trainings.documents.verbs import save_style
from trainings.people.models import Company, Funder, Trainer, TrainerStatus
from trainings.people.verbs import find_or_create_trainee, save_trainer
from trainings.sessions.models import Modality, Session, SessionKind, SessionState
from trainings.sessions.verbs import FundingLine, enrol, save_session
from trainings.surveys.verbs import open_campaign, type_paper_answers

# The organisation whose sessions are shown at every moment of their life; the other one brings its past in as tables do.
LIVED = "fil-ouest"
# How long after its own day a piece is filed, then read by the manager, and of how many days the pieces still wait to be read.
FILED_AFTER, READ_AFTER = timedelta(days=1), timedelta(days=2)
UNREAD_DAYS = 20


class Stage(StrEnum):
    """Moments in the life of an organisation."""

    ONBOARDING = "onboarding"
    RUNNING = "running"
    PRE_AUDIT = "pre_audit"
    POST_AUDIT = "post_audit"


@dataclass(slots=True)
class World:
    """What the demonstration is made from. `today` in Paris; `sessions`: how many per organisation."""

    stage: Stage
    seed: int
    sessions: int
    today: date
    password: str
    random: Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(f"{self.seed}-{self.stage}")  # noqa: S311 - demonstration data, not a secret

    def back(self, months: int, days: int = 0) -> date:
        """A day some months and days ago."""
        return self.today - timedelta(days=30 * months + days)


def build(world: World) -> list[Organisation]:
    """Create the network, its organisations and everything in them; return the organisations."""
    network = create_network(name=cast.NETWORK[0], slug=cast.NETWORK[1], actor=None)
    password = make_password(world.password)
    organisations = []
    for slug, name, city, postcode, number in cast.ORGANISATIONS:
        organisation = create_organisation(
            slug=slug,
            name=name,
            actor=None,
            network=network,
            profile=None if world.stage is Stage.ONBOARDING else _profile(slug),
            card=_card(world, slug, city, postcode, number),
        )
        organisations.append(organisation)
        _members(world, organisation, password)
    _head(network, password)
    for organisation in organisations:
        if world.stage is not Stage.ONBOARDING:
            _furnish(world, organisation)
    return organisations


def _card(world: World, slug: str, city: str, postcode: str, number: str) -> dict[str, object]:
    card: dict[str, object] = {
        "city": city,
        "postcode": postcode,
        "activity_number": number,
        "contact_email": f"contact@{slug}.example",
    }
    if world.stage is not Stage.ONBOARDING:
        # Certified a month after the initial audit, for three years.
        certified_on = world.back(13)
        card |= {
            "certifier": "Certif’Inventé",
            "certified_on": certified_on,
            "certified_until": certified_on + timedelta(days=3 * 365),
        }
    return card


def _profile(slug: str) -> Profile:
    return Profile(
        categories=frozenset({"AF"}),
        certifying=False,
        work_study=False,
        work_based=False,
        remote=True,
        subcontracts_out=False,
        salary_portage=True,
        works_as_subcontractor=slug == "fil-ouest",
    )


def _members(world: World, organisation: Organisation, password: str) -> None:
    for slug, email, name, role in cast.MEMBERS:
        if slug == organisation.slug:
            until = world.today + timedelta(days=180) if role is Role.AUDITOR else None
            member = add_member(organisation=organisation, email=email, full_name=name, role=role, actor=None, until=until)
            User.objects.filter(pk=member.user_id).update(password=password)


def _head(network: Network, password: str) -> None:
    head = User.objects.create_user(cast.HEAD[0], full_name=cast.HEAD[1])
    User.objects.filter(pk=head.pk).update(password=password)
    add_network_head(network=network, user=head, actor=None)


def _furnish(world: World, organisation: Organisation) -> None:
    """Audits, courses, trainers, sessions with their trainees and opinions, pieces."""
    manager = User.objects.get(email="maelle.kerdraon@exemple.fr")
    _audits(world, organisation, manager)
    courses = [
        save_course(
            organisation=organisation,
            fields={"title": title, "duration_hours": Decimal(hours), "category": "AF", "certifying": False},
            actor=manager,
        )
        for title, hours in cast.COURSES
    ]
    trainers = [
        save_trainer(
            organisation=organisation,
            fields={
                "first_name": first,
                "last_name": last,
                "status": status,
                "user": User.objects.filter(email=email).first() if email else None,
            },
            actor=manager,
        )
        for first, last, status, email in cast.TRAINERS[organisation.slug]
    ]
    companies = [Company.objects.create(organisation=organisation, name=name) for name in cast.COMPANIES]
    funders = [Funder.objects.create(organisation=organisation, name=name, kind=kind) for name, kind in cast.FUNDERS]
    complete = world.stage is not Stage.RUNNING
    save_style(
        organisation=organisation,
        colour="#6a2c5e",
        signatory="Maëlle Kerdraon",
        signatory_title="directrice",
        actor=manager,
    )
    describe_offer(courses, manager=manager, today=world.today, first_day=world.back(12))
    for position, trainer in enumerate(trainers):
        furnish_trainer(trainer, manager=manager, today=world.today, lines=6 if complete or not position else 3)
    for place in range(world.sessions):
        session = _session(world, organisation, place, courses, trainers, manager)
        _trainees(world, session, companies, funders, manager)
        if session.state == SessionState.DONE:
            hole = world.random.random() < (0.03 if complete else 0.12)
            _opinions(world, session, manager, silent=hole)
            _session_papers(world, session, manager, hole=hole and not complete)
    if organisation.slug == LIVED:
        crew = Crew(
            manager=User.objects.get(email="soazig.perrot@exemple.fr"),
            trainer=trainers[0],
            account=User.objects.get(email="yann.legoff@exemple.fr"),
            companies=companies,
            funders=funders,
            today=world.today,
        )
        live(courses[0], crew)
    _papers(world, organisation, courses, trainers, manager, complete=complete)
    _readings(world, organisation, manager)
    conclude(
        organisation=organisation,
        indicator=30,
        grid="2019" if world.stage is Stage.RUNNING else "2026",
        text="Le recueil est régulier. La synthèse passe en comité deux fois par an et nourrit le plan d’amélioration.",
        actor=manager,
    )


def _audits(world: World, organisation: Organisation, manager: User) -> None:
    record_certifier_audit(
        organisation=organisation,
        kind=AuditKind.INITIAL,
        held_on=world.back(14),
        categories=["AF"],
        actor=manager,
        certifier="Certif’Inventé",
    )
    if world.stage is Stage.POST_AUDIT:
        record_certifier_audit(
            organisation=organisation, kind=AuditKind.SURVEILLANCE, held_on=world.back(0, 10), categories=["AF"], actor=manager
        )
        return
    ahead = 20 if world.stage is Stage.PRE_AUDIT else 115
    plan_audit(
        organisation=organisation,
        kind=AuditKind.SURVEILLANCE,
        held_on=world.today + timedelta(days=ahead),
        categories=["AF"],
        actor=manager,
        certifier="Certif’Inventé",
    )


def _session(
    world: World, organisation: Organisation, place: int, courses: list[Course], trainers: list[Trainer], manager: User
) -> Session:
    """Sessions run from eleven months ago to two months ahead, in order of reference."""
    span, done = 390, 330
    starts_on = world.today + timedelta(days=round(span * place / max(world.sessions, 1)) - done)
    starts_on -= timedelta(days=max(starts_on.weekday() - 3, 0))
    course = courses[place % len(courses)]
    hours = course.duration_hours or Decimal(7)
    ends_on = starts_on + timedelta(days=1 if hours > 7 else 0)
    remote = place % 5 == 4
    state = SessionState.DONE if ends_on < world.today else SessionState.PLANNED
    if place == 7:
        state = SessionState.CANCELLED
    return save_session(
        organisation=organisation,
        fields={
            "reference": f"S{starts_on:%y}-{place + 1:03d}",
            "course": course,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "duration_hours": hours,
            "modality": Modality.REMOTE if remote else Modality.ON_SITE,
            "kind": SessionKind.INTRA if place % 3 == 1 else SessionKind.INTER,
            "state": state,
            "place": "" if remote else cast.PLACES[place % len(cast.PLACES)],
            "platform": "Visio du Fil" if remote else "",
            "work_study": False,
            "workplace_periods": False,
        },
        trainers=[trainers[place % len(trainers)]],
        actor=manager,
    )


def _trainees(world: World, session: Session, companies: list[Company], funders: list[Funder], manager: User) -> None:
    for number in range(world.random.randint(5, 9)):
        first = cast.FIRST_NAMES[(number * 5 + world.random.randrange(12)) % len(cast.FIRST_NAMES)]
        last = cast.LAST_NAMES[world.random.randrange(len(cast.LAST_NAMES))]
        trainee = find_or_create_trainee(
            organisation=session.organisation,
            first_name=first,
            last_name=last,
            email=f"stagiaire{number}.{session.reference.lower()}@exemple.fr",
            actor=manager,
        )
        enrol(
            session=session,
            trainee=trainee,
            actor=manager,
            company=world.random.choice(companies),
            fundings=[FundingLine(funder=world.random.choice(funders))],
        )


def _opinions(world: World, session: Session, manager: User, *, silent: bool) -> None:
    if silent:
        return
    papers: list[dict[str, object]] = []
    for _number in range(max(1, session.enrolments.count() - world.random.randint(0, 2))):
        marks = [min(5, max(1, round(world.random.gauss(4.4, 0.8)))) for _question in range(4)]
        papers.append(
            {
                "overall": str(marks[0]),
                "objectives": str(marks[1]),
                "pace": str(max(1, marks[2] - world.random.randint(0, 1))),
                "trainer": str(marks[3]),
                "conditions": world.random.choice(["yes", "yes", "yes", "partly"]),
                "recommendation": str(min(10, max(0, marks[0] * 2 + world.random.randint(-1, 1)))),
                "comment": world.random.choice(cast.COMMENTS),
            }
        )
    campaign = open_campaign(session=session, actor=manager)
    type_paper_answers(campaign=campaign, papers=papers, answered_on=session.ends_on, actor=manager)


def _session_papers(world: World, session: Session, manager: User, *, hole: bool) -> None:
    papers = [*cast.SESSION_PAPERS]
    if session.modality == Modality.REMOTE:
        papers.append(("connection_report", "Relevé de connexion", (10, 19), 1))
    for position, (kind, title, indicators, days) in enumerate(papers):
        if hole and position == world.random.randrange(len(papers)):
            continue
        anchor = session.ends_on if days >= 0 else session.starts_on
        if anchor is None:
            continue
        day = anchor + timedelta(days=days)
        _file(
            session.organisation,
            min(day, world.today),
            upload=paper(title=title, subject=str(session.course), owner=session.organisation.name, day=day),
            title=f"{title}, {session.reference}",
            type=kind,
            indicators=indicators,
            sessions=[session],
            actor=manager,
        )


def _papers(
    world: World, organisation: Organisation, courses: list[Course], trainers: list[Trainer], manager: User, *, complete: bool
) -> None:
    for kind, title, indicators, months, validity in (*cast.PAPERS, *(cast.LATE_PAPERS if complete else ())):
        day = world.back(months)
        _file(
            organisation,
            day,
            upload=paper(title=title, subject="", owner=organisation.name, day=day),
            title=title,
            type=kind,
            valid_until=day + timedelta(days=30 * validity) if validity else None,
            indicators=indicators,
            contents=expectations().checklist_of(kind),
            audience="trainer" if kind == "meeting_minutes" else "funder" if kind == "funder_exchange" else "",
            actor=manager,
        )
    for course in courses:
        for kind, title, indicators in cast.COURSE_PAPERS:
            _file(
                organisation,
                world.back(2),
                upload=paper(title=title, subject=str(course), owner=organisation.name, day=world.back(2)),
                title=f"{title}, {course}",
                type=kind,
                indicators=indicators,
                courses=[course],
                contents=expectations().checklist_of(kind),
                actor=manager,
            )
    for position, trainer in enumerate(trainers):
        files = [*cast.TRAINER_PAPERS] if complete or position else [cast.TRAINER_PAPERS[0]]
        if trainer.status == TrainerStatus.CARRIED:
            files.append(cast.CARRIED_PAPER)
        for kind, title, indicators, months in files:
            _file(
                organisation,
                world.back(months),
                upload=paper(title=title, subject=str(trainer), owner=organisation.name, day=world.back(months)),
                title=f"{title} de {trainer}",
                type=kind,
                indicators=indicators,
                trainers=[trainer],
                actor=manager,
            )


def _file(organisation: Organisation, day: date, **piece: Any) -> None:
    """File a piece of this day, on the next one."""
    with at(day + FILED_AFTER, hour=9):
        file_document(organisation=organisation, effective_on=day, **piece)


def _readings(world: World, organisation: Organisation, manager: User) -> None:
    """The manager reads the pieces as they come: each is accepted two days after its own day, those of the last days wait."""
    last = world.today - timedelta(days=UNREAD_DAYS)
    dated = Document.objects.for_organisation(organisation).annotate(day=Max("versions__effective_on")).filter(day__lte=last)
    for day, documents in groupby(dated.order_by("day", "pk"), key=attrgetter("day")):
        with at(day + READ_AFTER, hour=16):
            accept_together(organisation=organisation, documents=documents, actor=manager)

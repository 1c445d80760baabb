"""Building the demonstration with the real verbs: same seed and same day, same organisations."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from django.contrib.auth.hashers import make_password
from django.db.models import Max

from evidence.demo import cast
from evidence.demo.acts import Crew
from evidence.demo.files import file_piece, furnish_trainer
from evidence.demo.lives import live
from evidence.demo.moments import at
from evidence.demo.offer import describe_offer
from evidence.demo.papers import paper
from evidence.demo.past import add_opinions, add_papers, add_trainees, ask_needs, past_session
from evidence.demo.stages import Stage, World
from evidence.library.models import Document
from evidence.library.verbs import accept_together
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
from trainings.people.verbs import save_trainer
from trainings.sessions.models import SessionState

# The organisation whose sessions are shown at every moment of their life; the other one brings its past in as tables do.
LIVED = "fil-ouest"
# How long after its own day a piece is read by the manager, and of how many days the pieces still wait to be read.
READ_AFTER = timedelta(days=2)
UNREAD_DAYS = 20


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
        session = past_session(world, organisation, place, courses, trainers, manager)
        add_trainees(world, session, companies, funders, manager)
        if session.state == SessionState.DONE:
            hole = world.random.random() < (0.03 if complete else 0.12)
            ask_needs(session, manager)
            add_opinions(world, session, manager, silent=hole)
            add_papers(world, session, manager, hole=hole and not complete)
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


def _papers(
    world: World, organisation: Organisation, courses: list[Course], trainers: list[Trainer], manager: User, *, complete: bool
) -> None:
    for kind, title, indicators, months, validity in (*cast.PAPERS, *(cast.LATE_PAPERS if complete else ())):
        day = world.back(months)
        file_piece(
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
            file_piece(
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
            file_piece(
                organisation,
                world.back(months),
                upload=paper(title=title, subject=str(trainer), owner=organisation.name, day=world.back(months)),
                title=f"{title} de {trainer}",
                type=kind,
                indicators=indicators,
                trainers=[trainer],
                actor=manager,
            )


def _readings(world: World, organisation: Organisation, manager: User) -> None:
    """The manager reads the pieces as they come: each is accepted two days after its own day, those of the last days wait."""
    last = world.today - timedelta(days=UNREAD_DAYS)
    dated = Document.objects.for_organisation(organisation).annotate(day=Max("versions__effective_on")).filter(day__lte=last)
    for day, documents in groupby(dated.order_by("day", "pk"), key=attrgetter("day")):
        with at(day + READ_AFTER, hour=16):
            accept_together(organisation=organisation, documents=documents, actor=manager)

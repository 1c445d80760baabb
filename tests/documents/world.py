"""A session of which every document can be issued: everything the law wants said is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.factories import (
    CompanyFactory,
    CourseFactory,
    EnrolmentFactory,
    HalfDayFactory,
    SessionFactory,
    StyleFactory,
    SubcontractorFactory,
    TrainerFactory,
)
from tests.factories.attendance import MarkFactory
from trainings.attendance.models import Chain, Mark, MarkKind, MarkMethod
from trainings.catalogue.models import Objective, Programme, PublicSheet, Recognition, Sequence
from trainings.learning.models import Acquired, Moment, ObjectiveResult
from trainings.people.models import Company, Subcontract, Trainer
from trainings.sessions.models import DayPart, Enrolment, HalfDay, Session


@dataclass
class World:
    """The session, and who is around it."""

    session: Session
    company: Company
    trainer: Trainer
    enrolments: list[Enrolment]
    half_days: list[HalfDay]


def make_world(organisation, *, people=3, signed=True):
    """`people` enrolled in a finished session of two half-days, the first ones sent by a company; `signed`: everybody was there."""
    organisation.address, organisation.postcode, organisation.city = "4, rue des Lavoirs", "35600", "Redon"
    organisation.siret, organisation.contact_email = "12345678900012", "bonjour@ateliers-du-fil.example"
    organisation.save()
    StyleFactory(organisation=organisation)
    trainer = TrainerFactory(
        organisation=organisation,
        first_name="Enora",
        last_name="Aubépine",
        titles="consultante, master en sciences de l’éducation",
    )
    course = CourseFactory(organisation=organisation, title="Animer une réunion de travail")
    programme = Programme.objects.create(
        organisation=organisation,
        course=course,
        number=1,
        duration_hours=Decimal(7),
        contents="- Les types de réunion\n- La décision et le suivi",
        methods="Apports courts et mises en situation filmées.",
    )
    for place, text in enumerate(["Préparer un ordre du jour", "Conduire les échanges"], start=1):
        Objective.objects.create(programme=programme, position=place, text=text, evaluation="mise en situation")
    Sequence.objects.create(programme=programme, position=1, title="Pourquoi se réunir", hours=Decimal("3.5"))
    programme.in_force_from = date(2026, 1, 1)
    programme.save()
    PublicSheet.objects.create(
        organisation=organisation,
        course=course,
        audience="Toute personne qui anime des réunions.",
        prerequisites="Aucun.",
        assessment="Mise en situation devant le groupe.",
        disability_access="Dites-nous vos besoins : nous adaptons le rythme et les supports.",
        recognition=Recognition.ATTESTATION,
    )
    session = SessionFactory(
        organisation=organisation,
        course=course,
        programme=programme,
        reference="S26-041",
        starts_on=date(2026, 9, 7),
        ends_on=date(2026, 9, 7),
        duration_hours=Decimal(7),
        price=Decimal("1200"),
        trainers=[trainer],
    )
    half_days = [HalfDayFactory(session=session, part=part) for part in (DayPart.MORNING, DayPart.AFTERNOON)]
    company = CompanyFactory(
        organisation=organisation, name="Brasserie Inventée", email="rh@brasserie.example", representative="Loïc Brasse, gérant"
    )
    enrolments = [
        EnrolmentFactory(
            session=session,
            trainee__first_name=["Anaïs", "Malo", "Énora"][n % 3],
            trainee__last_name=f"Fictive{n:03d}",
            company=company if n < people - 1 else None,
            has_company=n < people - 1,
            price=Decimal("400"),
        )
        for n in range(people)
    ]
    world = World(session, company, trainer, enrolments, half_days)
    if signed:
        sign_everything(world)
    return world


def give_away(world):
    """The session is given to a subcontractor, by a contract that says everything."""
    session = world.session
    subcontractor = SubcontractorFactory(
        organisation=session.organisation,
        name="Aubépine Conseil",
        activity_number="53560000056",
        email="contact@aubepine.example",
    )
    session.given_to = subcontractor
    session.subcontract = Subcontract.objects.create(
        organisation=session.organisation,
        subcontractor=subcontractor,
        reference="ST-2026-07",
        valid_from=date(2026, 9, 1),
        missions=["support", "evaluation"],
        content="Animation de la journée.",
        means="Salle et supports fournis.",
        follow_up="Point après la journée.",
        price="700,00 € hors taxes",
        compliance_clause=True,
        right_to_check=True,
        cpf=True,
    )
    session.save()
    return subcontractor


def sign_everything(world):
    """Everybody was there, both half-days: lines of the register, and an exit result for each objective."""
    for half_day in world.half_days:
        for enrolment in world.enrolments:
            MarkFactory(half_day=half_day, enrolment=enrolment, kind=MarkKind.PRESENT, method=MarkMethod.CONFIRMED)
    last = Mark.objects.filter(session=world.session).order_by("-number").first()
    Chain.objects.create(session=world.session, length=2 * len(world.enrolments), fingerprint=last.fingerprint)
    for enrolment in world.enrolments:
        for objective in world.session.programme.objectives.all():
            ObjectiveResult.objects.create(
                organisation=world.session.organisation,
                enrolment=enrolment,
                objective=objective,
                moment=Moment.EXIT,
                level=Acquired.YES,
                dated_on=world.session.ends_on,
            )

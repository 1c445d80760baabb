"""A session that was lived from end to end by three people, one of whom signed late and one of whom was absent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.files.base import ContentFile

from evidence.library.verbs import file_document
from qualiopi.files.verbs import store
from tests.cast import Cast, gather
from tests.factories import (
    AccreditationFactory,
    ConnectionReportFactory,
    CountersignatureFactory,
    CourseFactory,
    EnrolmentFactory,
    EvaluationFactory,
    HalfDayFactory,
    MarkFactory,
    PersonalIssuedFactory,
    SessionFactory,
    StepFactory,
    SubcontractFactory,
    TraineeFactory,
    TrainerFactory,
    TrainerRecordFactory,
)
from tests.files.made import pdf
from trainings.attendance.models import MarkKind, MarkMethod
from trainings.people.models import RecordKind
from trainings.sessions.models import DayPart, Enrolment, Session

SIGNED = datetime(2026, 9, 7, 8, 5, tzinfo=UTC)


@dataclass
class World:
    cast: Cast
    session: Session
    enrolments: list[Enrolment]
    half_days: list[Any]


def lived_session(*, people: int = 3, cast: Cast | None = None) -> World:
    """`people` enrolled, two half-days: everybody signed the first, the first person was absent at the second."""
    cast = cast or gather()
    course = CourseFactory(organisation=cast.organisation, title="Animer une réunion qui décide")
    session = SessionFactory(organisation=cast.organisation, course=course, reference="S26-041", trainers=[cast.trainer_record])
    names = ["Anaïs Fictive", "Karim Inventé", "José Imaginaire", *(f"Personne Fictive{n}" for n in range(people))]
    enrolments = []
    for name in names[:people]:
        first, _space, last = name.partition(" ")
        trainee = TraineeFactory(organisation=cast.organisation, first_name=first, last_name=last)
        enrolments.append(EnrolmentFactory(session=session, trainee=trainee))
    half_days = [
        HalfDayFactory(session=session, day=date(2026, 9, 7), part=DayPart.MORNING),
        HalfDayFactory(session=session, day=date(2026, 9, 7), part=DayPart.AFTERNOON),
    ]
    number = 0
    for half_day in half_days:
        for enrolment in enrolments:
            number += 1
            absent = half_day is half_days[1] and enrolment is enrolments[0]
            late = half_day is half_days[1] and enrolment is enrolments[-1] and not absent
            MarkFactory(
                session=session,
                number=number,
                half_day=half_day,
                enrolment=enrolment,
                kind=MarkKind.ABSENT if absent else MarkKind.PRESENT,
                signed_at=SIGNED,
                late=late,
                reason="Téléphone déchargé" if late else "",
            )
    CountersignatureFactory(
        session=session, number=number + 1, half_day=half_days[0], trainer=cast.trainer_record, signed_at=SIGNED
    )
    StepFactory(session=session, key="room", label="Réserver la salle", done_at=SIGNED, done_by=cast.training_manager)
    return World(cast, session, enrolments, half_days)


def kept(world: World, name: str) -> Any:
    """A file as the work leaves it: its bytes are on the disk, and no piece of the library speaks of it."""
    upload = ContentFile(pdf(Temoin=name), name=f"{name}.pdf")
    return store(organisation=world.cast.organisation, upload=upload, actor=None)


def leave_files(world: World) -> None:
    """One file of each kind that the work leaves, and some that must stay out: cancelled, not looked at, of another session, private."""
    session, course, organisation = world.session, world.session.course, world.cast.organisation
    first, second = world.enrolments[:2]
    PersonalIssuedFactory(
        enrolment=first,
        number="CR-1",
        file=kept(world, "certificat"),
        signed_on=date(2026, 9, 10),
        signed_file=kept(world, "certificat signé"),
    )
    PersonalIssuedFactory(
        enrolment=second, number="CR-2", file=kept(world, "annulé"), cancelled_at=SIGNED, cancellation_reason="Erreur de nom"
    )
    scanned = HalfDayFactory(session=session, day=date(2026, 9, 8), part=DayPart.MORNING)
    sheet = kept(world, "feuille")
    for place, enrolment in enumerate((first, second)):
        MarkFactory(
            session=session, number=90 + place, half_day=scanned, enrolment=enrolment, file=sheet, method=MarkMethod.SHEET
        )
    ConnectionReportFactory(half_day=scanned, file=kept(world, "relevé"))
    EvaluationFactory(session=session, title="Mise en situation", file=kept(world, "grille"))
    other = SessionFactory(organisation=organisation, course=course, reference="S26-042")
    EvaluationFactory(session=other, title="Autre session", file=kept(world, "autre"))
    AccreditationFactory(course=course, reference="H1", file=kept(world, "habilitation"))
    subcontract = SubcontractFactory(
        subcontractor__organisation=organisation, reference="ST1", file=kept(world, "sous-traitance")
    )
    session.given_to, session.subcontract = subcontract.subcontractor, subcontract
    session.save()
    trainer = world.cast.trainer_record
    colleague = TrainerFactory(organisation=organisation, first_name="Inès", last_name="Carvalho")
    session.trainers.add(colleague)
    TrainerRecordFactory(trainer=trainer, title="CV de Yann", file=kept(world, "cv"))
    TrainerRecordFactory(trainer=colleague, title="CV d’Inès", file=kept(world, "cv d’Inès"))
    TrainerRecordFactory(trainer=trainer, title="Pas encore vu", file=kept(world, "vu"), dropped=True)
    TrainerRecordFactory(
        trainer=trainer, kind=RecordKind.INTERVIEW, title="Entretien 2026", note="Bon", file=kept(world, "entretien")
    )


def filed(world: World, title: str, content: bytes | None = None) -> Any:
    """A piece linked to the session, by the quality manager."""
    return file_document(
        organisation=world.cast.organisation,
        upload=ContentFile(content or pdf(), name=f"{title}.pdf"),
        title=title,
        actor=world.cast.quality_manager,
        sessions=[world.session],
    )

"""An organisation full of holes, of every kind that pages once told otherwise than each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils import timezone

from evidence.library.models import IndicatorLink, ReviewState, SubjectLink
from qualiopi.organisations.models import Organisation
from tests.cast import Cast, gather
from tests.factories import (
    CampaignFactory,
    CertifierAuditFactory,
    CountersignatureFactory,
    CourseFactory,
    DocumentFactory,
    EnrolmentFactory,
    HalfDayFactory,
    IssuedFactory,
    MarkFactory,
    ObjectiveFactory,
    ObjectiveResultFactory,
    ProgrammeFactory,
    PublicSheetFactory,
    ResponseFactory,
    SessionFactory,
    StepFactory,
    TrainerFactory,
    VersionFactory,
)
from trainings.catalogue.models import Course
from trainings.learning.models import Moment
from trainings.people.models import Trainer
from trainings.sessions.models import EnrolmentState, Session, SessionState


@dataclass
class World:
    """The cast, and the sessions by what is special about them."""

    people: Cast
    today: date
    sessions: dict[str, Session]

    @property
    def organisation(self) -> Organisation:
        """The one that every page is about."""
        return self.people.organisation


def build() -> World:
    """Ten sessions: nothing recorded, half done, done, a file alone, under way, to come, called off, too old, another's, deserted."""
    people, today = gather(), timezone.localdate()
    organisation = people.organisation
    CertifierAuditFactory(organisation=organisation, held_on=today - timedelta(days=300))
    CertifierAuditFactory(organisation=organisation, held_on=today + timedelta(days=40))
    told, bare = CourseFactory(organisation=organisation), CourseFactory(organisation=organisation, title="Écrire sans peine")
    PublicSheetFactory(course=told, objectives="Animer seul", price="")
    # A booklet covers what was never written of the other one.
    _piece(people, "programme_sheet", indicator=1, course=bare, on=today - timedelta(days=200))
    programme = ProgrammeFactory(course=told)
    ObjectiveFactory(programme=programme)
    other = TrainerFactory(organisation=organisation, first_name="Inès", last_name="Carvalho")

    def session(reference: str, days_ago: int, *, enrolled: int = 3, **fields: object) -> Session:
        first = today - timedelta(days=days_ago)
        made = SessionFactory(
            **{
                "organisation": organisation, "course": told, "reference": reference, "starts_on": first, "programme": programme,
                "ends_on": first + timedelta(days=1), "trainers": [people.trainer_record], **fields,
            }
        )  # fmt: skip
        EnrolmentFactory.create_batch(enrolled, session=made)
        HalfDayFactory(session=made, day=first, part="am", starts_at=time(9), ends_at=time(12))
        return made

    found = {
        "bare": session("C-VIDE", 60),
        "half": session("C-MOITIE", 50, course=bare, programme=None, trainers=[other]),
        "done": session("C-FAITE", 45),
        "filed": session("C-PIECE", 44, trainers=[people.trainer_record, other]),
        "running": session("C-ENCOURS", 2, ends_on=today + timedelta(days=5), state=SessionState.RUNNING),
        "coming": session("C-AVENIR", -20, state=SessionState.PLANNED),
        "called_off": session("C-ANNULEE", 40, state=SessionState.CANCELLED),
        "old": session("C-ANCIENNE", 400),
        "of_another": session("C-AUTRUI", 35, run_for="Organisme Donneur d’Ordre", missions=["evaluation"]),
        "recent": session("C-RECENTE", 8),
        "deserted": session("C-DESERTE", 30, enrolled=0),
    }
    EnrolmentFactory(session=found["deserted"], state=EnrolmentState.WITHDRAWN, ended_on=today - timedelta(days=35))
    _half_done(found["half"])
    _done(found["done"], people)
    _piece(people, "attendance_sheet", indicator=10, session=found["filed"], on=found["filed"].ends_on)
    # Another sheet, linked to nothing but the session.
    _piece(people, "attendance_sheet", indicator=None, session=found["filed"], on=found["filed"].ends_on, title="Feuille scannée")
    _beside(people, told, other)
    for key, step in (("bare", "attendance"), ("bare", "conclude"), ("old", "results"), ("of_another", "attendance")):
        StepFactory(session=found[key], key=step, label=f"Étape {step}", due_on=found[key].ends_on)
    StepFactory(session=found["bare"], key="maison", label="Ranger la salle", due_on=found["bare"].ends_on)
    CampaignFactory(session=found["recent"], opened_on=found["recent"].ends_on)
    return World(people, today, found)


def _beside(people: Cast, course: Course, trainer: Trainer) -> None:
    """Pieces that count by what they speak of alone; many under one indicator; and what is there no more, or not yet."""
    today = timezone.localdate()
    _piece(people, "course_design", indicator=None, course=course, on=today - timedelta(days=200), title="Déroulé pédagogique")
    _piece(people, "cv", indicator=None, trainer=trainer, on=today - timedelta(days=200), title="CV d’Inès")
    for place in range(55):
        _linked(people, 26, f"Convention de réseau {place:02}")
    _linked(people, 26, "Refusée", review_state=ReviewState.REFUSED, review_comment="Illisible", reviewed_at=timezone.now())
    gone = {"withdrawn_at": timezone.now() - timedelta(days=1), "withdrawal_reason": "Doublon"}
    _linked(people, 26, "Retirée", **gone)
    _linked(people, 26, "Datée d’après l’audit", on=today + timedelta(days=400))


def _linked(people: Cast, indicator: int, title: str, *, on: date | None = None, **fields: object) -> None:
    document = DocumentFactory(organisation=people.organisation, title=title, **fields)
    VersionFactory(document=document, effective_on=on)
    IndicatorLink.objects.create(document=document, indicator=indicator)


def _half_done(session: Session) -> None:
    """Two of three signed, nobody confirmed it; one certificate of three."""
    half_day = session.half_days.get()
    first, second, _third = session.enrolments.order_by("pk")
    for enrolment in (first, second):
        MarkFactory(half_day=half_day, enrolment=enrolment)
    IssuedFactory(session=session, enrolment=first)


def _done(session: Session, people: Cast) -> None:
    half_day, objective = session.half_days.get(), session.programme.objectives.get()
    CountersignatureFactory(half_day=half_day, trainer=people.trainer_record)
    for enrolment in session.enrolments.all():
        MarkFactory(half_day=half_day, enrolment=enrolment)
        ObjectiveResultFactory(enrolment=enrolment, objective=objective, moment=Moment.EXIT, dated_on=session.ends_on)
        IssuedFactory(session=session, enrolment=enrolment)
    ResponseFactory(campaign=CampaignFactory(session=session, opened_on=session.ends_on), answered_on=session.ends_on)


def _piece(people: Cast, kind: str, *, indicator: int | None, on: date, title: str = "", **subject: object) -> None:
    """A piece accepted in review, linked to an indicator if one is given and to what it proves."""
    document = DocumentFactory(
        organisation=people.organisation, type=kind, title=title or f"Pièce {kind}", review_state=ReviewState.ACCEPTED,
        reviewed_at=timezone.now(),
        reviewed_by=people.quality_manager,
    )  # fmt: skip
    VersionFactory(document=document, effective_on=on)
    if indicator is not None:
        IndicatorLink.objects.create(document=document, indicator=indicator)
    SubjectLink.objects.create(document=document, **subject)

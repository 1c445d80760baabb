"""What happens around a session of the demonstration, step by step, with the verbs that everybody uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from django.utils import timezone

from evidence.demo import cast
from evidence.demo.moments import at
from evidence.demo.papers import paper
from qualiopi.accounts.models import User
from trainings.adaptations.models import MeasureKind, MeasureState, Wish
from trainings.adaptations.verbs import add_measure, decide, follow_measure, record_answer
from trainings.attendance.models import FollowUpSubject, MarkMethod
from trainings.attendance.verbs import Said, countersign, note_follow_up, sign
from trainings.catalogue.models import Course
from trainings.documents.models import DocumentKind, Issued
from trainings.documents.queries import targets_of
from trainings.documents.verbs import issue, receive_signed
from trainings.learning.models import Acquired, IntakeDecision, IntakeKind, IntakeSource, Moment
from trainings.learning.queries import objectives_of
from trainings.learning.verbs import (
    add_evaluation,
    conclude_intake,
    conclude_many,
    record_results,
    record_session_need,
    type_intake,
)
from trainings.people.models import Company, Funder, Trainer
from trainings.people.verbs import find_or_create_trainee
from trainings.sessions.calendar import OpenDays, propose
from trainings.sessions.models import (
    Aim,
    Enrolment,
    EnrolmentState,
    HalfDay,
    Modality,
    Session,
    SessionKind,
    SessionState,
    TraineeType,
)
from trainings.sessions.verbs import (
    FundingLine,
    change_state,
    end_enrolment,
    enrol,
    make_session,
    tick_step,
)
from trainings.surveys.verbs import open_campaign, type_paper_answers
from trainings.ticking.verbs import tick_proved_steps

# A signature as a finger draws it, in the 320 by 176 box of the page.
DRAWING = "M58 118 L70 92 L86 60 L98 48 L92 84 L78 128 L104 96 L132 70 L120 110 L150 92 L172 80 L166 108 L196 88 L224 76 L230 96 L258 82"
# Identifiers of the sendings: the same seed and day give the same demonstration.
_ONCE = UUID("5f3a7c54-6f2e-4c56-9d0b-2f4f6f7c9a10")


@dataclass(frozen=True, slots=True)
class Crew:
    """Who works around the sessions of one organisation, and on which day it is told."""

    manager: User
    trainer: Trainer
    account: User
    companies: Sequence[Company]
    funders: Sequence[Funder]
    today: date


def made(course: Course, crew: Crew, *, days: int, people: int, weekends: bool = False, first: date | None = None) -> Session:
    """A session of two days that begins `days` from today, made three weeks before at the latest, with people enrolled."""
    begins = first or crew.today + timedelta(days=days)
    while not weekends and OpenDays().closed(begins):
        begins -= timedelta(days=1)
    slots = propose(begins, hours=course.duration_hours, days=OpenDays(weekends=weekends, holidays=weekends)).slots
    with at(min(begins - timedelta(days=28), crew.today), 9):
        session = make_session(
            organisation=course.organisation,
            course=course,
            slots=slots,
            trainers=[crew.trainer],
            fields={
                "modality": Modality.ON_SITE,
                "kind": SessionKind.INTER,
                "state": SessionState.PLANNED,
                "place": cast.PLACES[0],
                "work_study": False,
                "workplace_periods": False,
                "price": Decimal(980),
            },
            actor=crew.manager,
        )
        for number in range(people):
            _enrolled(session, crew, number)
    return session


def _enrolled(session: Session, crew: Crew, number: int) -> Enrolment:
    first = cast.FIRST_NAMES[(number * 3) % len(cast.FIRST_NAMES)]
    last = cast.LAST_NAMES[(number * 7 + len(session.reference)) % len(cast.LAST_NAMES)]
    trainee = find_or_create_trainee(
        organisation=session.organisation,
        first_name=first,
        last_name=last,
        email=f"{session.reference.lower()}.{number}@exemple.fr",
        actor=crew.manager,
    )
    return enrol(
        session=session,
        trainee=trainee,
        company=crew.companies[number % 2],
        fundings=[FundingLine(funder=crew.funders[0], file_number=f"INV-{session.reference}-{number}")],
        trainee_type=TraineeType.EMPLOYEE,
        aim=Aim.OTHER,
        price=Decimal(980),
        actor=crew.manager,
    )


def people_of(session: Session) -> list[Enrolment]:
    """Always in the same order: their addresses are numbered, while all were enrolled in the same second."""
    return list(session.enrolments.select_related("trainee", "session").order_by("trainee__email"))


def half_days_of(session: Session) -> list[HalfDay]:
    return list(session.half_days.select_related("session").order_by("day", "starts_at"))


def last_day_of(session: Session) -> date:
    return half_days_of(session)[-1].day


def once_of(half_day: HalfDay, person: UUID) -> UUID:
    return uuid5(_ONCE, f"{half_day.pk} {person}")


def prepared(session: Session, crew: Crew, *, answering: int | None = None) -> None:
    """Needs, positioning, convention, convocation: in time."""
    first = half_days_of(session)[0].day
    people = people_of(session)
    with at(first - timedelta(days=12)):
        answered(session, crew, people[:answering])
        record_session_need(
            session=session,
            company=crew.companies[0],
            recorded_on=first - timedelta(days=12),
            need="Que les réunions d’équipe finissent à l’heure, avec des décisions écrites.",
            conclusion="Les situations jouées viendront de leurs deux dernières réunions.",
            actor=crew.manager,
        )
    with at(first - timedelta(days=9)):
        change_state(session=session, to=SessionState.CONFIRMED, actor=crew.manager)
        agreements = issued(session, DocumentKind.AGREEMENT, crew)
        issued(session, DocumentKind.CONVOCATION, crew)
    with at(first - timedelta(days=6)) as moment:
        for document in agreements:
            receive_signed(
                issued=document,
                upload=paper(
                    title="Convention signée",
                    subject=document.number,
                    owner=session.organisation.name,
                    day=first - timedelta(days=6),
                ),
                signed_on=first - timedelta(days=6),
                actor=crew.manager,
            )
        for step in session.steps.filter(key="place"):
            tick_step(step=step, actor=crew.manager)
        tick_proved_steps(session=session, actor=None, now=moment, automatic=True)
    session.refresh_from_db()


def answered(session: Session, crew: Crew, people: Sequence[Enrolment]) -> None:
    """What people said before the start, typed after a call; « rien à adapter » concluded on each."""
    today = timezone.localdate()
    kept = []
    for enrolment in people:
        for kind, values in (
            (IntakeKind.NEEDS, {"expectations": "Des réunions plus courtes, où l’on décide."}),
            (IntakeKind.POSITIONING, {"level": "notions"}),
        ):
            intake = type_intake(
                enrolment=enrolment,
                kind=kind,
                source=IntakeSource.INTERVIEW,
                answered_on=today,
                values=values,
                actor=crew.manager,
            )
            kept.append(intake.pk)
        record_answer(enrolment=enrolment, wish=Wish.NO, answered_on=today, actor=crew.manager)
    conclude_many(session=session, intakes=kept, actor=crew.manager, today=today)


def course_adapted(enrolment: Enrolment, crew: Crew) -> None:
    """The positioning led to something: the course changes for this person."""
    conclude_intake(
        intake=enrolment.intakes.get(kind=IntakeKind.POSITIONING),
        decision=IntakeDecision.ADAPT,
        conclusion="Anime déjà une réunion par semaine : préparera la mise en situation du deuxième jour avec le formateur.",
        concluded_on=timezone.localdate(),
        actor=crew.manager,
    )


def left(enrolment: Enrolment, crew: Crew, *, on: date) -> None:
    """Somebody stops on the way: the reason, what was done, and the call that followed."""
    reason, action = "Rappelé par son entreprise.", "Place gardée à la prochaine session ; l’entreprise a été prévenue."
    end_enrolment(
        enrolment=enrolment, state=EnrolmentState.INTERRUPTED, ended_on=on, reason=reason, action=action, actor=crew.manager
    )
    note_follow_up(
        enrolment=enrolment,
        subject=FollowUpSubject.INTERRUPTION,
        event_on=on,
        contacted_on=timezone.localdate(),
        reason=reason,
        action=action,
        actor=crew.manager,
    )


def held(session: Session, crew: Crew) -> None:
    """Every half-day signed by everybody, countersigned; the session goes by itself from confirmed to done."""
    begun(session)
    for half_day in half_days_of(session):
        all_signed(half_day, people_of(session), crew)
    with at(last_day_of(session), 18) as moment:
        ended(session, crew)
        tick_proved_steps(session=session, actor=None, now=moment, automatic=True)


def begun(session: Session) -> None:
    """It begins by itself, on its first day."""
    with at(half_days_of(session)[0].day, 8):
        change_state(session=session, to=SessionState.RUNNING, actor=None)


def ended(session: Session, crew: Crew) -> None:
    session.refresh_from_db()
    change_state(session=session, to=SessionState.DONE, actor=crew.manager)
    session.refresh_from_db()


def all_signed(half_day: HalfDay, people: Sequence[Enrolment], crew: Crew) -> None:
    with at(half_day.day, half_day.ends_at.hour, half_day.ends_at.minute):
        for enrolment in people:
            signed(half_day, enrolment)
        countersign(half_day=half_day, trainer=crew.trainer, actor=crew.account, once=once_of(half_day, crew.trainer.pk))


def signed(half_day: HalfDay, enrolment: Enrolment) -> None:
    sign(
        half_day=half_day,
        enrolment=enrolment,
        said=Said(method=MarkMethod.DRAWN, once=once_of(half_day, enrolment.pk), drawing=DRAWING, address="192.0.2.0/24"),
    )


def finished(session: Session, crew: Crew) -> None:
    """Results, opinions, sheet, certificates."""
    last = last_day_of(session)
    with at(last, 18):
        results_noted(session, crew, people_of(session))
        campaign = open_campaign(session=session, actor=crew.account)
        papers = [
            {"overall": "5", "objectives": "4", "pace": "4", "trainer": "5", "conditions": "yes", "recommendation": "9"}
        ] * 4
        type_paper_answers(campaign=campaign, papers=papers, answered_on=last, actor=crew.manager)
    with at(last + timedelta(days=2)):
        for kind in (DocumentKind.ATTENDANCE_SHEET, DocumentKind.COMPLETION, DocumentKind.ATTESTATION):
            issued(session, kind, crew)


def results_noted(session: Session, crew: Crew, people: Sequence[Enrolment]) -> None:
    last = last_day_of(session)
    evaluation = add_evaluation(
        session=session,
        title="Réunion filmée, grille à trois critères",
        moment=Moment.EXIT,
        held_on=last,
        upload=paper(title="Grille d’évaluation", subject=session.reference, owner=session.organisation.name, day=last),
        actor=crew.account,
    )
    objectives = list(objectives_of(session))
    levels = {
        (enrolment.pk, objective.pk): Acquired.PROGRESS if number == 1 and place == len(objectives) - 1 else Acquired.YES
        for number, enrolment in enumerate(people)
        for place, objective in enumerate(objectives)
    }
    record_results(session=session, moment=Moment.EXIT, levels=levels, evaluation=evaluation, dated_on=last, actor=crew.account)


def adaptation_decided(enrolment: Enrolment, crew: Crew, *, state: MeasureState) -> None:
    today = timezone.localdate()
    request = record_answer(
        enrolment=enrolment,
        wish=Wish.YES,
        need="Des supports en gros caractères, et une pause toutes les heures.",
        answered_on=today,
        actor=crew.manager,
    )
    decide(
        request=request, decision="Supports agrandis remis avant ; pauses annoncées à tous.", decided_on=today, actor=crew.manager
    )
    measure = add_measure(
        request=request, kind=MeasureKind.EQUIPMENT, text="Supports imprimés en corps 18", planned_on=today, actor=crew.manager
    )
    follow_measure(measure=measure, state=state, state_on=today, actor=crew.manager)


def issued(session: Session, kind: DocumentKind, crew: Crew) -> list[Issued]:
    report = issue(session=session, kind=kind, targets=targets_of(session, kind), actor=crew.manager)
    if report.refused:
        raise ValueError(f"{session} : {kind} refusé, {report.refused}")
    return list(report.issued)

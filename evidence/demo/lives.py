"""Sessions of the demonstration at every moment of their life."""

from __future__ import annotations

from datetime import timedelta

from evidence.closing.verbs import close_session
from evidence.demo.acts import (
    Crew,
    adaptation_decided,
    all_signed,
    answered,
    begun,
    course_adapted,
    ended,
    finished,
    half_days_of,
    held,
    issued,
    last_day_of,
    left,
    made,
    once_of,
    people_of,
    prepared,
    results_noted,
    signed,
)
from evidence.demo.files import subcontracting
from evidence.demo.moments import at
from trainings.adaptations.models import MeasureState
from trainings.attendance.models import MarkKind, MarkMethod
from trainings.attendance.verbs import Said, countersign, declare, sign
from trainings.catalogue.models import Course
from trainings.documents.models import DocumentKind
from trainings.sessions.calendar import OpenDays
from trainings.sessions.models import Session, SessionKind, SessionState, Step
from trainings.sessions.verbs import (
    change_state,
    give_to_subcontractor,
    make_session,
    skip_step,
    tick_step,
)


def live(course: Course, crew: Crew) -> list[Session]:
    """One session in each state, the oldest first; the course has a programme in force."""
    return [
        _closed(course, crew),
        _subcontracted(course, crew),
        _with_holes(course, crew),
        _running(course, crew),
        _confirmed(course, crew),
        _planned(course, crew),
        _put_off(course, crew, SessionState.POSTPONED, "Trop peu d’inscrits : proposée de nouveau au printemps."),
        _put_off(course, crew, SessionState.CANCELLED, "Le client a changé d’organisation interne."),
        _draft(course, crew),
    ]


def _closed(course: Course, crew: Crew) -> Session:
    """Everything done, on time; nothing is missing."""
    session = made(course, crew, days=-42, people=4)
    prepared(session, crew)
    held(session, crew)
    finished(session, crew)
    with at(last_day_of(session) + timedelta(days=30)) as moment:
        for step in Step.objects.filter(session=session, done_at__isnull=True).order_by("due_on", "pk"):
            if step.automatic and step.due_on > last_day_of(session) + timedelta(days=30):
                skip_step(step=step, reason="Recueilli au téléphone lors du bilan avec l’entreprise.", actor=crew.manager)
            else:
                tick_step(step=step, actor=crew.manager)
        return close_session(session=session, actor=crew.manager, now=moment)


def _subcontracted(course: Course, crew: Crew) -> Session:
    """Given to a subcontractor under a contract; held, not closed."""
    subcontractor, contract = subcontracting(course.organisation, manager=crew.manager, today=crew.today)
    session = made(course, crew, days=-24, people=3)
    session = give_to_subcontractor(session=session, subcontractor=subcontractor, subcontract=contract, actor=crew.manager)
    prepared(session, crew)
    held(session, crew)
    return session


def _with_holes(course: Course, crew: Crew) -> Session:
    """Last week: a late signature, one that nobody gave, an absence, somebody who left, a half-day not countersigned, results for some."""
    session = made(course, crew, days=-9, people=5)
    prepared(session, crew, answering=4)
    begun(session)
    people, half_days = people_of(session), half_days_of(session)
    for place, half_day in enumerate(half_days):
        with at(half_day.day, half_day.ends_at.hour, half_day.ends_at.minute):
            for number, enrolment in enumerate(people):
                if (place == 3 and number in (0, 1)) or (place > 1 and number == 3):
                    continue
                if place == 2 and number == 4:
                    declare(
                        half_day=half_day,
                        enrolment=enrolment,
                        kind=MarkKind.EXCUSED,
                        reason="Rendez-vous médical",
                        actor=crew.account,
                    )
                else:
                    signed(half_day, enrolment)
            if place < 3:
                countersign(half_day=half_day, trainer=crew.trainer, actor=crew.account, once=once_of(half_day, crew.trainer.pk))
    with at(half_days[2].day, 9):
        left(people[3], crew, on=half_days[1].day)
    last = half_days[3]
    with at(last.day + timedelta(days=1), 9):
        sign(
            half_day=last,
            enrolment=people[0],
            said=Said(
                method=MarkMethod.CONFIRMED, once=once_of(last, people[0].pk), reason="Téléphone déchargé", address="192.0.2.0/24"
            ),
        )
    with at(last.day, 18):
        ended(session, crew)
        results_noted(session, crew, people[:3])
    return session


def _running(course: Course, crew: Crew) -> Session:
    """It began before today and ends today: its first day is signed, today is not."""
    at_the_weekend = OpenDays().closed(crew.today) is not None
    eve = crew.today - timedelta(days=1)
    while not at_the_weekend and OpenDays().closed(eve):
        eve -= timedelta(days=1)
    session = made(course, crew, days=-1, people=4, weekends=at_the_weekend, first=eve)
    prepared(session, crew)
    with at(eve, 8):
        change_state(session=session, to=SessionState.RUNNING, actor=None)
    for half_day in half_days_of(session):
        if half_day.day < crew.today:
            all_signed(half_day, people_of(session), crew)
    return session


def _confirmed(course: Course, crew: Crew) -> Session:
    """Within ten days: convocations are issued, four of five people said their needs; the course is adapted to one, the room to another."""
    session = made(course, crew, days=10, people=5)
    with at(crew.today - timedelta(days=3)):
        answered(session, crew, people_of(session)[:4])
        course_adapted(people_of(session)[2], crew)
        change_state(session=session, to=SessionState.CONFIRMED, actor=crew.manager)
    with at(crew.today - timedelta(days=2)):
        adaptation_decided(people_of(session)[1], crew, state=MeasureState.PLANNED)
        issued(session, DocumentKind.CONVOCATION, crew)
        issued(session, DocumentKind.AGREEMENT, crew)
    return session


def _planned(course: Course, crew: Crew) -> Session:
    return made(course, crew, days=33, people=2)


def _put_off(course: Course, crew: Crew, state: SessionState, reason: str) -> Session:
    session = made(course, crew, days=18 if state == SessionState.POSTPONED else 25, people=1)
    return change_state(session=session, to=state, reason=reason, actor=crew.manager)


def _draft(course: Course, crew: Crew) -> Session:
    return make_session(
        organisation=course.organisation,
        course=course,
        slots=(),
        trainers=[],
        fields={"state": SessionState.DRAFT, "kind": SessionKind.INTRA},
        actor=crew.manager,
    )

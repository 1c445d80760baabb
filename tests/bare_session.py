"""A session of which nothing is recorded, and all that is to be recorded of it: what closing and ticking both look at."""

from __future__ import annotations

from tests.cast import Cast
from tests.factories import (
    CampaignFactory,
    CountersignatureFactory,
    EnrolmentFactory,
    HalfDayFactory,
    IssuedFactory,
    MarkFactory,
    ObjectiveFactory,
    ObjectiveResultFactory,
    ProgrammeFactory,
    ResponseFactory,
    SessionFactory,
    StepFactory,
)
from trainings.learning.models import Moment
from trainings.sessions.models import Session


def a_bare_session(people: Cast, **fields: object) -> Session:
    """One half-day, an objective, one person enrolled, a survey asked, a step to do; nothing recorded."""
    session: Session = SessionFactory(organisation=people.organisation, trainers=[people.trainer_record], **fields)
    session.programme = ProgrammeFactory(course=session.course)
    session.save()
    ObjectiveFactory(programme=session.programme)
    HalfDayFactory(session=session)
    EnrolmentFactory(session=session, trainee__first_name="Anaïs", trainee__last_name="Lefèvre")
    CampaignFactory(session=session)
    StepFactory(session=session, label="Ranger la salle")
    return session


def record_the_work(session: Session, people: Cast) -> None:
    """Register, results, certificates and an answer, of everybody enrolled."""
    half_day, objective = session.half_days.get(), session.programme.objectives.get()
    for enrolment in session.enrolments.all():
        MarkFactory(half_day=half_day, enrolment=enrolment)
        ObjectiveResultFactory(enrolment=enrolment, objective=objective, moment=Moment.EXIT)
        IssuedFactory(session=session, enrolment=enrolment)
    CountersignatureFactory(half_day=half_day, trainer=people.trainer_record)
    ResponseFactory(campaign=session.campaigns.get())

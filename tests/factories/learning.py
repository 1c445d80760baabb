"""Factories of what people learnt: evaluations, results by objective, examinations, published rates."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from tests.factories.trainings import CourseFactory, EnrolmentFactory, SessionFactory
from trainings.learning.models import Acquired, Evaluation, ExamResult, Moment, ObjectiveResult, PublishedRates


class EvaluationFactory(DjangoModelFactory):
    class Meta:
        model = Evaluation

    organisation = factory.SelfAttribute("session.organisation")
    session = factory.SubFactory(SessionFactory)
    title = "Mise en situation filmée"
    moment = Moment.EXIT
    held_on = date(2026, 9, 8)


class ObjectiveResultFactory(DjangoModelFactory):
    """`objective` belongs to the programme that the session follows: give it."""

    class Meta:
        model = ObjectiveResult

    organisation = factory.SelfAttribute("enrolment.organisation")
    enrolment = factory.SubFactory(EnrolmentFactory)
    moment = Moment.EXIT
    level = Acquired.YES
    dated_on = date(2026, 9, 8)


class ExamResultFactory(DjangoModelFactory):
    class Meta:
        model = ExamResult

    organisation = factory.SelfAttribute("enrolment.organisation")
    enrolment = factory.SubFactory(EnrolmentFactory)


class PublishedRatesFactory(DjangoModelFactory):
    """Twelve months of a certifying course."""

    class Meta:
        model = PublishedRates

    organisation = factory.SelfAttribute("course.organisation")
    course = factory.SubFactory(CourseFactory, certifying=True)
    from_day = date(2025, 11, 1)
    to_day = date(2026, 10, 31)
    enrolled = 20
    presented = 18
    passed = 15
    published_on = date(2026, 11, 2)

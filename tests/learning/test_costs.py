"""Every page on which learning is edited costs the same number of queries, whatever the number of people and of what is noted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.factories import (
    CourseFactory,
    EnrolmentFactory,
    EvaluationFactory,
    ExamResultFactory,
    IntakeFactory,
    ObjectiveFactory,
    ObjectiveResultFactory,
    ProgrammeFactory,
    SessionFactory,
)
from tests.harness.worlds import shared
from trainings.learning.models import IntakeKind
from trainings.sessions.models import SessionState

pytestmark = pytest.mark.django_db
people = shared(cast.gather)
TODAY = timezone.localdate()
COSTS = {
    "before": 14,
    "person": 12,
    "type_answers": 11,
    "conclude": 6,
    "add_need": 8,
    "add_evaluation": 7,
    "exams": 10,
    "objective": 15,
    "results_of": 15,
}
COMES_BACK = {"exams": 14, "objective": 25, "results_of": 25}


@pytest.fixture
def ground(people):
    """A session of a certifying course, one objective; `fill(n)` adds n people with all that may be noted of them."""
    course = CourseFactory(organisation=people.organisation, certifying=True)
    programme = ProgrammeFactory(course=course)
    return SessionFactory(
        organisation=people.organisation,
        course=course,
        programme=programme,
        state=SessionState.RUNNING,
        trainers=[people.trainer_record],
        starts_on=TODAY - timedelta(days=8),
        ends_on=TODAY - timedelta(days=7),
    )


def fill(session, number: int) -> tuple[dict[str, str], list, list]:
    """Addresses of the pages, people and objectives, once so many of each are there, with answers, evaluations and examinations."""
    people = EnrolmentFactory.create_batch(number, session=session)
    objectives = [ObjectiveFactory(programme=session.programme, position=place) for place in range(1, number + 1)]
    for person in people:
        intake = IntakeFactory(enrolment=person)
        IntakeFactory(
            enrolment=person, kind=IntakeKind.POSITIONING, decision="accept", conclusion="Bien", concluded_on=date(2026, 9, 1)
        )
        EvaluationFactory(session=session)
        ExamResultFactory(enrolment=person, exam_on=session.ends_on, sat=True, passed=True)
        for objective in objectives:
            ObjectiveResultFactory(enrolment=person, objective=objective)
    pages = {
        "before": [session.pk],
        "person": [person.pk],
        "type_answers": [person.pk, "needs"],
        "conclude": [intake.pk],
        "add_need": [session.pk],
        "add_evaluation": [session.pk],
        "exams": [session.pk],
        "objective": [session.pk, objectives[0].pk],
        "results_of": [person.pk],
    }
    addresses = {name: reverse(f"learning:{name}", args=[session.organisation.slug, *place]) for name, place in pages.items()}
    return addresses, people, objectives


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("name", list(COSTS))
def test_an_edit_page(people, ground, name, number, django_assert_num_queries):
    addresses, _people, _objectives = fill(ground, number)
    client = people.client(people.training_manager)
    client.get(addresses[name])
    with django_assert_num_queries(COSTS[name]):
        assert client.get(addresses[name]).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("name", list(COMES_BACK))
def test_an_edit_page_that_comes_back(people, ground, name, number, django_assert_num_queries):
    """A day to come, a day before the session: the page is shown again with what is wrong."""
    addresses, trained, objectives = fill(ground, number)
    client = people.client(people.training_manager)
    too_early = {"moment": "exit", "dated_on": "2001-01-01"}
    sent = {
        "exams": {f"{person.pk.hex}-informed_on": "2099-01-01" for person in trained},
        "objective": too_early | {f"r-{person.pk.hex}-{objectives[0].pk}": "in_progress" for person in trained},
        "results_of": too_early | {f"r-{trained[-1].pk.hex}-{objective.pk}": "in_progress" for objective in objectives},
    }[name]
    client.get(addresses[name])
    with django_assert_num_queries(COMES_BACK[name]):
        assert client.post(addresses[name], sent).status_code == 422

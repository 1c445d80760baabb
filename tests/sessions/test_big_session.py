"""A session of 300 people and 40 half-days opens as lightly as a small one."""

from datetime import date

import pytest
from django.urls import reverse

from bench.session_page import HALF_DAYS, MOST_QUERIES, PEOPLE, build
from tests import cast
from tests.factories import EnrolmentFactory, HalfDayFactory, SessionFactory, StepFactory
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db


people = shared(cast.gather)
big = shared(lambda people: build(people.organisation, trainer=people.trainer_record, first_day=date(2027, 3, 1)), on=people)


def page_of(people, session):
    return reverse("sessions:detail", args=["fil-ouest", session.pk])


def test_a_big_session_takes_as_many_queries_as_a_small_one(people, big, django_assert_num_queries):
    small = SessionFactory(organisation=people.organisation, trainers=[people.trainer_record])
    HalfDayFactory(session=small)
    EnrolmentFactory(session=small)
    StepFactory(session=small)
    assert (big.enrolments.count(), big.half_days.count()) == (PEOPLE, HALF_DAYS)
    client = people.client(people.training_manager)
    for session in (small, big):
        with django_assert_num_queries(15):
            client.get(page_of(people, session))
    assert MOST_QUERIES == 30


def test_people_come_fifty_at_a_time(people, big):
    page = people.client(people.training_manager).get(f"{page_of(people, big)}?page=6").context["page"]
    assert (page.number, page.start_index(), page.end_index()) == (6, 251, 300)


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [(date(2027, 1, 4), (3, 1), (3, 10)), (date(2027, 3, 12), (3, 11), (3, 22)), (date(2027, 9, 1), (3, 17), (3, 26))],
)
def test_days_around_today_come_first(people, big, monkeypatch, today, first, last):
    monkeypatch.setattr("trainings.sessions.views.detail.timezone.localdate", lambda: today)
    page = people.client(people.training_manager).get(page_of(people, big)).context
    days = [day for day, _half_days in page["days"]]
    assert (days[0], days[-1]) == (date(2027, *first), date(2027, *last))
    assert (len(days), len(page["other_days"])) == (8, HALF_DAYS // 2 - 8)

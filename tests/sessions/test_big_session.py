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
    return reverse("dossiers:session", args=["fil-ouest", session.pk])


def test_a_big_session_takes_as_many_queries_as_a_small_one(people, big, django_assert_num_queries):
    small = SessionFactory(
        organisation=people.organisation,
        trainers=[people.trainer_record],
        state=big.state,
        starts_on=big.starts_on,
        ends_on=big.ends_on,
    )
    HalfDayFactory(session=small, day=big.starts_on)
    EnrolmentFactory(session=small)
    StepFactory(session=small)
    assert (big.enrolments.count(), big.half_days.count()) == (PEOPLE, HALF_DAYS)
    client = people.client(people.training_manager)
    for session in (small, big):
        client.get(page_of(people, session))  # what the engine says is kept from then on
        with django_assert_num_queries(19):
            client.get(page_of(people, session))
    assert MOST_QUERIES == 30


def test_people_come_twenty_five_at_a_time(people, big):
    page = people.client(people.training_manager).get(f"{page_of(people, big)}?page=12").context["page"]
    assert (page.number, page.start_index(), page.end_index()) == (12, 276, 300)


def test_a_big_session_stays_a_light_page(people, big):
    """What the browser is given of 300 people and 40 half-days."""
    assert len(people.client(people.training_manager).get(page_of(people, big)).content) < 120_000

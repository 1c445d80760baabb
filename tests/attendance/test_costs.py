"""Every page of the register costs the same number of queries, whatever the number of people and of half-days."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import ConnectionFactory, ConnectionReportFactory, EnrolmentFactory, HalfDayFactory
from trainings.attendance.rotating import code_of
from trainings.attendance.verbs import Said, countersign, declare, note_follow_up, sign
from trainings.sessions.models import LinkPurpose
from trainings.sessions.verbs import personal_link

pytestmark = pytest.mark.django_db
COSTS = {
    "half_day": 16,
    "display": 12,
    "pass_round": 9,
    "sheet": 11,
    "remote": 8,
    "report": 10,
    "follow_ups": 10,
}


@pytest.fixture
def fill(room, clock):
    """People who signed, were absent and called, seen in a report; half-days countersigned."""

    def more(number: int) -> None:
        for place in range(number):
            day = room.session.starts_on - timedelta(days=place + 1)
            half_day = HalfDayFactory(session=room.session, day=day)
            present, absent = EnrolmentFactory.create_batch(2, session=room.session)
            sign(half_day=half_day, enrolment=present, said=Said(method="confirmed", once=uuid.uuid4(), reason="Oubli"))
            sign(half_day=room.afternoon, enrolment=present, said=Said(method="confirmed", once=uuid.uuid4()))
            declare(half_day=room.morning, enrolment=absent, kind="absent", actor=room.people.trainer)
            note_follow_up(
                enrolment=absent, subject="absence", event_on=room.morning.day, contacted_on=room.morning.day,
                action="Appelé", actor=room.people.trainer,
            )  # fmt: skip
            countersign(half_day=half_day, trainer=room.trainer, actor=room.people.trainer, once=uuid.uuid4())
            ConnectionFactory(report=room.report, enrolment=present)

    room.report = ConnectionReportFactory(half_day=room.afternoon)
    return more


def row_of(room, name: str):
    return {"sheet": room.session, "follow_ups": room.session, "report": room.report}.get(name, room.afternoon)


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("name", list(COSTS))
def test_a_page_of_the_team(room, fill, django_assert_num_queries, name, size):
    fill(size)
    browser = room.people.client(room.people.trainer)
    address = reverse(f"attendance:{name}", args=[room.organisation.slug, row_of(room, name).pk])
    browser.get(address)
    with django_assert_num_queries(COSTS[name]):
        assert browser.get(address).status_code == 200


@pytest.mark.parametrize("size", [1, 3])
def test_a_public_page(room, fill, clock, client, django_assert_num_queries, size):
    fill(size)
    token = personal_link(enrolment=room.karim, purpose=LinkPurpose.ATTENDANCE, actor=None).token
    names = reverse("sign:displayed", args=[room.afternoon.pk, code_of(room.afternoon.pk, now=clock.now)])
    for address, cost in ((f"/e/{token}/", 3), (f"/e/{token}/fait/", 3), (names, 2)):
        with django_assert_num_queries(cost):
            assert client.get(address).status_code == 200

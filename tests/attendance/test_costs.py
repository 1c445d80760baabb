"""Every page of the register costs the same number of queries, whatever the number of people and of half-days."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import ConnectionFactory, ConnectionReportFactory, EnrolmentFactory, HalfDayFactory
from trainings.attendance.rotating import code_of
from trainings.attendance.verbs import Said, correct, countersign, declare, note_follow_up, sign
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


EDITS = {"correct": 9, "follow_up": 8, "report that comes back": 14, "report that is kept": 23}


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("name", list(EDITS))
def test_an_edit_page(room, fill, clock, django_assert_num_queries, name, size):
    """One or three lines about one person, contacts, connections: shown in a form, sent back for a mistake, kept."""
    fill(size)
    line = declare(half_day=room.morning, enrolment=room.karim, kind="absent", actor=room.people.trainer)
    for place in range(size):
        line = correct(mark=line, kind="present", minutes=60 + place, reason="Précisé", actor=room.people.trainer)
    browser = room.people.client(room.people.trainer)
    seen = list(room.report.connections.all())
    wrong = {f"who-{each.pk}": str(each.enrolment_id) for each in seen} | {f"minutes-{each.pk}": "beaucoup" for each in seen}
    right = wrong | {f"minutes-{each.pk}": "30" for each in seen} | {"go": "keep"}
    report = reverse("attendance:report", args=[room.organisation.slug, room.report.pk])
    ask = {
        "correct": lambda: browser.get(reverse("attendance:correct", args=[room.organisation.slug, line.pk])).status_code,
        "follow_up": lambda: (
            browser.get(reverse("attendance:follow_up", args=[room.organisation.slug, room.karim.pk])).status_code
        ),
        "report that comes back": lambda: browser.post(report, wrong).status_code,
        "report that is kept": lambda: browser.post(report, right).status_code,
    }[name]
    browser.get(report)
    with django_assert_num_queries(EDITS[name]):
        assert ask() == {"report that comes back": 422, "report that is kept": 302}.get(name, 200)


@pytest.mark.parametrize("size", [1, 3])
def test_a_public_page(room, fill, clock, client, django_assert_num_queries, size):
    fill(size)
    token = personal_link(enrolment=room.karim, purpose=LinkPurpose.ATTENDANCE, actor=None).token
    names = reverse("sign:displayed", args=[room.afternoon.pk, code_of(room.afternoon.pk, now=clock.now)])
    for address, cost in ((f"/e/{token}/", 3), (f"/e/{token}/fait/", 3), (names, 2)):
        with django_assert_num_queries(cost):
            assert client.get(address).status_code == 200

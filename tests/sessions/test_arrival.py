"""Somebody who comes while a session runs: the day is proposed, kept, and owes nothing before it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from evidence.debts.queries import owed_in
from tests import cast as standing
from tests.factories import EnrolmentFactory, HalfDayFactory, SessionFactory, TraineeFactory
from tests.sessions.test_enrolments import lines
from trainings.attendance.queries.grid import half_day_counts
from trainings.sessions.models import Enrolment
from trainings.sessions.rules import usual_arrival
from trainings.sessions.verbs import change_enrolment, enrol

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 9, 7)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "today", "proposed"),
    [
        (MONDAY, MONDAY + timedelta(days=2), MONDAY - timedelta(days=1), None),
        (MONDAY, MONDAY + timedelta(days=2), MONDAY, None),  # the first day
        (MONDAY, MONDAY + timedelta(days=2), MONDAY + timedelta(days=1), MONDAY + timedelta(days=1)),
        (MONDAY, MONDAY + timedelta(days=2), MONDAY + timedelta(days=2), MONDAY + timedelta(days=2)),
        (MONDAY, MONDAY + timedelta(days=2), MONDAY + timedelta(days=3), None),  # over: typed afterwards
        (MONDAY, None, MONDAY + timedelta(days=1), None),
        (None, None, MONDAY, None),
    ],
)
def test_the_day_proposed(starts_on, ends_on, today, proposed):
    assert usual_arrival(starts_on, ends_on, today=today) == proposed


@pytest.fixture
def cast():
    return standing.gather()


@pytest.fixture
def session(cast):
    """Of three days, the second being today."""
    today = timezone.localdate()
    made = SessionFactory(
        organisation=cast.organisation, starts_on=today - timedelta(days=1), ends_on=today + timedelta(days=1), state="running"
    )
    HalfDayFactory(session=made, day=made.starts_on)
    return made


def test_the_form_proposes_today_and_keeps_it(cast, session):
    client = cast.client(cast.training_manager)
    address = reverse("sessions:enrol", args=["fil-ouest", session.pk])
    form = client.get(address).context["form"]
    assert form.initial["joined_on"] == timezone.localdate()
    posted = {
        "first_name": "Tardive",
        "last_name": "Inventée",
        "joined_on": f"{timezone.localdate():%d/%m/%Y}",
        **lines(("", "", "")),
    }
    assert client.post(address, posted).status_code == 302
    assert Enrolment.objects.get(session=session).joined_on == timezone.localdate()


@pytest.mark.parametrize(("days", "kept"), [(-3, None), (-1, None), (0, 0), (1, 1), (2, "refused")])
def test_which_days_are_kept(session, days, kept):
    today = timezone.localdate()
    trainee = TraineeFactory(organisation=session.organisation)

    def write():
        return enrol(session=session, trainee=trainee, actor=None, joined_on=today + timedelta(days=days))

    if kept == "refused":
        with pytest.raises(ValidationError, match="La session était finie ce jour-là"):
            write()
    else:
        assert write().joined_on == (None if kept is None else today + timedelta(days=kept))


def test_it_is_corrected_where_the_enrolment_is(session):
    enrolment = EnrolmentFactory(session=session)
    change_enrolment(enrolment=enrolment, fields={"joined_on": timezone.localdate()}, fundings=(), actor=None)
    enrolment.refresh_from_db()
    assert enrolment.joined_on == timezone.localdate()


@pytest.mark.parametrize(("late", "expected"), [(False, 2), (True, 1)])
def test_the_register_and_what_is_owed_ask_for_the_same_people(cast, session, late, expected):
    EnrolmentFactory(session=session)
    EnrolmentFactory(session=session, joined_on=timezone.localdate() if late else None)
    [count] = half_day_counts(session, now=timezone.now())
    said = [each.what for each in owed_in(cast.organisation, today=timezone.localdate()) if "signatures manquantes" in each.what]
    assert (count.expected, [what.rpartition(" sur ")[2] for what in said]) == (expected, [f"{expected}."])

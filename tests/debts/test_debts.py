"""What is owed, who is reminded of it, and what a trainer finds on their first page."""

from datetime import time, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from evidence.debts.models import Reminder
from evidence.debts.queries import owed_in, people_owing
from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import EnrolmentFactory, HalfDayFactory, SessionFactory, StepFactory, TrainerFactory
from trainings.attendance.models import Mark, MarkKind, MarkMethod
from trainings.people.verbs import trainer_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast.gather()


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def session(people, today):
    """A session of a fortnight ago, led by Yann, one half-day nobody signed, one person enrolled."""
    day = today - timedelta(days=14)
    made = SessionFactory(
        organisation=people.organisation, reference="S26-041", starts_on=day, ends_on=day, trainers=[people.trainer_record]
    )
    EnrolmentFactory(session=made)
    HalfDayFactory(session=made, day=day, part="am", starts_at=time(9), ends_at=time(12))
    return made


def at(name):
    return reverse(f"debts:{name}", args=["fil-ouest"])


def owed_by(people, today, trainer):
    return [each for each in owed_in(people.organisation, today=today) if str(trainer.pk) in each.trainers]


def countersign(half_day, trainer):
    return Mark.objects.create(
        organisation=half_day.organisation,
        session=half_day.session,
        number=1,
        half_day=half_day,
        trainer=trainer,
        kind=MarkKind.COUNTERSIGNED,
        method=MarkMethod.CONFIRMED,
        signed_at=timezone.now(),
        once="00000000-0000-4000-8000-000000000001",
        fingerprint="0" * 64,
    )


def test_a_half_day_that_is_over_is_owed_by_who_led_it(people, session, today):
    register = reverse("attendance:half_day", args=["fil-ouest", session.half_days.get().pk])
    owed = [each for each in owed_by(people, today, people.trainer_record) if each.url == register]
    assert [(each.since, each.indicator, each.label) for each in owed] == [(session.starts_on, 12, "S26-041")] * 2
    countersign(session.half_days.get(), people.trainer_record)
    assert len([each for each in owed_by(people, today, people.trainer_record) if each.url == register]) == 1


def test_what_is_owed_comes_the_oldest_first(people, session, today):
    days = [each.since for each in owed_in(people.organisation, today=today)]
    assert days == sorted(days)


def test_a_step_is_owed_by_whoever_it_was_given_to(people, session, today):
    StepFactory(session=session, label="Envoyer le bilan", due_on=today - timedelta(days=1), owner=people.training_manager)
    StepFactory(session=session, key="demain", label="Pas encore", due_on=today, owner=people.training_manager)
    owing = {
        person.name: [each.what for each in person.owed]
        for person in people_owing(people.organisation, owed_in(people.organisation, today=today))
    }
    assert owing["Soazig Perrot"] == ["Envoyer le bilan."]


def test_one_click_reminds_everyone_once_a_week(people, session, today):
    client = people.client(people.training_manager)
    client.post(at("remind"))
    [message] = mail.outbox
    assert message.to == [people.trainer_record.email]
    assert "S26-041" in message.body
    assert "http://testserver/o/fil-ouest/manques/mes-sessions/" in message.body
    row = Reminder.objects.get()
    assert (row.trainer, row.sent_on, row.sent_by) == (people.trainer_record, today, people.training_manager)
    assert Entry.objects.get(verb="debts.reminded").details == {"sent": 1, "failed": 0}
    client.post(at("remind"))
    Reminder.objects.update(sent_on=today - timedelta(days=6))
    client.post(at("remind"))
    assert len(mail.outbox) == 1
    Reminder.objects.update(sent_on=today - timedelta(days=7))
    client.post(at("remind"))
    assert len(mail.outbox) == 2


def test_what_was_mended_since_the_page_was_shown_is_in_no_message(people, session, today):
    client = people.client(people.training_manager)
    assert "contresigner" in client.get(at("index")).content.decode()
    countersign(session.half_days.get(), people.trainer_record)
    client.post(at("remind"))
    assert "contresigner" not in mail.outbox[0].body


def test_a_message_that_does_not_leave_leaves_no_trace(people, session, today, monkeypatch):
    def broken(*_args, **_kwargs):
        raise OSError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    people.client(people.training_manager).post(at("remind"))
    assert Reminder.objects.count() == 0


def test_nobody_is_reminded_for_another_organisation(people, session, today):
    elsewhere = TrainerFactory(organisation=people.sister, email="ailleurs@exemple.fr")
    made = SessionFactory(organisation=people.sister, starts_on=session.starts_on, ends_on=session.ends_on, trainers=[elsewhere])
    EnrolmentFactory(session=made)
    people.client(people.training_manager).post(at("remind"))
    assert [message.to for message in mail.outbox] == [[people.trainer_record.email]]


def test_a_trainer_lands_on_today_s_half_days(people, session, today):
    made = SessionFactory(organisation=people.organisation, starts_on=today, ends_on=today, trainers=[people.trainer_record])
    half_day = HalfDayFactory(session=made, day=today, part="am", starts_at=time(9), ends_at=time(12))
    other = SessionFactory(organisation=people.organisation, starts_on=today, ends_on=today)
    HalfDayFactory(session=other, day=today, part="am", starts_at=time(9), ends_at=time(12))
    client = people.client(people.trainer)
    assert client.get(reverse("organisations:enter", args=["fil-ouest"])).url == at("mine")
    page = client.get(at("mine"))
    assert page.context["half_days"] == [half_day]
    text = page.content.decode()
    assert reverse("attendance:display", args=["fil-ouest", half_day.pk]) in text
    assert reverse("surveys:share", args=["fil-ouest", made.pk]) in text


def test_a_trainer_sees_what_they_owe_alone(people, session, today):
    other = TrainerFactory(organisation=people.organisation)
    hidden = SessionFactory(
        organisation=people.organisation,
        reference="CACHEE",
        starts_on=session.starts_on,
        ends_on=session.ends_on,
        trainers=[other],
    )
    EnrolmentFactory(session=hidden)
    trainer_link(trainer=people.trainer_record, actor=None)
    text = people.client(people.trainer).get(at("mine")).content.decode()
    assert ("S26-041" in text, "CACHEE" in text) == (True, False)


@pytest.mark.parametrize(
    ("who", "index", "mine"),
    [("training_manager", 200, 200), ("trainer", 404, 200), ("auditor", 404, 404), ("stranger", 404, 404)],
)
def test_who_may_open_what(people, who, index, mine):
    client = people.client(getattr(people, who))
    assert (client.get(at("index")).status_code, client.get(at("mine")).status_code) == (index, mine)
    client = people.client(getattr(people, who))
    assert client.post(at("remind")).status_code == (302 if who == "training_manager" else 404)


def furnished(people, today, count):
    for number in range(count):
        day = today - timedelta(days=14 + number)
        made = SessionFactory(organisation=people.organisation, starts_on=day, ends_on=day, trainers=[people.trainer_record])
        EnrolmentFactory(session=made)
        HalfDayFactory(session=made, day=day, part="am", starts_at=time(9), ends_at=time(12))
        StepFactory(session=made, due_on=day, owner=people.quality_manager)


@pytest.mark.parametrize(("name", "who", "queries"), [("index", "training_manager", 46), ("mine", "trainer", 44)])
@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_the_same_number_of_queries(people, today, name, who, queries, count, django_assert_num_queries):
    furnished(people, today, count)
    client = people.client(getattr(people, who))
    with django_assert_num_queries(queries):
        client.get(at(name))

"""What is owed, who is reminded of it, and what a trainer finds on their first page."""

from datetime import time, timedelta
from itertools import pairwise

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone

from evidence.debts.models import Reminder
from evidence.debts.queries import owed_in, people_owing
from evidence.debts.verbs import remind_everyone
from qualiopi.journal.models import Entry
from qualiopi.web.dates import long_date
from tests import cast
from tests.factories import (
    CertifierAuditFactory,
    EnrolmentFactory,
    HalfDayFactory,
    MarkFactory,
    SessionFactory,
    StepFactory,
    TrainerFactory,
)
from tests.harness.worlds import shared
from trainings.attendance.models import Mark, MarkKind, MarkMethod
from trainings.people.links import current_token
from trainings.people.models import TrainerLink
from trainings.people.verbs import trainer_link
from trainings.sessions.models import Session

pytestmark = pytest.mark.django_db


people = shared(cast.gather)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def session(people, today):
    """A session of a fortnight ago, led by Yann, one half-day nobody signed, one person enrolled."""
    day = today - timedelta(days=14)
    made = SessionFactory(
        organisation=people.organisation, reference="DETTE-41", starts_on=day, ends_on=day, trainers=[people.trainer_record]
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
    label = f"DETTE-41 · {session.course.title}"
    assert [(each.since, each.indicator, each.label) for each in owed] == [(session.starts_on, 10, label)] * 2
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
    assert "DETTE-41" in message.body
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
    assert [(line.half_day, line.people, line.signed, line.countersigned) for line in page.context["half_days"]] == [
        (half_day, 0, 0, False)
    ]
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
    assert ("DETTE-41" in text, "CACHEE" in text) == (True, False)


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


def test_the_same_thing_is_said_once(people, session, today):
    """The half-day says what the step and the hole would say; the step that says it stays when the half-day is in order."""
    StepFactory(
        session=session, key="attendance", label="Faire signer", due_on=today - timedelta(days=20), trainer=people.trainer_record
    )
    register = "attendance_and_follow_up_traced"
    keys = [each.key for each in owed_by(people, today, people.trainer_record) if each.session == str(session.pk)]
    assert (keys.count(register), keys.count("step:attendance")) == (2, 0)
    MarkFactory(half_day=session.half_days.get(), enrolment=session.enrolments.get(), number=9)
    countersign(session.half_days.get(), people.trainer_record)
    keys = [each.key for each in owed_by(people, today, people.trainer_record) if each.session == str(session.pk)]
    assert (keys.count(register), keys.count("step:attendance")) == (0, 1)


def test_a_session_of_another_s_mission_or_before_the_period_is_not_owed(people, session, today):
    """Nobody is asked for what the contract did not entrust, nor for what the audit no longer looks at."""
    StepFactory(session=session, key="attendance", label="Faire signer", due_on=today - timedelta(days=20))
    register = {"attendance_and_follow_up_traced", "step:attendance"}

    def owed():
        return {each.key for each in owed_in(people.organisation, today=today) if each.session == str(session.pk)} & register

    assert owed() == {"attendance_and_follow_up_traced"}
    session.run_for, session.missions = "Organisme Donneur d’Ordre", ["evaluation"]
    session.save()
    assert owed() == set()
    session.run_for, session.missions = "", None
    session.save()
    CertifierAuditFactory(organisation=people.organisation, held_on=today - timedelta(days=1))
    assert owed() == set()


def test_whoever_had_to_do_the_step_owes_the_line_that_says_it(people, session, today):
    """What the board owes the team has somebody to do it as soon as a step names them, since the first of both days."""
    early = today - timedelta(days=20)
    StepFactory(session=session, key="conclude", label="Lire les besoins", due_on=early, trainer=people.trainer_record)
    found = {each.key: each for each in owed_by(people, today, people.trainer_record)}
    assert (found["session_need_analysed"].since, found["session_need_analysed"].indicator) == (early, 4)


def test_a_trainer_s_own_steps_and_sessions_make_one_person_and_one_message(people, session, today):
    """The account and the trainer are one person: one line on the page, one message a week."""
    StepFactory(session=session, label="Envoyer le bilan", due_on=today - timedelta(days=1), owner=people.trainer)
    owing = people_owing(people.organisation, owed_in(people.organisation, today=today))
    [person] = [person for person in owing if person.name == "Yann Le Goff"]
    assert "Envoyer le bilan." in [each.what for each in person.owed]
    Reminder.objects.create(
        organisation=people.organisation,
        user=people.trainer,
        email="ailleurs@exemple.fr",
        owed=1,
        sent_on=today - timedelta(days=2),
    )
    people.client(people.training_manager).post(at("remind"))
    assert [message.to for message in mail.outbox] == []


def meanwhile(monkeypatch, happens):
    """What happens once, while the first message is leaving; what it gave."""
    leave = EmailBackend.send_messages
    given = []

    def send_messages(backend, messages):
        if not given:
            given.append(None)
            given[0] = happens()
        return leave(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return given


def test_two_clicks_at_once_send_one_message(people, session, today, monkeypatch):
    second = meanwhile(
        monkeypatch,
        lambda: remind_everyone(
            organisation=people.organisation, site="http://testserver", actor=people.quality_manager, today=today
        ),
    )
    people.client(people.training_manager).post(at("remind"))
    assert (len(mail.outbox), Reminder.objects.count(), second[0].written) == (1, 1, [])


def test_what_is_mended_while_others_are_written_to_is_in_no_message(people, session, today, monkeypatch):
    """People are written to by handfuls; before each, what is owed is read again."""
    for number in range(3):
        other = TrainerFactory(organisation=people.organisation, email=f"animateur{number}@exemple.fr")
        day = today - timedelta(days=12 - number)
        own = SessionFactory(organisation=people.organisation, starts_on=day, ends_on=day, trainers=[other])
        EnrolmentFactory(session=own)
        HalfDayFactory(session=own, day=day, part="am", starts_at=time(9), ends_at=time(12))
    monkeypatch.setattr("evidence.debts.verbs.HANDFUL", 2)
    meanwhile(monkeypatch, lambda: Session.objects.filter(trainers__email="animateur1@exemple.fr").update(state="cancelled"))
    people.client(people.training_manager).post(at("remind"))
    assert [message.to[0] for message in mail.outbox] == [
        people.trainer_record.email,
        "animateur0@exemple.fr",
        "animateur2@exemple.fr",
    ]


def test_a_mail_server_that_is_down_is_told_and_nobody_counts_as_reminded(people, session, dead_postbox):
    answer = people.client(people.training_manager).post(at("remind"), follow=True)
    assert f"Ces messages ne sont pas partis : {people.trainer_record.email}." in answer.content.decode()
    assert Reminder.objects.count() == 0


def test_the_row_that_somebody_else_took_in_between_stops_the_message(people, session, today, monkeypatch):
    """Both read that nobody was reminded; one of the two rows is refused by the base."""
    owing = people_owing(people.organisation, owed_in(people.organisation, today=today))
    monkeypatch.setattr("evidence.debts.verbs.people_owing", lambda *_args: owing)
    for expected in (["Yann Le Goff"], []):
        report = remind_everyone(organisation=people.organisation, site="http://testserver", actor=None, today=today)
        assert report.written == expected
    assert (report.taken, len(mail.outbox)) == (["Yann Le Goff"], 1)


def test_what_was_all_mended_reminds_nobody(people, session, today):
    client = people.client(people.training_manager)
    client.get(at("index"))
    session.state = "cancelled"
    session.save()
    answer = client.post(at("remind"), follow=True)
    assert (mail.outbox, "Personne n’est à relancer" in answer.content.decode()) == ([], True)


def test_who_has_no_address_is_named_and_the_others_are_written_to(people, session, today):
    silent = TrainerFactory(organisation=people.organisation, first_name="Inès", last_name="Carvalho", email="")
    session.trainers.add(silent)
    text = people.client(people.training_manager).get(at("index")).content.decode()
    assert reverse("people:edit_trainer", args=["fil-ouest", silent.pk]) in text
    answer = people.client(people.training_manager).post(at("remind"), follow=True)
    assert "Sans adresse e-mail : Inès Carvalho." in answer.content.decode()
    assert [message.to for message in mail.outbox] == [[people.trainer_record.email]]


def test_a_trainer_without_an_account_gets_their_personal_link(people, session, today):
    alone = TrainerFactory(organisation=people.organisation, first_name="Inès", last_name="Carvalho", email="ines@exemple.fr")
    session.trainers.set([alone])
    people.client(people.training_manager).post(at("remind"))
    [message] = [message for message in mail.outbox if message.to == ["ines@exemple.fr"]]
    link = TrainerLink.objects.get(trainer=alone)
    address = "http://testserver" + reverse("drop:start", args=[current_token(link)])
    assert (address in message.body, "/o/fil-ouest/" in message.body) == (True, False)
    assert people.client(None).get(reverse("drop:start", args=[current_token(link)])).status_code == 200


def test_each_thing_owed_has_its_link(people, session, today):
    """On the pages of who has an account; of a trainer who has none, to their file or by a word to the organisation."""
    people.organisation.contact_email = "bonjour@ateliers-du-fil.example"
    people.organisation.save()
    alone = TrainerFactory(organisation=people.organisation, first_name="Inès", last_name="Carvalho", email="ines@exemple.fr")
    session.trainers.add(alone)
    people.client(people.training_manager).post(at("remind"))
    told = {}
    for message in mail.outbox:
        lines = message.body.splitlines()
        told[message.to[0]] = [after.strip().partition(":")[0] for line, after in pairwise(lines) if line.startswith("- ")]
    assert set(told) == {"ines@exemple.fr", people.trainer_record.email}
    assert set(told["ines@exemple.fr"]) <= {"http", "mailto"}
    assert set(told[people.trainer_record.email]) == {"http"}


def test_an_expired_personal_link_is_made_to_last(people, session, today):
    alone = TrainerFactory(organisation=people.organisation, email="ines@exemple.fr")
    session.trainers.set([alone])
    link = trainer_link(trainer=alone, actor=None)
    TrainerLink.objects.filter(pk=link.pk).update(expires_on=today - timedelta(days=1))
    people.client(people.training_manager).post(at("remind"))
    assert reverse("drop:start", args=[current_token(link)]) in mail.outbox[0].body
    assert TrainerLink.objects.get(pk=link.pk).expires_on > today


def test_the_message_gathers_by_session_and_says_since_when_and_what_it_weakens(people, session, today):
    people.client(people.training_manager).post(at("remind"))
    body = mail.outbox[0].body
    day = long_date(session.starts_on)
    assert body.count(f"DETTE-41 · {session.course.title}") == 1
    assert f"à contresigner. Depuis le {day} (indicateur 10)." in body


def test_the_list_is_narrowed_by_person_indicator_and_words(people, session, today):
    furnished(people, today, 1)
    client = people.client(people.training_manager)

    def shown(**query):
        page = client.get(at("index"), query).context["page"]
        return [each for entry in page.object_list for each in entry.pile.owed]

    everything = shown()
    mine = shown(qui=f"t-{people.trainer_record.pk}")
    assert 0 < len(mine) < len(everything)
    assert {each.indicator for each in shown(indicateur="10")} == {10}
    assert {each.session for each in shown(q="dette-41 contresigner")} == {str(session.pk)}
    assert shown(q="introuvable") == []
    assert len(shown(indicateur="n’importe quoi")) == len(everything)
    assert {(each.trainers, each.user) for each in shown(qui="equipe")} == {((), "")}


def test_by_session_each_line_names_who_can_mend_it(people, session, today):
    page = people.client(people.training_manager).get(at("index"), {"par": "session"}).context["page"]
    lines = {each.what: who for entry in page.object_list for each, who in entry.lines if each.session == str(session.pk)}
    [countersign_line] = [who for what, who in lines.items() if what.endswith("à contresigner.")]
    assert countersign_line == "Yann Le Goff"
    assert "" in lines.values()


def test_a_trainer_without_anything_today_reads_when_they_lead_next(people, today):
    later = today + timedelta(days=3)
    made = SessionFactory(organisation=people.organisation, starts_on=later, ends_on=later, trainers=[people.trainer_record])
    half_day = HalfDayFactory(session=made, day=later, part="am", starts_at=time(9), ends_at=time(12))
    page = people.client(people.trainer).get(at("mine"))
    assert page.context["next"] == half_day
    assert "Prochaine demi-journée" in page.content.decode()


@pytest.mark.parametrize(("name", "who", "queries"), [("index", "training_manager", 14), ("mine", "trainer", 12)])
@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_the_same_number_of_queries(people, today, name, who, queries, count, django_assert_num_queries):
    furnished(people, today, count)
    client = people.client(getattr(people, who))
    client.get(at(name))  # what sessions tell is kept from then on
    with django_assert_num_queries(queries):
        client.get(at(name))

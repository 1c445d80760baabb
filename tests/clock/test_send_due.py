"""What is due leaves by itself, once, whatever happens to the clock."""

from __future__ import annotations

import signal
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from qualiopi.background import verbs
from qualiopi.journal.models import Entry
from qualiopi.organisations.models import Organisation
from tests.factories import (
    CampaignFactory,
    EnrolmentFactory,
    IntakeFactory,
    InvitationFactory,
    OrganisationFactory,
    SessionFactory,
    StepFactory,
    TrainerFactory,
)
from trainings import clock
from trainings.clock import HOLD, send_due
from trainings.management.commands import send_due as send_due_command
from trainings.sessions.models import SessionState, Step
from trainings.sessions.verbs import NotSendable
from trainings.surveys.models import Campaign, Invitation

NOON = datetime(2026, 9, 9, 10, 0, tzinfo=UTC)


@pytest.fixture
def step(db):
    """The survey of a session that ended yesterday, due yesterday; two people to ask."""
    session = SessionFactory(reference="S26-041", organisation__name="Ateliers du Fil Ouest")
    EnrolmentFactory.create_batch(2, session=session)
    return StepFactory(
        session=session, key="survey:end_of_session", label="Enquête à chaud", due_on=date(2026, 9, 8), automatic=True
    )


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """The rooms read the day of the same clock."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def sent() -> int:
    return len(mail.outbox)


def test_what_is_due_leaves_and_is_stamped(step):
    report = send_due(now=NOON)
    step.refresh_from_db()
    assert (step.done_at, step.done_by, step.problem) == (NOON, None, "")
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        step.session.enrolments.values_list("trainee__email", flat=True)
    )
    assert "https://temoin.example/s/" in mail.outbox[0].body
    assert report.done == ["Ateliers du Fil Ouest, S26-041, Enquête à chaud : 2 liens personnels envoyés."]
    line = Entry.objects.get(verb="step.sent")
    assert (line.actor, line.details) == (None, {"step": "survey:end_of_session", "told": "2 liens personnels envoyés."})


def test_a_second_round_sends_nothing_again(step):
    send_due(now=NOON)
    assert send_due(now=NOON + timedelta(days=1)) == clock.Report()
    assert sent() == 2


def test_a_day_off_sends_it_once(step):
    for day in (3, 4, 5):
        send_due(now=NOON + timedelta(days=day))
    assert sent() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"automatic": False},
        {"due_on": date(2026, 9, 10)},
        {"skipped_reason": "Le client envoie le sien."},
        {"done_at": NOON},
    ],
)
def test_what_is_not_due_stays(step, changes):
    Step.objects.update(**changes)
    assert (send_due(now=NOON), sent()) == (clock.Report(), 0)


@pytest.mark.parametrize("state", [SessionState.DRAFT, SessionState.CANCELLED, SessionState.POSTPONED])
def test_nothing_leaves_for_a_session_that_does_not_take_place(step, state):
    step.session.state = state
    step.session.save()
    assert (send_due(now=NOON), sent()) == (clock.Report(), 0)


def test_the_day_is_the_one_of_paris(step):
    Step.objects.update(due_on=date(2026, 9, 10))
    assert send_due(now=datetime(2026, 9, 9, 21, 59, tzinfo=UTC)) == clock.Report()
    assert len(send_due(now=datetime(2026, 9, 9, 22, 1, tzinfo=UTC)).done) == 1


@pytest.mark.parametrize(
    ("zone", "before", "on_the_day"),
    [
        # Half past eleven in Paris on the eve of the new rules is the day itself in Saint-Denis; in Papeete it comes eleven hours later.
        ("Europe/Paris", "2026-10-31T22:59Z", "2026-10-31T23:00Z"),
        ("Indian/Reunion", "2026-10-31T19:59Z", "2026-10-31T20:00Z"),
        ("Pacific/Tahiti", "2026-11-01T09:59Z", "2026-11-01T10:00Z"),
    ],
)
def test_a_step_leaves_on_the_day_of_its_organisation(step, monkeypatch, zone, before, on_the_day):
    OrganisationFactory(time_zone="Pacific/Noumea")
    Organisation.objects.filter(pk=step.organisation_id).update(time_zone=zone)
    Step.objects.filter(pk=step.pk).update(due_on=date(2026, 11, 1))
    done = []
    for told in (before, on_the_day, on_the_day):
        moment = datetime.fromisoformat(told)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        done.append(len(send_due(now=moment).done))
        assert timezone.get_current_timezone_name() == "Europe/Paris"
    assert done == [0, 1, 0]


@pytest.mark.parametrize(
    ("zone", "state"), [("Europe/Paris", "confirmed"), ("Indian/Reunion", "running"), ("Pacific/Tahiti", "confirmed")]
)
def test_a_session_begins_on_the_day_of_its_organisation(db, zone, state):
    session = SessionFactory(
        organisation__time_zone=zone,
        starts_on=date(2026, 11, 1),
        ends_on=date(2026, 11, 2),
        state=SessionState.CONFIRMED,
    )
    send_due(now=datetime(2026, 10, 31, 22, 30, tzinfo=UTC))
    session.refresh_from_db()
    assert session.state == state


def test_what_misses_something_says_what_and_is_tried_again(step):
    step.session.enrolments.all().delete()
    report = send_due(now=NOON)
    step.refresh_from_db()
    why = "Personne n’est inscrit : inscrivez les stagiaires, l’enquête partira ensuite."
    assert (step.done_at, step.problem) == (None, why)
    assert report == clock.Report(waiting=[f"Ateliers du Fil Ouest, S26-041, Enquête à chaud : {why}"])
    EnrolmentFactory(session=step.session)
    assert send_due(now=NOON + HOLD - timedelta(minutes=1)) == clock.Report()
    assert len(send_due(now=NOON + HOLD).done) == 1
    step.refresh_from_db()
    assert (step.done_at, step.problem, sent()) == (NOON + HOLD, "", 1)


@pytest.mark.parametrize("key", ["document:convocation", "intake:needs"])
def test_what_comes_too_late_is_marked_and_not_sent(step, key, monkeypatch):
    for senders in (clock.SENDERS, clock.TOGETHER):
        monkeypatch.setitem(senders, key.partition(":")[0], lambda **_given: pytest.fail("rien ne part"))
    Step.objects.update(key=key)
    send_due(now=NOON)
    step.refresh_from_db()
    assert (step.done_at, sent()) == (None, 0)
    assert step.problem == (
        "Trop tard : la session a commencé. Remettez-le en main propre, ou notez pourquoi l’étape est sans objet."
    )


def test_what_is_too_late_is_told_once_and_leaves_when_the_session_moves(step, monkeypatch):
    """Years of sessions whose convocations were never sent must not be tried every hour."""
    monkeypatch.setitem(clock.TOGETHER, "document", lambda *, steps, now: dict.fromkeys(steps, "parti."))
    Step.objects.update(key="document:convocation", problem="Personne n’est encore inscrit.")
    assert len(send_due(now=NOON).waiting) == 1
    assert send_due(now=NOON + HOLD) == clock.Report()
    step.session.starts_on = step.session.ends_on = date(2026, 9, 20)
    step.session.save()
    assert len(send_due(now=NOON + 2 * HOLD).done) == 1


def test_what_nobody_can_send_says_so(step):
    Step.objects.update(key="pigeon:voyageur")
    send_due(now=NOON)
    step.refresh_from_db()
    assert step.problem == "Rien ne sait envoyer cette étape : faites-la à la main, puis cochez-la."


def test_a_step_that_breaks_holds_no_other_back(step, monkeypatch, caplog):
    StepFactory(session=step.session, key="casse:tout", label="Casse", due_on=date(2026, 9, 1), automatic=True)

    def fail(**_given):
        raise RuntimeError("adresse secrète")

    monkeypatch.setitem(clock.SENDERS, "casse", fail)
    report = send_due(now=NOON)
    assert len(report.done) == 1
    assert report.broken == ["Ateliers du Fil Ouest, S26-041, Casse : erreur, voir le journal du serveur."]
    kept = Step.objects.get(key="casse:tout")
    assert (kept.done_at, "secrète" in kept.problem) == (None, False)
    assert kept.problem.startswith("Une erreur a empêché l’envoi.")
    assert caplog.records[0].exc_info[0] is RuntimeError


def test_another_clock_that_comes_while_one_sends_finds_nothing(step, monkeypatch):
    inner = []

    def send_and_let_another_clock_come(*, step, now):
        inner.append(send_due(now=now + timedelta(minutes=5)))
        return "parti."

    monkeypatch.setitem(clock.SENDERS, "survey", send_and_let_another_clock_come)
    assert len(send_due(now=NOON).done) == 1
    assert inner == [clock.Report()]


def test_a_session_cancelled_between_the_list_and_the_sending_is_left_alone(step, monkeypatch):
    first = StepFactory(session=step.session, key="annule:tout", due_on=date(2026, 9, 1), automatic=True)

    def cancel(*, step, now):
        step.session.state = SessionState.CANCELLED
        step.session.save()
        return "annulée."

    monkeypatch.setitem(clock.SENDERS, "annule", cancel)
    assert len(send_due(now=NOON).done) == 1
    first.refresh_from_db()
    assert (first.done_at, sent()) == (NOON, 0)


@pytest.mark.parametrize(
    ("days", "reminded_days", "answered", "closed", "told"),
    [
        (8, None, False, False, ["Ateliers du Fil Ouest, S26-041 : 1 relance d’enquête envoyée."]),
        (6, None, False, False, []),
        (40, None, False, False, []),
        (20, 10, False, False, []),
        (8, None, True, False, []),
        (8, None, False, True, []),
    ],
)
def test_reminders_leave_by_themselves_once(db, days, reminded_days, answered, closed, told):
    campaign = CampaignFactory(
        session__reference="S26-041",
        session__organisation__name="Ateliers du Fil Ouest",
        opened_on=date(2026, 7, 1),
        closed_on=date(2026, 9, 8) if closed else None,
    )
    InvitationFactory(
        campaign=campaign,
        sent_at=NOON - timedelta(days=days),
        reminded_at=reminded_days and NOON - timedelta(days=reminded_days),
        answered=answered,
    )
    assert send_due(now=NOON).done == told
    assert sent() == len(told)
    assert send_due(now=NOON).done == []


def test_a_survey_that_a_person_closed_is_not_opened_again(step):
    CampaignFactory(session=step.session, opened_on=date(2026, 9, 8), closed_on=date(2026, 9, 8))
    send_due(now=NOON)
    step.refresh_from_db()
    assert (Campaign.objects.get().closed_on, sent()) == (date(2026, 9, 8), 0)
    assert step.problem == "L’enquête a été close : ouvrez-la de nouveau pour l’envoyer, ou notez que l’étape est sans objet."


def test_people_without_address_are_named(step):
    for enrolment in step.session.enrolments.all():
        enrolment.trainee.email = ""
        enrolment.trainee.first_name, enrolment.trainee.last_name = "Anaïs", "Sansadresse"
        enrolment.trainee.save()
    send_due(now=NOON)
    step.refresh_from_db()
    assert step.problem == "Personne n’a d’adresse e-mail (Anaïs Sansadresse, Anaïs Sansadresse) : ajoutez-la."


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("survey:autre", "Aucun questionnaire ne s’appelle « autre »."),
        (
            "survey:company",
            "Aucune entreprise n’est notée sur les inscriptions : ajoutez-la, ou notez que l’étape est sans objet.",
        ),
        ("survey:funder", "Aucun financeur n’est noté sur les inscriptions : ajoutez-le, ou notez que l’étape est sans objet."),
        ("survey:trainer", "Personne n’est désigné pour animer la session : désignez quelqu’un, l’enquête partira ensuite."),
    ],
)
def test_a_survey_without_anybody_to_ask_says_who_is_missing(step, key, why):
    Step.objects.update(key=key)
    with pytest.raises(NotSendable) as missing:
        clock.SENDERS["survey"](step=Step.objects.get(), now=NOON)
    assert missing.value.sentence == why


def test_the_trainer_is_asked_too(step):
    trainer = TrainerFactory(organisation=step.session.organisation, email="yann@exemple.fr")
    step.session.trainers.add(trainer)
    Step.objects.update(key="survey:trainer")
    assert len(send_due(now=NOON).done) == 1
    assert [message.to for message in mail.outbox] == [["yann@exemple.fr"]]
    assert Invitation.objects.get().trainer == trainer


def test_the_command_says_what_it_did(step, capsys):
    call_command("send_due")
    assert capsys.readouterr().out == "Fait : Ateliers du Fil Ouest, S26-041, Enquête à chaud : 2 liens personnels envoyés.\n"
    call_command("send_due")
    assert capsys.readouterr().out == "Rien à envoyer.\n"
    call_command("send_due", verbosity=0)
    assert capsys.readouterr().out == ""


def test_the_command_fails_when_something_broke(step, monkeypatch):
    monkeypatch.setitem(clock.SENDERS, "survey", lambda **_given: 1 / 0)
    with pytest.raises(CommandError) as told:
        call_command("send_due")
    assert (told.value.returncode, str(told.value)) == (
        1,
        "En panne : Ateliers du Fil Ouest, S26-041, Enquête à chaud : erreur, voir le journal du serveur.",
    )


@pytest.mark.parametrize("minutes", ["0", "-5"])
def test_the_command_refuses_a_strange_interval(db, minutes):
    with pytest.raises(CommandError) as told:
        call_command("send_due", f"--every={minutes}")
    assert (told.value.returncode, str(told.value)) == (2, "Indiquez un nombre de minutes, à partir de 1.")


def test_the_command_goes_on_until_it_is_asked_to_stop(step, monkeypatch, capsys):
    """Round after round, also when one of them fails."""
    handlers, waits = {}, []
    monkeypatch.setattr(send_due_command.signal, "signal", lambda number, handler: handlers.update({number: handler}))

    def wait(self, seconds):
        waits.append(seconds)
        if len(waits) == 1:
            monkeypatch.setattr(send_due_command, "send_due", lambda **_given: 1 / 0)
        else:
            handlers[signal.SIGTERM](signal.SIGTERM, None)

    monkeypatch.setattr(send_due_command.Event, "wait", wait)
    call_command("send_due", "--every=5")
    assert (waits, sent()) == ([300, 300], 2)
    assert capsys.readouterr().out == "Fait : Ateliers du Fil Ouest, S26-041, Enquête à chaud : 2 liens personnels envoyés.\n"


@pytest.mark.parametrize("options", [[], ["--every=5"]])
def test_the_command_waits_for_a_database_that_is_held(step, options, monkeypatch, capsys):
    """It tries again before the next round; asked to stop, it waits no more."""
    handlers, waits, rounds = {}, [], []
    monkeypatch.setattr(send_due_command.signal, "signal", lambda number, handler: handlers.update({number: handler}))
    send = send_due_command.send_due

    def held_at_first(*, now):
        rounds.append(now)
        if len(rounds) < 3:
            raise OperationalError("database is locked")
        return send(now=now)

    def wait(self, seconds):
        waits.append(seconds)
        if seconds == 300:
            handlers[signal.SIGTERM](signal.SIGTERM, None)
        return self.is_set()

    monkeypatch.setattr(send_due_command, "send_due", held_at_first)
    monkeypatch.setattr(send_due_command.Event, "wait", wait)
    monkeypatch.setattr(verbs, "connection", SimpleNamespace(close=lambda: None))
    call_command("send_due", *options)
    assert waits == [1, 2] + ([300] if options else [])
    assert capsys.readouterr().out == "Fait : Ateliers du Fil Ouest, S26-041, Enquête à chaud : 2 liens personnels envoyés.\n"


def test_sessions_begin_and_end_by_their_dates(db):
    organisation = OrganisationFactory(name="Ateliers du Fil Ouest")
    begins = SessionFactory(
        organisation=organisation, reference="A", state="confirmed", starts_on=NOON.date(), ends_on=NOON.date()
    )
    ends = SessionFactory(organisation=organisation, reference="B", state="running")
    assert send_due(now=NOON).done == [
        "Ateliers du Fil Ouest, B : la session est terminée.",
        "Ateliers du Fil Ouest, A : la session est en cours.",
    ]
    begins.refresh_from_db()
    ends.refresh_from_db()
    assert (begins.state, ends.state, send_due(now=NOON)) == ("running", "done", clock.Report())


def test_states_that_cannot_follow_hold_no_sending_back(step, monkeypatch, caplog):
    monkeypatch.setattr(clock, "advance_states", lambda **_given: 1 / 0)
    report = send_due(now=NOON)
    assert (len(report.done), report.broken) == (
        1,
        ["Les sessions n’ont pas pu commencer ou finir par leurs dates, voir le journal du serveur."],
    )
    assert caplog.records[0].exc_info[0] is ZeroDivisionError


def test_what_people_did_is_ticked_by_itself_and_looked_for_once_a_day(step):
    session = step.session
    Step.objects.filter(pk=step.pk).update(done_at=NOON)
    asked = StepFactory(session=session, key="conclude", label="Lire les besoins", due_on=date(2026, 9, 8))
    for enrolment in session.enrolments.all():
        IntakeFactory(enrolment=enrolment, kind="needs", conclusion="Rien à adapter.", concluded_on=date(2026, 9, 1))
    assert send_due(now=NOON).done == []
    for enrolment in session.enrolments.all():
        IntakeFactory(enrolment=enrolment, kind="positioning", conclusion="Rien à adapter.", concluded_on=date(2026, 9, 1))
    assert send_due(now=NOON + timedelta(hours=23)).done == []
    later = NOON + timedelta(hours=24)
    assert send_due(now=later).done == ["Ateliers du Fil Ouest, S26-041, Lire les besoins : tout est enregistré."]
    asked.refresh_from_db()
    assert (asked.done_at, asked.done_by) == (later, None)


def test_steps_that_cannot_be_looked_at_hold_nothing_back(step, monkeypatch):
    StepFactory(session=step.session, key="results", due_on=date(2026, 9, 8))
    monkeypatch.setattr(clock, "tick_proved_steps", lambda **_given: 1 / 0)
    report = send_due(now=NOON)
    assert (len(report.done), report.broken) == (1, ["S26-041 : étapes non relues, voir le journal du serveur."])


def test_every_room_that_sends_is_called(step, monkeypatch):
    """A key goes to its room, with the step and the moment."""
    called = []
    for room in list(clock.SENDERS):
        monkeypatch.setitem(clock.SENDERS, room, lambda *, step, now: called.append((step.key, now)) or "fait.")
        StepFactory(session=step.session, key=f"{room}:autre", due_on=date(2026, 9, 1), automatic=True)
    for room in list(clock.TOGETHER):

        def together(*, steps, now):
            called.extend((step.key, now) for step in steps)
            return dict.fromkeys(steps, "fait.")

        monkeypatch.setitem(clock.TOGETHER, room, together)
        StepFactory(session=step.session, key=f"{room}:autre", due_on=date(2026, 9, 1), automatic=True)
    Step.objects.filter(key="intake:autre").update(session=SessionFactory(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 1)))
    assert len(send_due(now=NOON).done) == 4
    keys = {"document:autre", "intake:autre", "survey:autre", "survey:end_of_session"}
    assert {key for key, now in called if now == NOON} == keys

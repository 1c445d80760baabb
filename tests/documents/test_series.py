"""Whole sessions in one go, by a person or by the clock."""

from datetime import UTC, datetime

import pytest
from django.core import mail

from qualiopi.journal.models import Entry
from tests.documents.world import make_world
from tests.factories import SessionFactory, StepFactory
from trainings.attendance.models import Mark
from trainings.documents.models import Batch, DocumentKind, Issued
from trainings.documents.verbs import ask_for_batch, run_batch, send_step
from trainings.sessions.verbs import NotSendable

NOW = datetime(2026, 9, 15, 8, tzinfo=UTC)


def forget_attendance(enrolment):
    Mark.objects.filter(enrolment=enrolment)._raw_delete("default")


def ask(world, people, *, send_too=False):
    return ask_for_batch(session=world.session, kind=DocumentKind.COMPLETION, send_too=send_too, actor=people.training_manager)


def test_a_series_issues_to_everybody_and_tells_its_progress(world, people):
    batch = ask(world, people)
    assert (batch.total, batch.done, batch.finished_at) == (3, 0, None)
    run_batch(batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.total, batch.done, batch.refused) == (3, 3, [])
    assert batch.finished_at is not None
    assert {issued.issued_by for issued in Issued.objects.all()} == {people.training_manager}
    assert mail.outbox == []


def test_a_series_sends_when_asked_and_names_who_is_refused(world, people):
    forget_attendance(world.enrolments[1])
    trainee = world.enrolments[2].trainee
    trainee.email = ""
    trainee.save()
    batch = run_batch(batch_id=ask(world, people, send_too=True).pk)
    assert batch.refused == [
        "Malo Fictive001 : durée réellement suivie : à compléter dans l’émargement de la session.",
        "Énora Fictive002 : aucune adresse e-mail.",
    ]
    assert [message.to for message in mail.outbox] == [[world.enrolments[0].trainee.email]]


def test_a_series_run_twice_changes_nothing(world, people):
    batch = ask(world, people)
    run_batch(batch_id=batch.pk)
    run_batch(batch_id=batch.pk)
    assert Issued.objects.count() == 3
    assert ask(world, people).total == 0


def test_a_series_that_breaks_says_so_and_keeps_what_is_done(world, people, monkeypatch):
    batch = ask(world, people)
    monkeypatch.setattr("trainings.documents.verbs.series.issue", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run_batch(batch_id=batch.pk)
    batch = Batch.objects.get(pk=batch.pk)
    assert batch.refused == [
        "La série s’est arrêtée avant la fin. Ce qui est émis est gardé : lancez-la de nouveau pour le reste."
    ]
    assert batch.finished_at is not None


def step_of(session, kind):
    return StepFactory(session=session, key=f"document:{kind}", automatic=True)


def test_the_clock_issues_and_sends_once(world):
    step = step_of(world.session, "completion_certificate")
    assert send_step(step=step, now=NOW) == "3 documents émis, 3 messages partis."
    assert send_step(step=step, now=NOW) == "Tout était déjà émis et envoyé."
    assert len(mail.outbox) == 3
    assert set(Issued.objects.values_list("issued_on", flat=True)) == {NOW.date()}
    assert Entry.objects.filter(verb="issued.created", actor=None).count() == 3


def test_the_clock_does_what_it_can_and_names_the_rest(world):
    forget_attendance(world.enrolments[1])
    step = step_of(world.session, "completion_certificate")
    with pytest.raises(NotSendable) as caught:
        send_step(step=step, now=NOW)
    assert caught.value.sentence == "Malo Fictive001 : durée réellement suivie : à compléter dans l’émargement de la session."
    assert len(mail.outbox) == 2


def test_what_the_clock_tells_holds_in_a_step(people):
    world = make_world(people.organisation, people=6, signed=False)
    with pytest.raises(NotSendable) as caught:
        send_step(step=step_of(world.session, "completion_certificate"), now=NOW)
    assert len(caught.value.sentence) <= 250
    assert caught.value.sentence.endswith("Et 3 autres.")


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("document:rien", "Cette étape ne nomme aucun document connu."),
        ("document:completion_certificate", "Personne n’est encore concerné par ce document."),
    ],
)
def test_the_clock_says_why_nothing_can_leave(db, key, told):
    step = StepFactory(session=SessionFactory(), key=key, automatic=True)
    with pytest.raises(NotSendable, match=told):
        send_step(step=step, now=NOW)

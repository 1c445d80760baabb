"""Whole sessions in one go, by a person or by the clock."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import OperationalError
from django.utils import timezone
from pikepdf import Pdf

from qualiopi.background.models import Worker
from qualiopi.background.queries import SILENCE
from qualiopi.background.verbs import MOST_ATTEMPTS
from qualiopi.journal.models import Entry
from tests.documents.world import make_world
from tests.factories import SessionFactory, StepFactory
from trainings.attendance.models import Mark
from trainings.documents.emails import DocumentLinks
from trainings.documents.models import Batch, Counter, DocumentKind, Issued, Reservation
from trainings.documents.queries import targets_of
from trainings.documents.verbs import ask_for_batch, issue, issuing, run_batch, send_steps, series
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
        "Malo Fictive001 : durée réellement suivie (modèle du ministère du Travail) : à compléter dans l’émargement de la session.",
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


@pytest.fixture
def printed(monkeypatch):
    """Every document is the same small PDF: what is tried is what happens around it."""
    content = io.BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(content)
    monkeypatch.setattr(issuing, "write_pdfs", lambda pages: (content.getvalue() for _page in pages))


class KilledError(BaseException):
    """The machine stops: nothing of ours runs after it."""


def kill_at(monkeypatch, chunk):
    """Rows are written three by three, and the one who writes is gone before that chunk."""
    keep, chunks = issuing._keep, []

    def keep_until(*args, **kwargs):
        chunks.append(args)
        if len(chunks) == chunk:
            raise KilledError
        return keep(*args, **kwargs)

    monkeypatch.setattr(issuing, "AT_ONCE", 3)
    monkeypatch.setattr(issuing, "_keep", keep_until)
    return lambda: monkeypatch.setattr(issuing, "_keep", keep)


def somebody_else():
    """Another process at work."""
    return Worker.objects.create(alive_at=timezone.now())


def falls_silent(worker):
    Worker.objects.filter(pk=worker.pk).update(alive_at=timezone.now() - SILENCE - timedelta(seconds=1))


def test_whoever_takes_over_after_a_stop_loses_no_number_and_doubles_none(people, monkeypatch, printed):
    world = make_world(people.organisation, people=8)
    batch = ask(world, people, send_too=True)
    revive = kill_at(monkeypatch, 3)
    with pytest.raises(KilledError):
        run_batch(batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.done, batch.total, batch.finished_at, Issued.objects.count(), len(mail.outbox)) == (6, 8, None, 6, 0)
    assert Reservation.objects.count() == 2

    revive()
    batch = run_batch(batch_id=ask(world, people).pk)

    assert Batch.objects.count() == 1
    assert (batch.done, batch.total, batch.refused) == (8, 8, [])
    issued = Issued.objects.order_by("number")
    assert [each.number for each in issued] == [f"CR-{timezone.localdate():%Y}-{n:04d}" for n in range(1, 9)]
    assert {each.enrolment for each in issued} == set(world.enrolments)
    assert Counter.objects.get().last == 8
    assert Reservation.objects.count() == 0
    # Those issued before the stop leave too, once each.
    assert sorted(message.to[0] for message in mail.outbox) == sorted(each.trainee.email for each in world.enrolments)
    assert Entry.objects.filter(verb="issued.created").count() == 8


def test_a_stop_while_sending_sends_the_rest(world, people, monkeypatch, printed):
    batch = ask(world, people, send_too=True)
    claim, calls = DocumentLinks.claim, []

    def claim_once(self, now):
        calls.append(now)
        if len(calls) == 2:
            raise KilledError
        return claim(self, now)

    monkeypatch.setattr(DocumentLinks, "claim", claim_once)
    with pytest.raises(KilledError):
        run_batch(batch_id=batch.pk)
    assert len(mail.outbox) == 1
    batch = run_batch(batch_id=batch.pk)
    assert (batch.done, batch.total) == (3, 3)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(each.trainee.email for each in world.enrolments)


def test_two_do_not_run_the_same_series(world, people, printed):
    batch = ask(world, people)
    other = somebody_else()
    Batch.objects.filter(pk=batch.pk).update(held_by=other.pk, attempts=1)
    run_batch(batch_id=batch.pk)
    assert Issued.objects.count() == 0
    falls_silent(other)
    run_batch(batch_id=batch.pk)
    assert Issued.objects.count() == 3


def test_whoever_was_taken_over_issues_no_more(people, monkeypatch, printed):
    """Only slow, and counted as gone: after the next ten it finds the series held by another, and leaves it to them."""
    world = make_world(people.organisation, people=8)
    batch = ask(world, people, send_too=True)
    other = somebody_else()
    monkeypatch.setattr(issuing, "AT_ONCE", 3)
    keep = issuing._keep

    def keep_slowly(*args, **kwargs):
        Batch.objects.filter(pk=batch.pk).update(held_by=other.pk)
        return keep(*args, **kwargs)

    monkeypatch.setattr(issuing, "_keep", keep_slowly)
    run_batch(batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.held_by, batch.finished_at, Issued.objects.count(), len(mail.outbox)) == (other.pk, None, 3, 0)


def test_a_series_that_ends_processes_is_given_up_with_a_sentence(world, people):
    batch = ask(world, people)
    Batch.objects.filter(pk=batch.pk).update(attempts=MOST_ATTEMPTS)
    batch = run_batch(batch_id=batch.pk)
    assert batch.refused == ["La série s’est interrompue plusieurs fois. Ce qui est émis est gardé : prévenez votre assistance."]
    assert (Batch.objects.get().finished_at is not None, Issued.objects.count()) == (True, 0)


def test_a_database_that_is_away_gives_the_series_back(world, people, monkeypatch):
    batch = ask(world, people)

    def away(**_):
        raise OperationalError("database is locked")

    monkeypatch.setattr(series, "issue", away)
    with pytest.raises(OperationalError):
        run_batch(batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.held_by, batch.finished_at, batch.refused, batch.attempts) == (None, None, [], 1)


def test_a_series_asked_for_twice_is_one(world, people):
    batch = ask(world, people)
    again = ask(world, people, send_too=True)
    assert (again, again.send, Batch.objects.count()) == (batch, True, 1)


def test_two_who_issue_at_once_share_a_number_and_one_document_comes(people, monkeypatch, printed):
    """The other one issues the same certificate while ours is printed."""
    world = make_world(people.organisation, people=1)
    targets = targets_of(world.session, DocumentKind.COMPLETION)
    write_pdfs = issuing.write_pdfs

    def meanwhile(documents):
        pages = list(documents)
        monkeypatch.setattr(issuing, "write_pdfs", write_pdfs)
        issue(session=world.session, kind=DocumentKind.COMPLETION, targets=targets, actor=None)
        return write_pdfs(pages)

    monkeypatch.setattr(issuing, "write_pdfs", meanwhile)
    report = issue(session=world.session, kind=DocumentKind.COMPLETION, targets=targets, actor=None)
    assert [str(refusal) for refusal in report.refused] == ["Anaïs Fictive000 : émis par quelqu’un d’autre au même instant."]
    assert report.issued == []
    assert Issued.objects.get().number.endswith("-0001")
    assert Counter.objects.get().last == 1


def test_a_chunk_asks_as_much_whatever_it_holds(people, django_assert_num_queries, printed):
    """The same for two people as for three: rows and lines of the journal are written together."""
    for organisation, number in ((people.organisation, 2), (people.sister, 3)):
        world = make_world(organisation, people=number)
        batch = ask_for_batch(session=world.session, kind=DocumentKind.COMPLETION, send_too=False, actor=None)
        with django_assert_num_queries(41):
            run_batch(batch_id=batch.pk)


def step_of(session, kind):
    return StepFactory(session=session, key=f"document:{kind}", automatic=True)


def sent_for(step):
    """What the clock says that it did for a step."""
    return send_steps(steps=[step], now=NOW)[step]


def held_back(step):
    """Why the clock did not do all of a step."""
    outcome = sent_for(step)
    assert isinstance(outcome, NotSendable)
    return outcome.sentence


def test_the_clock_issues_and_sends_once(world):
    step = step_of(world.session, "completion_certificate")
    assert sent_for(step) == "3 documents émis, 3 envois partis."
    assert sent_for(step) == "Tout était déjà émis et envoyé."
    assert len(mail.outbox) == 3
    assert set(Issued.objects.values_list("issued_on", flat=True)) == {NOW.date()}
    assert Entry.objects.filter(verb="issued.created", actor=None).count() == 3


def test_the_clock_does_what_it_can_and_names_the_rest(world):
    forget_attendance(world.enrolments[1])
    step = step_of(world.session, "completion_certificate")
    assert (
        held_back(step)
        == "Malo Fictive001 : durée réellement suivie (modèle du ministère du Travail) : à compléter dans l’émargement de la session."
    )
    assert len(mail.outbox) == 2


def test_what_the_clock_tells_holds_in_a_step(people):
    world = make_world(people.organisation, people=6, signed=False)
    sentence = held_back(step_of(world.session, "completion_certificate"))
    assert len(sentence) <= 250
    assert sentence.endswith("Et 3 autres.")


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("document:rien", "Cette étape ne nomme aucun document connu."),
        ("document:completion_certificate", "Personne n’est encore concerné par ce document."),
    ],
)
def test_the_clock_says_why_nothing_can_leave(db, key, told):
    step = StepFactory(session=SessionFactory(), key=key, automatic=True)
    assert held_back(step) == told

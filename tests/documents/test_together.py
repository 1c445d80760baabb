"""All that is issued to one person at one moment leaves in one message, a link for each, and each is opened for itself."""

from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from qualiopi.journal.models import Entry
from tests.documents.test_issuing import issue_all
from tests.documents.world import make_world
from tests.factories import StepFactory
from trainings.clock import send_due
from trainings.documents.emails import DocumentLinks
from trainings.documents.links import sending_token
from trainings.documents.models import Batch, DocumentKind, Issued, Sending
from trainings.documents.verbs import ask_for_batch, cancel, run_batch, send, series

NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)
THREE = (DocumentKind.WELCOME, DocumentKind.RULES, DocumentKind.PROGRAMME)


def three(world):
    return [issued for kind in THREE for issued in issue_all(world, kind).issued]


def links_in(message):
    return [
        line.removeprefix("https://temoin.example") for line in message.body.splitlines() if "/d/" in line and "?lang" not in line
    ]


def test_one_message_a_person_with_a_link_for_each(world):
    report = send(documents=three(world), actor=None)
    assert (report.sent, len(mail.outbox), Sending.objects.filter(sent_at__isnull=False).count()) == (3, 3, 9)
    for message in mail.outbox:
        tokens = [sending_token(each.pk) for each in Sending.objects.filter(email=message.to[0]).order_by("document__number")]
        assert links_in(message) == [f"/d/{token}/" for token in tokens]
        assert message.subject == "Vos 3 documents : Animer une réunion de travail"
        assert "vous envoie ces 3 documents" in message.body
    # One line of the journal for each document, with all who got it.
    assert [entry.details["count"] for entry in Entry.objects.filter(verb="issued.sent")] == [3, 3, 3]


def test_each_is_opened_for_itself(world):
    send(documents=three(world), actor=None)
    first, *_others = links_in(mail.outbox[0])
    Client().post(first)
    (opened,) = Sending.objects.filter(opened_at__isnull=False)
    assert reverse("received:document", args=[sending_token(opened.pk)]) == first


def test_one_that_was_cancelled_meanwhile_is_not_in_the_message(world):
    documents = three(world)
    claim = DocumentLinks.claim

    def cancelled_first(self, now):
        if Issued.objects.filter(cancelled_at__isnull=False).count() == 0:
            cancel(issued=documents[0], reason="Erreur", actor=None)
        return claim(self, now)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(DocumentLinks, "claim", cancelled_first)
        send(documents=documents, actor=None)
    assert [len(links_in(message)) for message in mail.outbox] == [2, 2, 2]
    of_it = Sending.objects.filter(document=documents[0])
    assert set(of_it.values_list("sent_at", "problem")) == {(None, "Le document a été annulé avant que le message ne parte.")}


def test_what_did_not_leave_leaves_later_by_the_same_links(world, dead_postbox, settings):
    documents = three(world)
    report = send(documents=documents, actor=None)
    assert (report.sent, len(report.failed), report.unreachable) == (0, 3, True)
    kept = set(Sending.objects.values_list("pk", "token_hash"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send(documents=documents, actor=None).sent == 3
    assert set(Sending.objects.values_list("pk", "token_hash")) == kept
    assert set(Sending.objects.values_list("problem", flat=True)) == {""}


def test_two_who_send_at_once_write_once_to_each(world):
    """The other one sends while ours is about to leave."""
    documents = three(world)
    claim, reports = DocumentLinks.claim, []

    def another_comes(self, now):
        if not reports:
            reports.append(None)
            reports.append(send(documents=documents, actor=None))
        return claim(self, now)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(DocumentLinks, "claim", another_comes)
        mine = send(documents=documents, actor=None)
    assert (mine.sent, len(mine.taken), reports[1].sent) == (0, 3, 3)
    assert (len(mail.outbox), Sending.objects.count()) == (3, 9)


def test_two_people_of_one_mailbox_get_a_message_each(world):
    for enrolment in world.enrolments[:2]:
        enrolment.trainee.email = "accueil@exemple.fr"
        enrolment.trainee.save()
    send(documents=issue_all(world, DocumentKind.COMPLETION).issued, actor=None)
    greetings = [message.body.splitlines()[0] for message in mail.outbox if message.to == ["accueil@exemple.fr"]]
    assert greetings == ["Bonjour Anaïs,", "Bonjour Malo,"]


def ask(world, kind):
    return ask_for_batch(session=world.session, kind=kind, send_too=True, actor=None)


def test_series_of_one_moment_leave_with_the_last_one(world):
    batches = [ask(world, kind) for kind in THREE]
    for batch in batches[:2]:
        run_batch(batch_id=batch.pk)
        assert mail.outbox == []
    run_batch(batch_id=batches[2].pk)
    assert [len(links_in(message)) for message in mail.outbox] == [3, 3, 3]
    assert Batch.objects.filter(finished_at__isnull=False, leaving_at__isnull=False, held_by__isnull=True).count() == 3
    assert Batch.objects.order_by().values("leaving_at").distinct().count() == 1


def test_a_series_that_ends_while_another_sends_sends_its_own(world):
    """What leaves was chosen: a series that comes later waits for nobody."""
    first, claim, inside = ask(world, DocumentKind.WELCOME), DocumentLinks.claim, []

    def another_ends(self, now):
        if not inside:
            inside.append(ask(world, DocumentKind.RULES))
            run_batch(batch_id=inside[0].pk)
        return claim(self, now)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(DocumentLinks, "claim", another_ends)
        run_batch(batch_id=first.pk)
    assert sorted(len(links_in(message)) for message in mail.outbox) == [1] * 6
    assert Sending.objects.filter(sent_at__isnull=False).count() == 6


def test_a_series_that_stops_for_good_says_that_others_waited(world, monkeypatch):
    first, second = ask(world, DocumentKind.WELCOME), ask(world, DocumentKind.RULES)
    run_batch(batch_id=first.pk)
    monkeypatch.setattr(series, "issue", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run_batch(batch_id=second.pk)
    second.refresh_from_db()
    assert second.refused[1] == "Des documents émis attendaient ceux-ci pour partir ensemble : envoyez-les depuis leur page."
    # Asked for again, it takes along what waited.
    monkeypatch.undo()
    run_batch(batch_id=ask(world, DocumentKind.RULES).pk)
    assert [len(links_in(message)) for message in mail.outbox] == [2, 2, 2]


def test_steps_of_one_day_leave_in_one_message(people):
    world = make_world(people.organisation, people=2)
    world.session.starts_on = world.session.ends_on = date(2026, 9, 20)
    world.session.save()
    for kind in THREE:
        StepFactory(session=world.session, key=f"document:{kind}", label=kind.label, due_on=NOON.date(), automatic=True)
    report = send_due(now=NOON)
    assert (len(report.done), report.waiting, report.broken) == (3, [], [])
    assert all(line.endswith(": 1 document émis, 2 envois partis.") for line in report.done)
    assert [len(links_in(message)) for message in mail.outbox] == [3, 3]
    assert send_due(now=NOON).done == []


def test_a_step_that_breaks_stops_no_other_of_its_message(people, monkeypatch):
    world = make_world(people.organisation, people=2)
    world.session.starts_on = world.session.ends_on = date(2026, 9, 20)
    world.session.save()
    for kind in (*THREE, "rien"):
        StepFactory(session=world.session, key=f"document:{kind}", label=str(kind), due_on=NOON.date(), automatic=True)
    issue = series.issue

    def breaks(*, kind, **given):
        return 1 / 0 if kind == DocumentKind.RULES else issue(kind=kind, **given)

    monkeypatch.setattr(series, "issue", breaks)
    report = send_due(now=NOON)
    assert (len(report.done), len(report.waiting), len(report.broken)) == (2, 1, 1)
    assert [len(links_in(message)) for message in mail.outbox] == [2, 2]

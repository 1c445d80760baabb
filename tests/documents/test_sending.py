"""Sending: who gets what, once; what opening notes; what a link says when it gives nothing."""

from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.models import Entry
from qualiopi.links import LinkRefusedError
from tests.documents.test_issuing import issue_all
from tests.factories import IssuedFactory, PersonalIssuedFactory, SendingFactory
from trainings.documents.links import sending_token
from trainings.documents.models import DocumentKind, Sending
from trainings.documents.queries import State, state_of
from trainings.documents.verbs import cancel, check_sendable, open_received, send


def sent_to():
    return sorted(message.to[0] for message in mail.outbox)


def address(token):
    return reverse("received:document", args=[token])


def test_each_person_gets_their_own_link(world):
    report = issue_all(world, DocumentKind.COMPLETION)
    mailed = send(documents=report.issued, actor=None)
    assert (mailed.sent, mailed.without_address, mailed.failed, mailed.already) == (3, [], [], 0)
    assert sent_to() == sorted(enrolment.trainee.email for enrolment in world.enrolments)
    tokens = {sending_token(sending.pk) for sending in Sending.objects.all()}
    assert len(tokens) == 3
    for sending in Sending.objects.all():
        (message,) = [message for message in mail.outbox if message.to == [sending.email]]
        assert f"https://temoin.example/d/{sending_token(sending.pk)}/" in message.body
        assert message.subject == "Votre certificat de réalisation : Animer une réunion de travail"
        assert message.reply_to == ["bonjour@ateliers-du-fil.example"]
    assert Entry.objects.filter(verb="issued.sent").count() == 3


def test_nobody_gets_it_twice_unless_asked(world):
    issued = issue_all(world, DocumentKind.COMPLETION).issued
    send(documents=issued, actor=None)
    assert send(documents=issued, actor=None).already == 3
    assert send(documents=issued, actor=None, again=True).already == 3  # the same click, twice
    Sending.objects.update(sent_at=timezone.now() - timedelta(minutes=2))
    assert send(documents=issued, actor=None, again=True).sent == 3
    assert len(mail.outbox) == 6


def test_a_document_for_the_session_goes_to_everybody(world):
    (issued,) = issue_all(world, DocumentKind.RULES).issued
    assert send(documents=[issued], actor=None).sent == 3
    assert sent_to() == sorted(enrolment.trainee.email for enrolment in world.enrolments)


def test_an_agreement_goes_to_the_company(world):
    send(documents=issue_all(world, DocumentKind.AGREEMENT).issued, actor=None)
    assert sent_to() == ["rh@brasserie.example"]
    assert "Signez-le" in mail.outbox[0].body


def test_who_has_no_address_is_named(world):
    trainee = world.enrolments[0].trainee
    trainee.email = ""
    trainee.save()
    report = send(documents=issue_all(world, DocumentKind.COMPLETION).issued, actor=None)
    assert (report.sent, report.without_address) == (2, [str(trainee)])


def test_what_the_server_refuses_can_be_sent_again(world, monkeypatch):
    def refuse(self, messages):
        raise SMTPException

    issued = issue_all(world, DocumentKind.COMPLETION).issued[:1]
    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        assert send(documents=issued, actor=None).failed == [world.enrolments[0].trainee.email]
    failed = Sending.objects.get()
    assert failed.sent_at is None
    assert failed.problem == "Le message n’est pas parti : l’adresse ou le serveur de messagerie l’a refusé."
    assert send(documents=issued, actor=None).sent == 1


def test_a_cancelled_document_does_not_leave(people):
    issued = PersonalIssuedFactory()
    cancel(issued=issued, reason="Erreur", actor=None)
    assert send(documents=[issued], actor=None).sent == 0
    issued.refresh_from_db()
    with pytest.raises(Exception, match="Ce document est annulé"):
        check_sendable(issued)
    with pytest.raises(Exception, match="ne s’envoie pas"):
        check_sendable(IssuedFactory(kind=DocumentKind.ATTENDANCE_SHEET))


def test_the_page_of_a_link_shows_and_the_button_opens(people):
    sending = SendingFactory(token="jeton-de-test", document__enrolment__session__organisation=people.organisation)
    shown = Client().get(address("jeton-de-test"))
    assert shown.status_code == 200
    assert "Ateliers du Fil Ouest vous envoie ce document" in shown.content.decode()
    sending.refresh_from_db()
    assert sending.opened_at is None

    given = Client().post(address("jeton-de-test"))
    assert given["Content-Type"] == "application/pdf"
    assert given["Content-Disposition"].startswith("attachment")
    assert b"".join(given.streaming_content).startswith(b"%PDF-")
    sending.refresh_from_db()
    assert sending.opened_at is not None
    assert state_of(sending.document) is State.OPENED
    assert Entry.objects.get(verb="issued.opened").details == {"by": sending.email}


def test_opening_is_noted_the_first_time(people):
    first = datetime(2026, 9, 10, 8, tzinfo=UTC)
    sending = SendingFactory(token="jeton", opened_at=first)
    open_received(token="jeton")
    sending.refresh_from_db()
    assert sending.opened_at == first
    assert Entry.objects.filter(verb="issued.opened").count() == 0


@pytest.mark.parametrize("cancelled", [True, False])
def test_a_link_that_opens_nothing_tells_nothing_of_what_it_was_for(people, cancelled):
    """Neither the document nor its number nor the course: whoever holds it may not be who it was for."""
    issued = PersonalIssuedFactory(
        number="CR-SECRET", kind=DocumentKind.COMPLETION, enrolment__session__course__title="Formation secrète"
    )
    SendingFactory(token="jeton", document=issued, expires_on=date(2026, 9, 10))
    if cancelled:
        cancel(issued=issued, reason="Motif secret", actor=None)
    text = Client().get(address("jeton")).content.decode().lower()
    assert [word for word in ("cr-secret", "certificat", "secrète") if word in text] == []
    assert issued.organisation.name.lower() in text


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"expires_on": date(2026, 9, 10)}, 410, "Ce lien n’est plus valable."),
        ({"cancelled": True}, 410, "Ce document a été annulé."),
        ({"sent_at": None}, 404, "Nous ne connaissons pas ce lien."),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_gives_nothing_says_so_kindly(people, fields, status, told, method):
    cancelled = fields.pop("cancelled", False) if "cancelled" in fields else False
    sending = SendingFactory(token="jeton", document__file__name="secret.pdf", **fields)
    if cancelled:
        fields["cancelled"] = True
        cancel(issued=sending.document, reason="Motif secret", actor=None)
    answer = getattr(Client(), method)(address("jeton"))
    text = answer.content.decode()
    assert answer.status_code == status
    assert told in text
    assert "Motif secret" not in text
    sending.refresh_from_db()
    assert sending.opened_at is None


def test_an_unknown_link_opens_nothing(db):
    assert Client().post(address("inconnu")).status_code == 404
    with pytest.raises(LinkRefusedError):
        open_received(token="inconnu")


def test_the_page_speaks_english(people):
    SendingFactory(token="jeton")
    shown = Client().get(address("jeton") + "?lang=en").content.decode()
    assert '<html lang="en">' in shown
    assert "Open the document" in shown

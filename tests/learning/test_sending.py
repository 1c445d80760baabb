"""The questions asked before the start leave by the clock or by hand: to whom, once, and a sentence of what was done or is missing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from qualiopi.journal.models import Entry
from qualiopi.post.reports import MailReport
from tests.factories import EnrolmentFactory, IntakeFactory, SessionFactory, StepFactory
from trainings.learning.verbs import send_links, send_step, sentence_of
from trainings.sessions.models import EnrolmentLink, EnrolmentState, SessionState
from trainings.sessions.verbs import NotSendable

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()

SERVER_DOWN = (
    "Aucun message n’est parti : le serveur de messagerie ne répond pas, ou les a refusés. L’envoi sera tenté de nouveau."
)


@pytest.fixture
def session():
    """It begins in two weeks."""
    return SessionFactory(
        reference="S26-041",
        state=SessionState.CONFIRMED,
        starts_on=TODAY + timedelta(days=14),
        ends_on=TODAY + timedelta(days=15),
        course__title="Tenir une régie",
    )


def person(session, email, **more):
    return EnrolmentFactory(session=session, trainee__email=email, **more)


def send(session, kind="needs", now=None):
    step = StepFactory(session=session, key=f"intake:{kind}", due_on=TODAY, automatic=True)
    return send_step(step=step, now=now or timezone.now())


def reached():
    return sorted(message.to[0] for message in mail.outbox)


def test_the_link_goes_to_who_is_enrolled_has_an_address_and_owes_an_answer(session):
    person(session, "anais@exemple.fr")
    IntakeFactory(enrolment=person(session, "repondu@exemple.fr"), kind="needs", answered_on=TODAY)
    person(session, "partie@exemple.fr", state=EnrolmentState.WITHDRAWN, ended_on=TODAY)
    person(session, "", trainee__first_name="Bao", trainee__last_name="Sansadresse")
    assert send(session) == "1 lien envoyé. Sans adresse e-mail : Bao Sansadresse."
    assert reached() == ["anais@exemple.fr"]
    assert "Tenir une régie" in mail.outbox[0].subject
    assert "https://temoin.example/b/" in mail.outbox[0].body
    line = Entry.objects.get(verb="intake.sent")
    assert (line.actor, line.object_label, line.details) == (None, "S26-041", {"sent": 1, "failed": 0})


def test_one_link_asks_both_so_the_second_step_writes_to_nobody_again(session):
    person(session, "anais@exemple.fr")
    send(session, "needs")
    assert send(session, "positioning") == "1 personne a déjà reçu un message cette semaine."
    assert (len(mail.outbox), EnrolmentLink.objects.count()) == (1, 1)


def test_a_week_later_the_same_link_is_a_reminder(session):
    person(session, "anais@exemple.fr")
    now = timezone.now()
    send(session, now=now)
    for days, sent in ((6, 0), (7, 1), (8, 0)):
        report = send_links(session=session, site="https://temoin.example", actor=None, now=now + timedelta(days=days))
        assert report.sent == sent
    links = [next(word for word in message.body.split() if "/b/" in word) for message in mail.outbox]
    assert (len(links), len(set(links))) == (2, 1)


def test_everybody_answered(session):
    IntakeFactory(enrolment=person(session, "anais@exemple.fr"), kind="needs", answered_on=TODAY)
    assert (send(session), mail.outbox) == ("Tout le monde a déjà répondu.", [])


@pytest.mark.parametrize(
    ("emails", "kind", "why"),
    [
        ([], "needs", "Personne n’est encore inscrit : inscrivez les stagiaires, l’envoi suivra."),
        ([""], "needs", "Aucune adresse e-mail pour Bao Fictif : ajoutez-la, ou faites un entretien."),
        (["anais@exemple.fr"], "autre", "Cette étape ne dit pas quoi demander : faites-la à la main, puis cochez-la."),
    ],
)
def test_what_is_missing_is_a_sentence(session, emails, kind, why):
    for email in emails:
        person(session, email, trainee__first_name="Bao", trainee__last_name="Fictif")
    with pytest.raises(NotSendable) as told:
        send(session, kind)
    assert (told.value.sentence, mail.outbox) == (why, [])


@pytest.mark.parametrize("state", [SessionState.DRAFT, SessionState.CANCELLED, SessionState.POSTPONED, SessionState.CLOSED])
def test_nothing_is_asked_before_a_session_that_is_not_to_come(session, state):
    person(session, "anais@exemple.fr")
    session.state = state
    session.save()
    with pytest.raises(ValidationError) as told:
        send_links(session=session, site="https://temoin.example", actor=None, now=timezone.now())
    stage = session.get_state_display()
    assert told.value.messages == [f"La session S26-041 est au stade « {stage} » : il n’y a rien à demander avant elle."]
    with pytest.raises(NotSendable) as waits:
        send(session)
    assert waits.value.sentence == told.value.messages[0]


def test_links_that_would_be_dead_are_not_sent(session):
    person(session, "anais@exemple.fr")
    with pytest.raises(NotSendable) as told:
        send(session, now=timezone.now() + timedelta(days=400))
    assert told.value.sentence == "Les liens de cette session ont expiré : personne ne pourrait plus répondre."


def test_a_server_that_refuses_leaves_everybody_to_be_written_to(session, monkeypatch):
    person(session, "anais@exemple.fr")

    def refuse(self, messages):
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", refuse)
        with pytest.raises(NotSendable) as told:
            send(session)
    assert told.value.sentence == SERVER_DOWN
    assert EnrolmentLink.objects.get().sent_at is None
    assert send_step(step=session.steps.get(), now=timezone.now()) == "1 lien envoyé."


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (MailReport(), "Tout le monde a déjà répondu."),
        (MailReport(written=["Bao Fictif", "Anaïs Démo"]), "2 liens envoyés."),
        (MailReport(written=["Bao Fictif"], too_recent=2), "1 lien envoyé. 2 personnes ont déjà reçu un message cette semaine."),
        (MailReport(without_address=["Bao Fictif", "Anaïs Démo"]), "Sans adresse e-mail : Bao Fictif, Anaïs Démo."),
        (MailReport(written=["Bao Fictif"], failed=["x@exemple.fr"]), "1 lien envoyé. Message refusé pour x@exemple.fr."),
    ],
)
def test_a_report_is_told_in_french(report, told):
    assert sentence_of(report) == told


def test_a_mail_server_that_is_down_leaves_everybody_to_be_written_to(session, dead_postbox):
    person(session, "anais@exemple.fr")
    with pytest.raises(NotSendable) as told:
        send(session)
    assert told.value.sentence == SERVER_DOWN
    assert EnrolmentLink.objects.get().sent_at is None

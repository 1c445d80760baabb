"""A round: what is obsolete stays, what breaks is given back, and the report says what became of each message."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.messages import constants as levels
from django.core import mail
from django.utils import timezone

from qualiopi.post.messages import Message
from qualiopi.post.reports import MailReport, Words, named, told
from qualiopi.post.rounds import send_all, send_one
from tests.factories import IntakeFactory
from trainings.attendance.emails import SigningLink
from trainings.documents.emails import DocumentLinks
from trainings.documents.links import sending_token
from trainings.documents.models import Sending
from trainings.documents.verbs import cancel
from trainings.learning.emails import IntakeLink
from trainings.sessions.models import EnrolmentState, LinkPurpose, SessionState
from trainings.sessions.verbs import personal_links
from trainings.surveys.emails import SurveyLink
from trainings.surveys.queries import asked

SITE = "https://temoin.example"
WORDS = Words(nobody="Rien à envoyer.", address_advice="Complétez.")


class Plain(Message):
    """A message of nobody's; the address says what happens to it."""

    template = "people/email/link_asked.html"
    site = SITE

    def __init__(self, to):
        self.address_of = to
        self.given_back = []

    @property
    def to(self):
        return self.address_of

    @property
    def name(self):
        return self.address_of.partition("@")[0] or "Sans Adresse"

    @property
    def key(self):
        return self.to

    def words(self):
        if "casse" in self.to:
            raise ZeroDivisionError
        return {"trainer": "Yann", "page": SITE, "organisation_name": "Ateliers"}

    def claim(self, now):
        return "pris" not in self.to

    def give_back(self, departure):
        self.given_back.append(departure and departure.value)


def test_the_report_says_what_became_of_each(postbox):
    messages = [Plain(to) for to in ("un@exemple.fr", "refuse@exemple.fr", "", "pris@exemple.fr", "deux@exemple.fr")]
    report = send_all(messages, report=MailReport())
    assert report == MailReport(
        written=["un", "deux"], failed=["refuse@exemple.fr"], without_address=["Sans Adresse"], taken=["pris"]
    )
    assert (report.sent, len(postbox), postbox.connections) == (2, 2, 1)
    assert [message.given_back for message in messages] == [[], ["refused"], [], [], []]


def test_a_message_that_breaks_is_given_back_and_the_report_keeps_what_left():
    broken, report = Plain("casse@exemple.fr"), MailReport()
    with pytest.raises(ZeroDivisionError):
        send_all([Plain("un@exemple.fr"), broken, Plain("deux@exemple.fr")], report=report)
    assert (report, broken.given_back) == (MailReport(written=["un"]), [None])


@pytest.mark.parametrize(
    ("report", "sentences"),
    [
        (MailReport(), [(levels.INFO, "Rien à envoyer.")]),
        (MailReport(taken=["pris"]), [(levels.INFO, "Rien à envoyer.")]),
        (MailReport(written=["un"]), [(levels.SUCCESS, "1 message est parti.")]),
        (
            MailReport(written=["un", "deux"], too_recent=1, without_address=["Anaïs", "Karim"]),
            [
                (levels.SUCCESS, "2 messages sont partis."),
                (levels.INFO, "1 personne a déjà reçu un message cette semaine."),
                (levels.WARNING, "Sans adresse e-mail : Anaïs, Karim. Complétez."),
            ],
        ),
        (
            MailReport(failed=["un@exemple.fr"]),
            [(levels.ERROR, "Ces messages ne sont pas partis : un@exemple.fr. Vérifiez l’adresse, puis recommencez.")],
        ),
        (
            MailReport(failed=["un@exemple.fr"], unreachable=True),
            [
                (
                    levels.ERROR,
                    "Ces messages ne sont pas partis : un@exemple.fr. "
                    "Le serveur de messagerie ne répond pas : recommencez dans un moment.",
                )
            ],
        ),
    ],
)
def test_the_report_in_words(report, sentences):
    assert list(told(report, WORDS)) == sentences


@pytest.mark.parametrize(("count", "sentence"), [(1, "a"), (3, "a, b, c"), (4, "a, b, c et 1 autre"), (6, "a, b, c et 3 autres")])
def test_the_first_ones_are_named(count, sentence):
    assert named(list("abcdef")[:count], 3) == sentence


def survey(world):
    return SurveyLink(invitation=world.asked, campaign=world.asked.campaign, person=asked(world.asked), site=SITE, reminder=True)


def link(world, purpose):
    return personal_links(session=world.to_come, enrolments=[world.anais], purpose=purpose)[world.anais]


def intake(world):
    given = link(world, LinkPurpose.INTAKE)
    return IntakeLink(session=world.to_come, given=given, kinds=["needs", "positioning"], site=SITE)


def signing(world):
    return SigningLink(session=world.to_come, given=link(world, LinkPurpose.ATTENDANCE), site=SITE)


def document(world):
    sending = Sending.objects.create(
        organisation=world.people.organisation,
        document=world.document,
        trainee=world.anais.trainee,
        email="anais@exemple.fr",
        token_hash="0" * 64,
        expires_on=timezone.localdate() + timedelta(days=9),
    )
    return DocumentLinks(sendings=[sending], site=SITE)


def leaves(world):
    world.anais.state, world.anais.ended_on = EnrolmentState.WITHDRAWN, timezone.localdate()
    world.anais.save()


def answers(world, *kinds):
    for kind in kinds:
        IntakeFactory(enrolment=world.anais, kind=kind, answered_on=timezone.localdate())


def is_cancelled(world):
    world.to_come.state = SessionState.CANCELLED
    world.to_come.save()


def withdraws(world):
    person = world.asked.enrolment
    person.state, person.ended_on = EnrolmentState.WITHDRAWN, timezone.localdate()
    person.save()


def closes(world):
    world.asked.campaign.closed_on = timezone.localdate()
    world.asked.campaign.save()


@pytest.mark.parametrize(
    ("make", "meanwhile", "left"),
    [
        (survey, lambda w: None, True),
        (survey, lambda w: type(w.asked).objects.update(answered=True), False),
        (survey, withdraws, False),
        (survey, closes, False),
        (intake, lambda w: None, True),
        (intake, lambda w: answers(w, "needs"), True),
        (intake, lambda w: answers(w, "needs", "positioning"), False),
        (intake, leaves, False),
        (intake, is_cancelled, False),
        (signing, lambda w: None, True),
        (signing, leaves, False),
        (signing, is_cancelled, False),
        (document, lambda w: None, True),
        (document, lambda w: cancel(issued=w.document, reason="Erreur", actor=None), False),
    ],
)
def test_what_became_obsolete_since_it_was_read_does_not_leave(world, make, meanwhile, left):
    message = make(world)
    row, stamp = (message.sendings[0], "sent_at") if make is document else (message.row, message.stamp)
    former = getattr(row, stamp)
    meanwhile(world)
    departure = send_one(message)
    row.refresh_from_db()
    stamped = getattr(row, stamp) != former
    assert (departure is not None, len(mail.outbox), stamped) == (left, int(left), left)


def test_a_document_that_was_cancelled_meanwhile_says_why_it_did_not_leave(world):
    message = document(world)
    cancel(issued=world.document, reason="Erreur", actor=None)
    send_one(message)
    assert Sending.objects.get().problem == "Le document a été annulé avant que le message ne parte."
    assert sending_token(message.sendings[0].pk) not in str(mail.outbox)

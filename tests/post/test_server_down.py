"""A mail server that is down, or silent: each sending says so to who waits for it, breaks no page, and can be done again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from evidence.debts.models import Reminder
from qualiopi.journal.models import Entry
from qualiopi.organisations.models import Member
from tests.factories import StepFactory
from trainings.clock import send_due
from trainings.documents.models import Sending
from trainings.people.links import current_token
from trainings.people.models import TrainerLink
from trainings.people.verbs import trainer_link
from trainings.sessions.models import EnrolmentLink
from trainings.surveys.models import Invitation

LOCAL = "django.core.mail.backends.locmem.EmailBackend"
SAID = "Le serveur de messagerie ne répond pas : recommencez dans un moment"
INES = {"email": "nouvelle@exemple.fr", "full_name": "Nolwenn Nouvelle", "role": "trainer", "language": "fr"}

# What somebody asks for: the address, what is posted, and whom the message is for.
SENDINGS = {
    "survey": (lambda w: ("surveys:invite", w.past.pk), {}, "karim@exemple.fr"),
    "survey reminder": (lambda w: ("surveys:remind", w.past.pk), {}, "karim@exemple.fr"),
    "questions before": (lambda w: ("learning:send", w.to_come.pk), {}, "anais@exemple.fr"),
    "link to sign": (lambda w: ("attendance:send_links", w.to_come.pk), {}, "anais@exemple.fr"),
    "document": (lambda w: ("documents:send", w.document.pk), {}, "anais@exemple.fr"),
    "documents": (lambda w: ("documents:send_kind", w.to_come.pk, w.document.kind), {}, "anais@exemple.fr"),
    "trainer's link": (lambda w: ("people:trainer_link", w.trainer.pk), {"action": "send"}, None),
    "what is owed": (lambda w: ("debts:remind",), {}, None),
    "invitation again": (lambda w: ("organisations:resend_invitation", w.waiting.pk), {}, "ines@exemple.fr"),
}


@pytest.fixture(params=["dead_postbox", "silent_postbox"])
def down(request):
    """Nothing listens; or something listens, and never answers."""
    request.getfixturevalue(request.param)


def marks():
    """What the base keeps of messages."""
    return (
        set(Invitation.objects.values_list("sent_at", "reminded_at")),
        set(EnrolmentLink.objects.values_list("sent_at", "reminded_at")),
        set(Sending.objects.filter(sent_at__isnull=False).values_list("pk", flat=True)),
        set(TrainerLink.objects.values_list("sent_at", "asked_at")),
        Reminder.objects.count(),
        Entry.objects.filter(verb__in=("issued.sent", "trainer_link.send", "member.invited_again")).count(),
    )


@pytest.mark.parametrize("kind", SENDINGS)
def test_who_sends_is_told_nothing_is_kept_and_it_can_be_sent_again(world, settings, kind, down):
    address, data, to = SENDINGS[kind]
    name, *arguments = address(world)
    url = reverse(name, args=["fil-ouest", *arguments])
    if kind == "survey":
        Invitation.objects.update(sent_at=None)
    if kind in ("trainer's link", "what is owed"):
        trainer_link(trainer=world.trainer, actor=None)
    if kind in ("questions before", "link to sign"):
        world.browser.post(url, data)  # the links are made, and stay
    before = marks()
    page = world.browser.post(url, data, follow=True)
    assert (page.status_code, SAID in page.content.decode(), marks() == before) == (200, True, True)
    settings.EMAIL_BACKEND = LOCAL
    again = world.browser.post(url, data, follow=True)
    assert (again.status_code, SAID in again.content.decode()) == (200, False)
    assert [message.to for message in mail.outbox] == [[to or world.trainer.email]]


def test_an_access_is_given_and_its_invitation_told_as_waiting(world, down):
    page = world.browser.post(reverse("organisations:invite", args=["fil-ouest"]), INES, follow=True)
    told = (
        "L’accès est donné. Le serveur de messagerie ne répond pas : l’invitation partira à nouvelle@exemple.fr dès son retour."
    )
    assert (page.status_code, [str(message) for message in page.context["messages"]]) == (200, [told])
    assert Member.objects.get(user__email="nouvelle@exemple.fr").is_open()


def test_an_address_that_is_refused_is_told(world, postbox):
    page = world.browser.post(
        reverse("organisations:invite", args=["fil-ouest"]), {**INES, "email": "refuse@exemple.fr"}, follow=True
    )
    told = "L’accès est donné, mais le serveur de messagerie a refusé le message pour refuse@exemple.fr : vérifiez l’adresse."
    assert [str(message) for message in page.context["messages"]] == [told]


def test_a_trainer_whose_request_did_not_leave_may_ask_again(world, settings, client, down):
    link = trainer_link(trainer=world.trainer, actor=None)
    TrainerLink.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    url = reverse("drop:start", args=[current_token(link)])
    asked = client.post(url, {"action": "ask"})
    assert (asked.status_code, TrainerLink.objects.get().asked_at) == (410, None)
    settings.EMAIL_BACKEND = LOCAL
    assert client.post(url, {"action": "ask"}).status_code == 200
    assert [message.to for message in mail.outbox] == [["contact@exemple.fr"]]


@pytest.mark.parametrize("key", ["survey:end_of_session", "intake:needs"])
def test_the_clock_says_why_a_step_waits(world, key, dead_postbox):
    session = world.past if key.startswith("survey") else world.to_come
    Invitation.objects.update(sent_at=None)
    step = StepFactory(session=session, key=key, due_on=timezone.localdate(), automatic=True)
    send_due(now=timezone.now())
    step.refresh_from_db()
    assert (step.done_at, "le serveur de messagerie ne répond pas" in step.problem.lower()) == (None, True)

"""A mail server that is down, or silent: each sending says so to who waits for it, breaks no page, and can be done again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from evidence.debts.models import Reminder
from qualiopi.journal.models import Entry
from qualiopi.organisations.models import Member
from tests.factories import MemberFactory, NetworkMemberFactory, StepFactory, UserFactory
from trainings.clock import send_due
from trainings.documents.models import Sending
from trainings.people.links import current_token
from trainings.people.models import TrainerLink
from trainings.people.verbs import trainer_link
from trainings.sessions.models import EnrolmentLink
from trainings.surveys.models import Invitation

LOCAL = "django.core.mail.backends.locmem.EmailBackend"
# What is said, whatever the kind, by the way in which no message leaves.
SAID = {
    "dead_postbox": "erveur de messagerie ne répond pas",
    "silent_postbox": "erveur de messagerie ne répond pas",
    "no_postbox": "ucun serveur de messagerie n’est réglé",
}
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


@pytest.fixture(params=SAID)
def down(request):
    """Nothing listens; something listens, and never answers; no server is set. What is said of it."""
    request.getfixturevalue(request.param)
    return SAID[request.param]


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
    text = page.content.decode()
    assert (page.status_code, down in text, marks() == before) == (200, True, True)
    assert [said for said in (" est parti.", " sont partis.", " sont relancées.", "repart à") if said in text] == []
    settings.EMAIL_BACKEND = LOCAL
    again = world.browser.post(url, data, follow=True)
    assert (again.status_code, down in again.content.decode()) == (200, False)
    assert [message.to for message in mail.outbox] == [[to or world.trainer.email]]


INVITED = {
    "dead_postbox": (
        "L’accès est donné. Le serveur de messagerie ne répond pas : l’invitation partira à nouvelle@exemple.fr dès son retour."
    ),
    "no_postbox": "L’accès est donné, mais aucun serveur de messagerie n’est réglé : rien ne part à nouvelle@exemple.fr.",
    "postbox": "L’accès est donné, mais le serveur de messagerie a refusé le message pour refuse@exemple.fr : vérifiez l’adresse.",
}


@pytest.mark.parametrize("server", INVITED)
def test_an_access_is_given_and_the_link_of_its_invitation_handed_over(world, server, request):
    request.getfixturevalue(server)
    email = "refuse@exemple.fr" if server == "postbox" else "nouvelle@exemple.fr"
    page = world.browser.post(reverse("organisations:invite", args=["fil-ouest"]), {**INES, "email": email})
    member = Member.objects.get(user__email=email)
    text = page.content.decode()
    assert (page.status_code, INVITED[server] in text, member.is_open()) == (200, True, True)
    (link,) = set(re.findall(r"http://testserver(/compte/mot-de-passe/[^\s<\"]+)", text))
    assert (page["Cache-Control"], Entry.objects.filter(verb="member.link_shown").count()) == ("private, no-store", 1)
    opened = Client().get(link, follow=True)
    assert (opened.status_code, 'name="password1"' in opened.content.decode()) == (200, True)


@pytest.mark.parametrize("elsewhere", ["member", "former member", "head of network"])
def test_the_link_of_somebody_who_enters_elsewhere_is_nobody_s_to_give(world, no_postbox, elsewhere):
    """By it one chooses the password that opens the other organisation too."""
    known = UserFactory(email="nouvelle@exemple.fr")
    known.set_unusable_password()
    known.save()
    if elsewhere == "head of network":
        NetworkMemberFactory(user=known)
    else:
        ended = timezone.localdate() - timedelta(days=1) if elsewhere == "former member" else None
        MemberFactory(organisation=world.people.elsewhere, user=known, until=ended)
    page = world.browser.post(reverse("organisations:invite", args=["fil-ouest"]), INES)
    text = page.content.decode()
    assert (page.status_code, "/compte/mot-de-passe/" in text, "entre aussi ailleurs" in text) == (200, False, True)
    assert Entry.objects.filter(verb="member.link_shown").count() == 0


def test_somebody_who_has_a_password_is_given_the_way_in(world, no_postbox):
    UserFactory(email="nouvelle@exemple.fr")
    text = world.browser.post(reverse("organisations:invite", args=["fil-ouest"]), INES).content.decode()
    assert ("http://testserver/o/fil-ouest/entrer/" in text, "/compte/mot-de-passe/" in text) == (True, False)


def test_who_asks_for_a_password_where_nothing_leaves_is_not_sent_to_a_mailbox(client, no_postbox, world, worker, capsys):
    """The same page for every address; the message is on the terminal, and does not wait to be tried again."""
    pages = [
        client.post(reverse("account_reset_password"), {"email": email}, follow=True).content
        for email in ("ines@exemple.fr", "personne@exemple.fr")
    ]
    assert pages[0] == pages[1]
    assert "Aucun message ne part d’ici" in pages[0].decode()
    worker()
    assert re.search(r"\nhttp://testserver/compte/mot-de-passe/\S+\n", capsys.readouterr().out)
    assert DBTaskResult.objects.filter(status="READY").count() == 0


def test_a_trainer_whose_request_did_not_leave_may_ask_again(world, settings, client, down):
    link = trainer_link(trainer=world.trainer, actor=None)
    TrainerLink.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    url = reverse("drop:start", args=[current_token(link)])
    asked = client.post(url, {"action": "ask"})
    assert (asked.status_code, TrainerLink.objects.get().asked_at) == (410, None)
    settings.EMAIL_BACKEND = LOCAL
    assert client.post(url, {"action": "ask"}).status_code == 200
    assert [message.to for message in mail.outbox] == [["contact@exemple.fr"]]


@pytest.mark.parametrize("key", ["survey:end_of_session", "intake:needs", "document:completion_certificate"])
def test_the_clock_says_why_a_step_waits(world, key, down):
    session = world.past if key.startswith("survey") else world.to_come
    Invitation.objects.update(sent_at=None)
    step = StepFactory(session=session, key=key, due_on=timezone.localdate(), automatic=True)
    send_due(now=timezone.now())
    step.refresh_from_db()
    assert (step.done_at, down in step.problem) == (None, True)

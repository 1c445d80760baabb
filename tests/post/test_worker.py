"""Messages that the worker sends: a page that asks for one tells nothing of it, and a server that comes back gets them."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from qualiopi.accounts.emails import PasswordReset
from qualiopi.organisations.models import Member
from qualiopi.organisations.verbs import end_access
from qualiopi.post import tasks
from qualiopi.post.tasks import WAITS, leave, send_later
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LOCAL = "django.core.mail.backends.locmem.EmailBackend"
RESET = "/compte/mot-de-passe/"
KNOWN, UNKNOWN = "maelle@exemple.fr", "personne@exemple.fr"
INES = {"email": "nouvelle@exemple.fr", "full_name": "Nolwenn Nouvelle", "role": "trainer", "language": "fr"}


def ready():
    """When each message that waits is tried next, from now, in minutes."""
    waits = DBTaskResult.objects.filter(status="READY").values_list("run_after", flat=True)
    return [round((moment - timezone.now()) / timedelta(minutes=1)) for moment in waits]


def later():
    """Time passes: what waits is ready."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


def asked(address: str) -> tuple[int, str, str, dict[str, str], int]:
    """What a browser is answered that asks for another password, page after page, and how many queries it took."""
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(RESET, {"email": address})
    page = client.get(answer.url)
    return (
        answer.status_code,
        answer.url,
        answer.content.decode() + page.content.decode(),
        {name: value for name, value in answer.headers.items() if name != "Set-Cookie"},
        len(queries),
    )


@pytest.mark.parametrize("server", ["postbox", "dead_postbox", "silent_postbox"])
def test_asking_for_a_password_tells_nobody_whether_an_address_has_an_account(request, server, queue):
    """Nor does the time it takes: the request writes one row, and never speaks to a mail server."""
    request.getfixturevalue(server)
    UserFactory(email=KNOWN)
    UserFactory(email="ferme@exemple.fr", is_active=False)
    asked(KNOWN)  # what a first page loads does not count
    known, unknown, closed = asked(KNOWN), asked(UNKNOWN), asked("ferme@exemple.fr")
    assert known == unknown == closed
    assert (known[0], known[1]) == (302, "/compte/mot-de-passe/envoye/")


def test_the_worker_writes_to_the_owner_of_the_address_and_to_nobody_else(worker):
    UserFactory(email=KNOWN, language="en")
    UserFactory(email="ferme@exemple.fr", is_active=False)
    for address in ("Maelle@Exemple.fr", UNKNOWN, "ferme@exemple.fr"):
        Client().post(RESET, {"email": address})
    assert mail.outbox == []
    worker()
    assert [(message.to, "http://testserver/compte/mot-de-passe/" in message.body) for message in mail.outbox] == [
        ([KNOWN], True)
    ]
    assert mail.outbox[0].subject == "Témoin: choose a new password"


def test_signing_in_does_the_same_work_for_an_unknown_address(monkeypatch):
    """A password is hashed once, and as many queries are made, whoever tries."""
    UserFactory(email=KNOWN)
    waiting = UserFactory(email="attend@exemple.fr")
    waiting.set_unusable_password()
    waiting.save()
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given))

    def tried(address):
        hashed.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = Client().post("/compte/connexion/", {"login": address, "password": "ce n’est pas lui"})
        errors = answer.context["form"].errors.as_json()
        return answer.status_code, errors, len(queries), len(hashed)

    # The first try of a caller, then that of an address, makes the row where it is counted.
    tried("autre@exemple.fr")
    known, unknown, waits = [(tried(address), tried(address)) for address in (KNOWN, UNKNOWN, "attend@exemple.fr")]
    assert known == unknown == waits
    assert known[1][3] == 1


def test_a_message_waits_for_the_server_to_come_back(worker, settings, dead_postbox, caplog):
    UserFactory(email=KNOWN)
    Client().post(RESET, {"email": KNOWN})
    worker()
    assert ready() == [1]
    later()
    worker()
    assert ready() == [5]
    settings.EMAIL_BACKEND = LOCAL
    later()
    worker()
    assert ([message.to for message in mail.outbox], ready()) == ([[KNOWN]], [])
    told = [record.message for record in caplog.records if record.name == "temoin.mail" and "essai suivant" in record.message]
    assert told == [f"Un message attend : essai suivant dans {n} min (PasswordReset)." for n in (1, 5)]
    assert KNOWN not in caplog.text


def test_a_message_is_given_up_after_so_many_tries(worker, dead_postbox, caplog):
    UserFactory(email=KNOWN)
    send_later(PasswordReset, address=KNOWN, site="https://temoin.example/")
    waits = []
    for _try in range(len(WAITS) + 1):
        worker()
        waits += ready()
        later()
    worker()
    assert waits == [int(wait / timedelta(minutes=1)) for wait in WAITS]
    given_up = [record.message for record in caplog.records if record.levelno == logging.ERROR and "abandonné" in record.message]
    assert given_up == ["Un message est abandonné, essais faits : 7 (PasswordReset)."]


def test_an_address_that_the_server_refuses_is_tried_again(worker, postbox):
    """Servers refuse for a moment too (greylisting)."""
    UserFactory(email="refuse@exemple.fr")
    send_later(PasswordReset, address="refuse@exemple.fr", site="https://temoin.example/")
    worker()
    assert (list(postbox), ready()) == ([], [1])


def test_where_nothing_can_wait_a_message_is_given_up_and_told(dead_postbox, caplog):
    UserFactory(email=KNOWN)
    send_later(PasswordReset, address=KNOWN, site="https://temoin.example/")
    assert "Un message est abandonné, essais faits : 1 (PasswordReset)." in caplog.text


def test_an_invitation_leaves_when_the_server_is_back(world, worker, settings, dead_postbox):
    world.browser.post(reverse("organisations:invite", args=["fil-ouest"]), INES)
    assert ready() == [1]
    settings.EMAIL_BACKEND = LOCAL
    later()
    worker()
    (message,) = mail.outbox
    assert (message.to, world.people.quality_manager.full_name in message.body) == (["nouvelle@exemple.fr"], True)


def test_an_invitation_that_waited_is_dropped_when_the_access_ended(world, worker, settings, dead_postbox):
    world.browser.post(reverse("organisations:invite", args=["fil-ouest"]), INES)
    end_access(member=Member.objects.get(user__email="nouvelle@exemple.fr"), actor=None)
    settings.EMAIL_BACKEND = LOCAL
    later()
    worker()
    assert (mail.outbox, ready()) == ([], [])


def test_only_messages_leave(worker):
    with pytest.raises(TypeError, match=r"builtins.dict is no message"):
        leave.func("builtins.dict", {})
    assert leave.priority == tasks.SOON

"""Messages that the worker sends: when the answer of a page must tell nothing of them, or when the mail server was down."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from qualiopi.post.messages import Deferred
from qualiopi.post.outbox import Departure
from qualiopi.post.rounds import send_one

logger = logging.getLogger("temoin.mail")

# Between two tries: a server that restarts, one that is mended within the day. About ten hours; then the message is given up.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
# Somebody waits for it: before packs and series of documents.
SOON = 50


def send_later(kind: type[Deferred], **arguments: str) -> None:
    """Let the worker write and send a message: one row in the queue, the same work whoever the arguments name."""
    leave.enqueue(_name_of(kind), arguments, key=uuid4().hex)


def try_again(message: Deferred, **arguments: str) -> None:
    """The same for a message that was tried once and found no server: in a minute, and so on. `arguments`: what makes it again."""
    _wait(_name_of(type(message)), arguments, attempt=1, key=message.key)


@task(priority=SOON)
def leave(kind: str, arguments: dict[str, str], attempt: int = 1, key: str = "") -> None:
    """Send a message; one that does not leave is tried again after a while, at most `len(WAITS)` times.

    `kind`: dotted name of a class of messages; `key`: what all tries of this message share.

    A refusal is tried again too: servers refuse for a moment (greylisting).
    """
    made = import_string(kind)
    if not (isinstance(made, type) and issubclass(made, Deferred)):
        raise TypeError(f"{kind} is no message.")
    message = made.made_from(**arguments)
    if message is None:
        return
    departure = send_one(message.known_as(key))
    if departure is Departure.PRINTED:
        logger.warning("Aucun serveur de messagerie n’est réglé (EMAIL_URL) : un message est écrit ici et ne part pas.")
    elif departure not in (Departure.LEFT, None):
        _wait(kind, arguments, attempt=attempt, key=message.key)


def _wait(kind: str, arguments: dict[str, str], *, attempt: int, key: str) -> None:
    """Put a message that did not leave back in the queue, unless it was tried often enough."""
    name = kind.rpartition(".")[2]
    if attempt > len(WAITS) or not leave.get_backend().supports_defer:
        logger.error("Un message est abandonné, essais faits : %s (%s).", attempt, name)
        return
    wait = WAITS[attempt - 1]
    leave.using(run_after=timezone.now() + wait).enqueue(kind, arguments, attempt + 1, key)
    logger.warning("Un message attend : essai suivant dans %s min (%s).", int(wait.total_seconds() // 60), name)


def _name_of(kind: type[Deferred]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"

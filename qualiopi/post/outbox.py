"""The one way out: a connection to the mail server for all messages of a round, and what became of each.

No other module knows `django.core.mail` or `smtplib`: a test says so.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import Enum
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

PRINTED = "django.core.mail.backends.console.EmailBackend"

logger = logging.getLogger("temoin.mail")


@dataclass(frozen=True, slots=True)
class Letter:
    """What leaves: text, and two addresses. An empty `reply_to` gives none."""

    subject: str
    body: str
    to: str
    reply_to: str = ""


class Departure(Enum):
    """What became of a message."""

    LEFT = "left"
    # The address or the server would not have it: the next ones may leave.
    REFUSED = "refused"
    # The server does not answer: it is not asked again for each of the next ones.
    UNREACHABLE = "unreachable"


class Outbox:
    """Sends letters over one connection, while the `with` lasts. Nothing is raised for a letter that did not leave."""

    def __init__(self) -> None:
        self._connection = get_connection()
        self._reached = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self._connection.close()
        except (SMTPException, OSError) as refusal:
            # What left has left, however the server says goodbye.
            logger.warning("Le serveur de messagerie n’a pas clos la connexion (%s).", type(refusal).__name__)

    def send(self, letter: Letter) -> Departure:
        """Send one letter now. A connection that was lost meanwhile is taken again for the next one; a server that went silent
        is not asked any more."""
        if not (self._reached and self._reach()):
            return Departure.UNREACHABLE
        message = EmailMessage(
            subject=letter.subject, body=letter.body, to=[letter.to], reply_to=[letter.reply_to] if letter.reply_to else None
        )
        try:
            self._connection.send_messages([message])
        except (SMTPRecipientsRefused, SMTPResponseException, ValueError) as error:
            logger.warning("Un message n’est pas parti (%s).", type(error).__name__)
            return Departure.REFUSED
        except (SMTPException, OSError) as error:
            logger.exception("La connexion au serveur de messagerie s’est perdue.")
            self._connection.close()
            self._reached = not _timed_out(error)
            return Departure.REFUSED if self._reached else Departure.UNREACHABLE
        return Departure.LEFT

    def _reach(self) -> bool:
        try:
            self._connection.open()
        except (SMTPException, OSError):
            logger.exception("Le serveur de messagerie ne répond pas.")
            self._reached = False
        return self._reached


def printed() -> bool:
    """Whether no mail server is set: messages are written on the terminal, and nothing leaves."""
    return bool(settings.EMAIL_BACKEND == PRINTED)


def _timed_out(error: BaseException) -> bool:
    """Whether the server was waited for in vain; smtplib tells it as a connection that was closed."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)

"""The way out for messages: one connection to the mail server for all of them, and what became of each."""

from __future__ import annotations

import logging
from enum import Enum
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from types import TracebackType
from typing import Self

from django.core.mail import EmailMessage, get_connection

logger = logging.getLogger("temoin.mail")


class Departure(Enum):
    """What became of a message."""

    LEFT = "left"
    # The address or the server would not have it: the next ones may leave.
    REFUSED = "refused"
    # The server does not answer: it is not asked again for each of the next ones.
    UNREACHABLE = "unreachable"


class Outbox:
    """Sends messages over one connection, while the `with` lasts. Nothing is raised for a message that did not leave."""

    def __init__(self) -> None:
        self._connection = get_connection()
        self._reached = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    def send(self, message: EmailMessage) -> Departure:
        """Send one message now. A connection that was lost meanwhile is taken again for the next one."""
        if not (self._reached and self._reach()):
            return Departure.UNREACHABLE
        try:
            self._connection.send_messages([message])
        except (SMTPRecipientsRefused, SMTPResponseException, ValueError) as error:
            logger.warning("Un message n'est pas parti (%s).", type(error).__name__)
            return Departure.REFUSED
        except (SMTPException, OSError):
            logger.exception("La connexion au serveur de messagerie s'est perdue.")
            self._connection.close()
            return Departure.REFUSED
        return Departure.LEFT

    def _reach(self) -> bool:
        try:
            self._connection.open()
        except (SMTPException, OSError):
            logger.exception("Le serveur de messagerie ne répond pas.")
            self._reached = False
        return self._reached

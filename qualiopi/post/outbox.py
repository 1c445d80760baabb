"""The one way out: a connection to the mail server for all messages of a round, and what became of each.

No other module knows `django.core.mail` or `smtplib`: a test says so.
"""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import dataclass
from email.charset import QP, Charset
from email.headerregistry import Address
from email.utils import format_datetime
from enum import Enum
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.utils import timezone

from qualiopi.post.writing import Written

# Lines of seven-bit characters, whatever the server can take.
_QUOTED_PRINTABLE = Charset("utf-8")
_QUOTED_PRINTABLE.body_encoding = QP

_TERMINAL = "django.core.mail.backends.console.EmailBackend"

logger = logging.getLogger("temoin.mail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What leaves.

    `sender`: in whose name, empty for the product; the address it leaves from is a setting. An empty `reply_to` gives none. `key`: what
    tells this message from every other one, the same when it is sent again because it did not leave. `way_out`: the page where who
    reads it refuses such messages, empty for what is due.
    """

    written: Written
    to: str
    key: str
    sender: str = ""
    reply_to: str = ""
    way_out: str = ""

    @property
    def message_id(self) -> str:
        """Message-ID (RFC 5322, 3.6.4): of the domain that sends, whatever machine it leaves from."""
        digest = hashlib.sha256(self.key.encode()).hexdigest()
        return f"<{digest[:32]}@{settings.SENDING_ADDRESS.domain}>"

    def message(self) -> EmailMultiAlternatives:
        """The message as it is handed to the server."""
        headers = {
            "From": str(Address(_shown(self.sender or settings.PRODUCT_NAME), addr_spec=settings.SENDING_ADDRESS.addr_spec)),
            "Message-ID": self.message_id,
            # The moment that every other page and register would write, in the zone of the installation.
            "Date": format_datetime(timezone.localtime()),
            # RFC 3834: no machine answers it ("I am away until…").
            "Auto-Submitted": "auto-generated",
        }
        if self.way_out:
            # RFC 2369; with RFC 8058 a mail reader refuses by itself at one click, over https alone.
            headers["List-Unsubscribe"] = f"<{self.way_out}>"
            if self.way_out.startswith("https://"):
                headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        made = EmailMultiAlternatives(
            subject=self.written.subject,
            body=self.written.text,
            from_email=settings.SENDING_ADDRESS.addr_spec,
            to=[self.to],
            reply_to=[self.reply_to] if self.reply_to else None,
            headers=headers,
        )
        made.encoding = _QUOTED_PRINTABLE
        made.attach_alternative(self.written.html, "text/html")
        return made

    def readable(self) -> EmailMessage:
        """The same for the terminal: its text alone, whose links can be opened from there."""
        return EmailMessage(subject=self.written.subject, body=self.written.text, to=[self.to])


class Departure(Enum):
    """What became of a message."""

    LEFT = "left"
    # The address or the server would not have it: the next ones may leave.
    REFUSED = "refused"
    # The server does not answer: it is not asked again for each of the next ones.
    UNREACHABLE = "unreachable"
    # No mail server is set: it is written on the terminal, for who tries the product, and nobody receives it.
    PRINTED = "printed"


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
        try:
            self._connection.send_messages([letter.readable() if printed() else letter.message()])
        except (SMTPRecipientsRefused, SMTPResponseException, ValueError) as error:
            logger.warning("Un message n’est pas parti (%s).", type(error).__name__)
            return Departure.REFUSED
        except (SMTPException, OSError) as error:
            logger.exception("La connexion au serveur de messagerie s’est perdue.")
            self._connection.close()
            self._reached = not _timed_out(error)
            return Departure.REFUSED if self._reached else Departure.UNREACHABLE
        return Departure.PRINTED if printed() else Departure.LEFT

    def _reach(self) -> bool:
        try:
            self._connection.open()
        except (SMTPException, OSError):
            logger.exception("Le serveur de messagerie ne répond pas.")
            self._reached = False
        return self._reached


def printed() -> bool:
    """Whether no mail server is set: messages are written on the terminal, and nothing leaves."""
    return bool(settings.EMAIL_BACKEND == _TERMINAL)


def _shown(name: str) -> str:
    """A name as the head of a message can hold it: on one line, without what no keyboard types."""
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+| {2,}", " ", name).strip()


def _timed_out(error: BaseException) -> bool:
    """Whether the server was waited for in vain; smtplib tells it as a connection that was closed."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)

"""A round: claim each message, send it, give the claim back when it did not leave; the report says what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from qualiopi.post.messages import Message
from qualiopi.post.outbox import Departure, Outbox
from qualiopi.post.reports import MailReport


def send_all(messages: Iterable[Message], *, report: MailReport, now: datetime | None = None) -> MailReport:
    """Send messages over one connection, and add what became of each to the report; give it back.

    `now`: the moment that is stamped, that of each message by default. Nobody is written to twice, whoever else sends at the same
    time; a message whose writing breaks is given back before the error goes on, and the report tells what left before it.
    """
    with Outbox() as outbox:
        for message in messages:
            if message.to and message.declined:
                report.declined.append(message.name)
            elif message.to:
                report.note(message, _hand_over(message, outbox, now=now))
            else:
                report.without_address.append(message.name)
    return report


def send_one(message: Message) -> Departure | None:
    """Send one message now; None when it was obsolete, refused by whom it is for, or somebody else had it."""
    if message.declined:
        return None
    with Outbox() as outbox:
        return _hand_over(message, outbox, now=None)


def _hand_over(message: Message, outbox: Outbox, *, now: datetime | None) -> Departure | None:
    if not message.claim(now or timezone.now()):
        return None
    try:
        departure = outbox.send(message.letter())
    except BaseException:
        message.give_back(None)
        raise
    if departure is not Departure.LEFT:
        message.give_back(departure)
    return departure

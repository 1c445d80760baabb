"""The code of the screen of a room: it turns over every minute, and nothing of it is stored."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing

from qualiopi.links import as_given, derive, secrets_in_use

PURPOSE = "trainings.attendance.displayed"
TURNS_EVERY = 60
# Whoever saw the code may still be choosing their name when it turns over; a phone without network sends later.
TICKET_LASTS = timedelta(days=2)


def _minute(now: datetime) -> int:
    return int(now.timestamp()) // TURNS_EVERY


def code_of(half_day: UUID, *, now: datetime, secret: str | None = None) -> str:
    """The code of a half-day at this minute, 80 bits in 16 characters."""
    return derive(PURPOSE, 10, half_day, _minute(now), secret=secret)


def is_current(half_day: UUID, code: str, *, now: datetime) -> bool:
    """Whether this code is the one of this minute, or of the minute before."""
    given = as_given(code).encode()
    moments = (now, now - timedelta(seconds=TURNS_EVERY))
    known = [code_of(half_day, now=moment, secret=secret) for secret in secrets_in_use() for moment in moments]
    return any(hmac.compare_digest(given, each.encode()) for each in known)


def seconds_left(now: datetime) -> int:
    """Seconds until the code turns over."""
    return TURNS_EVERY - int(now.timestamp()) % TURNS_EVERY


def ticket_for(half_day: UUID) -> str:
    """What the page of somebody who showed a good code keeps: they were in the room at this moment."""
    return signing.dumps(str(half_day), salt=PURPOSE)


def is_ticket(half_day: UUID, ticket: str) -> bool:
    """Whether this was given to somebody who showed a good code of this half-day."""
    try:
        return bool(signing.loads(ticket, salt=PURPOSE, max_age=TICKET_LASTS) == str(half_day))
    except signing.BadSignature:
        return False

"""The code of the screen of a room, long in its picture, short for who types it: both turn over every minute, nothing is stored."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing

from qualiopi.links import as_given, derive, secrets_in_use

PURPOSE = "trainings.attendance.displayed"
TYPED_PURPOSE = "trainings.attendance.typed"
# Read from a wall and typed: an l looks like an i, an o like a zero. Neither is shown; whoever types an l or a one saw an i.
_SHOWN = str.maketrans("lo", "89")
_SEEN = str.maketrans("l1", "ii")
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
    known = [code_of(half_day, now=moment, secret=secret) for secret in secrets_in_use() for moment in _still_good(now)]
    return any(hmac.compare_digest(given, each.encode()) for each in known)


def typed_code_of(half_day: UUID, *, now: datetime, secret: str | None = None) -> str:
    """What somebody without a camera types at this minute, 40 bits in two groups of four: « k7qm 2xpd »."""
    code = derive(TYPED_PURPOSE, 5, half_day, _minute(now), secret=secret).translate(_SHOWN)
    return f"{code[:4]} {code[4:]}"


def behind_typed(typed: str, half_days: Iterable[UUID], *, now: datetime) -> UUID | None:
    """Which of these half-days shows this code now, or showed it a minute ago; None when none does."""
    given = _letters(typed[:40].lower().translate(_SEEN)).encode()
    for half_day in half_days:
        for secret in secrets_in_use():
            for moment in _still_good(now):
                code = typed_code_of(half_day, now=moment, secret=secret)
                if hmac.compare_digest(given, _letters(code).encode()):
                    return half_day
    return None


def _letters(code: str) -> str:
    return "".join(each for each in code if each.isalnum())


def _still_good(now: datetime) -> tuple[datetime, datetime]:
    return now, now - timedelta(seconds=TURNS_EVERY)


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

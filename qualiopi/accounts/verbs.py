"""Counting tries, so that guessing is slow and nobody is shut out (ADR 106)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from qualiopi.accounts.models import Tries

# All of these figures are own practice. A burst of tries on one account ends after a day without any.
BURST = timedelta(days=1)
# From so many tries missed in a burst on, the owner is told, once; from so many on, strangers wait sooner.
TOLD_FROM, ATTACKED_FROM = 10, 100
PRUNED_AT_ONCE = 500


class Patience(ValidationError):
    """One has to wait before the next try. Nothing was tried, and nothing counted."""

    def __init__(self, wait: timedelta) -> None:
        seconds = ceil(wait.total_seconds())
        sentence = ngettext(
            "Trop d’essais de suite. Attendez %(seconds)d seconde, puis recommencez.",
            "Trop d’essais de suite. Attendez %(seconds)d secondes, puis recommencez.",
            seconds,
        )
        super().__init__(sentence % {"seconds": seconds}, code="patience")


@dataclass(frozen=True)
class Pace:
    """After `free` tries one waits `first`, then twice as long each time, never more than `longest`; forgotten after `remembered`."""

    free: int
    first: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(minutes=1)
    remembered: timedelta = timedelta(hours=1)

    def wait_after(self, count: int) -> timedelta:
        """How long one waits after this many tries in vain."""
        beyond = count - self.free
        # The longest wait is reached long before the doubling becomes a large number.
        return min(self.first * 2 ** min(beyond, 20), self.longest) if beyond >= 0 else timedelta(0)


PERSON = Pace(free=10)
STRANGER_AT_AN_ATTACKED_ACCOUNT = Pace(free=2)
# A whole office, or a whole school, calls from one address.
OFFICE = Pace(free=100)
# Messages that somebody can have sent to somebody else: those that came before hold a link that still serves.
MESSAGES = Pace(free=3, first=timedelta(minutes=5), longest=timedelta(hours=1), remembered=BURST)


@dataclass(frozen=True)
class Door:
    """Something that is tried: the fingerprint of what is counted together, and how fast one may go on."""

    key: str
    pace: Pace


@dataclass(frozen=True)
class Taken:
    """A try that was taken: the key of each door, and until when this try closed it (None: it did not)."""

    doors: tuple[tuple[str, datetime | None], ...]


def sign_in_doors(email: str, *, address: str, browser: str) -> list[Door]:
    """The doors that signing in tries. `address`: where the call comes from, as `callers.household` gives it; `browser`: the mark of
    a browser in which the owner signed in before, empty for another. Such a browser is counted alone: nobody else closes its door.
    """
    account = _same(email)
    if browser:
        return [_door(PERSON, "browser", account, browser)]
    lately = timezone.now() - BURST
    attacked = Tries.objects.filter(key=_key("account", account), count__gte=ATTACKED_FROM, last_at__gte=lately).exists()
    stranger = _door(STRANGER_AT_AN_ATTACKED_ACCOUNT if attacked else PERSON, "caller", account, address)
    return [stranger, *_office("sign in", address)]


def reset_doors(address: str) -> list[Door]:
    """The doors that asking for a new password tries."""
    return _office("reset", address)


def message_door(email: str) -> Door:
    """The door of the messages that a stranger can have sent to this address."""
    return _door(MESSAGES, "message", _same(email))


def password_door(user_key: str) -> Door:
    """The door of somebody signed in who says their present password."""
    return _door(PERSON, "password", user_key)


def opening_door(address: str) -> Door:
    """The door of the code that opens the first organisation."""
    return _door(PERSON, "opening", address)


def take_try(*doors: Door) -> Taken:
    """Take a try at all of these doors before it is known whether it is right: many at once have no more of them than one by one.

    Raises Patience when one of them is closed; then none counts it.
    """
    with transaction.atomic():
        # Always in the same order: two callers never wait for each other.
        rows = [(_row(door.key), door.pace) for door in sorted(doors, key=lambda door: door.key)]
        # The hour is read once nobody else holds these rows.
        now = timezone.now()
        opens = max((row.closed_until for row, _pace in rows if row.closed_until), default=now)
        if opens > now:
            raise Patience(opens - now)
        for row, pace in rows:
            _count(row, now, pace.remembered)
            wait = pace.wait_after(row.count)
            row.closed_until = now + wait if wait else None
            row.save()
    return Taken(tuple((row.key, row.closed_until) for row, _pace in rows))


def give_back(taken: Taken) -> None:
    """The try was right: it does not count. What others missed meanwhile stays."""
    for key, closed_until in taken.doors:
        if closed_until is not None:
            Tries.objects.filter(key=key, closed_until=closed_until).update(closed_until=None)
        Tries.objects.filter(key=key, count__gt=0).update(count=F("count") - 1)


def miss(email: str) -> bool:
    """Note that a try missed the account of this address, be there one or not. Says whether its owner is to be told now."""
    with transaction.atomic():
        row = _row(_key("account", _same(email)))
        now = timezone.now()
        _count(row, now, BURST)
        row.save()
    _prune(now)
    return row.count == TOLD_FROM


def one_at_a_time(purpose: str) -> None:
    """From here to the end of the transaction, nobody else is at work for this purpose."""
    _row(_key("one at a time", purpose))


def _office(purpose: str, address: str) -> list[Door]:
    # Nobody is counted with everybody else because the server cannot tell them apart.
    return [_door(OFFICE, purpose, address)] if address else []


def _door(pace: Pace, *parts: str) -> Door:
    return Door(_key(*parts), pace)


def _key(*parts: str) -> str:
    return salted_hmac("qualiopi.accounts.tries", "\x1f".join(parts), algorithm="sha256").hexdigest()


def _same(email: str) -> str:
    """The one form in which an e-mail address is counted, however it was typed."""
    return unicodedata.normalize("NFKC", email.strip()).casefold()


def _row(key: str) -> Tries:
    return Tries.objects.select_for_update().get_or_create(key=key, defaults={"last_at": timezone.now()})[0]


def _count(row: Tries, now: datetime, remembered: timedelta) -> None:
    row.count = 1 + (row.count if row.last_at > now - remembered else 0)
    row.last_at = now


def _prune(now: datetime) -> None:
    """Take away what counts no more, a few at a time; rows that somebody else is taking away are left to them."""
    with transaction.atomic():
        old = Tries.objects.select_for_update(skip_locked=True).filter(last_at__lt=now - BURST)
        Tries.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:PRUNED_AT_ONCE])).delete()

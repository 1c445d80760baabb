"""Public links: tokens derived from the secret key, so that only their fingerprint is ever stored, and what is behind one."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from django.conf import settings
from django.db.models import QuerySet

from qualiopi.tenancy import TenantModel
from qualiopi.zones import follow

Row = TypeVar("Row", bound=TenantModel)


class LinkState(StrEnum):
    """What one finds behind a known link. A page answers each of them kindly."""

    OPEN = "open"
    EXPIRED = "expired"
    # It served, and serves once.
    USED = "used"
    # So many answers that somebody plays with it.
    FULL = "full"
    # Of a person who withdrew or gave up.
    LEFT = "left"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True)
class Behind(Generic[Row]):
    """The row of a known link, and how it stands today."""

    row: Row
    state: LinkState

    @property
    def is_open(self) -> bool:
        """Whether the link does what it was given for."""
        return self.state is LinkState.OPEN


class LinkRefusedError(Exception):
    """The link gives nothing, and takes nothing; `state` says why, None when nobody knows it."""

    def __init__(self, state: LinkState | None) -> None:
        super().__init__(state or "unknown")
        self.state = state


def fingerprint(token: str) -> str:
    """What is stored of a token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def as_given(typed: str) -> str:
    """The token behind what somebody copied from a wall: capitals don't count, nor a zero for an o or a one for an l."""
    return typed.strip().lower().translate(str.maketrans("01", "ol"))


def derive(purpose: str, octets: int, *parts: object, secret: str | None = None) -> str:
    """A token for one purpose (the dotted name of a room), `octets` bytes strong: the same parts always give the same one.

    15 octets (120 bits, 24 characters) for a personal link; 10 (80 bits, 16 characters) for one that is read from a wall.
    """
    message = "\x1f".join((purpose, *map(str, parts)))
    digest = hmac.new((secret or settings.SECRET_KEY).encode(), message.encode(), hashlib.sha256).digest()
    # Small letters and the digits 2 to 7: nothing to mistake when the address is copied by hand from a wall.
    return base64.b32encode(digest[:octets]).decode().lower()


def secrets_in_use() -> list[str]:
    """The secret key, then those it replaced."""
    return [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]


def fingerprint_of_typed(token: str) -> str:
    """What is stored of a token, as somebody typed or copied it: the only way a token that comes in is looked for."""
    return fingerprint(as_given(token))


def look_behind(
    token: str, links: QuerySet[Row], state: Callable[[Row], LinkState], *, column: str = "token_hash"
) -> Behind[Row] | None:
    """What a token opens among these rows; None when nobody knows it (never given, replaced since, or for something else). One query.

    From then on days and hours are those of the organisation that gave the link, beginning with the day on which it stops working.
    """
    row = links.filter(**{column: fingerprint_of_typed(token)}).select_related("organisation").first()
    if row is None:
        return None
    follow(row.organisation)
    return Behind(row, state(row))


def until(last_day: date, *, today: date) -> LinkState:
    """Whether a link that works until this day, included, still does."""
    return LinkState.OPEN if today <= last_day else LinkState.EXPIRED


def still_made(stored: str, make: Callable[[str], str]) -> str | None:
    """The token behind a stored fingerprint; None when the secret key it was made with is gone (a new link must be made).

    `make` derives the token from a secret key.
    """
    return next((token for token in map(make, secrets_in_use()) if fingerprint(token) == stored), None)

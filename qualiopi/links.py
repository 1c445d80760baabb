"""Tokens of public links: derived from the secret key, so that only their fingerprint is ever stored."""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings


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

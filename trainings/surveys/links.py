"""Tokens of the survey links: derived from the secret key, so that only their fingerprint is ever stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings


def fingerprint(token: str) -> str:
    """What is stored of a token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def as_given(typed: str) -> str:
    """The token behind what somebody copied from a wall: capitals don't count, nor a zero for an o or a one for an l."""
    return typed.strip().lower().translate(str.maketrans("01", "ol"))


def _derive(secret: str, octets: int, *parts: object) -> str:
    message = "\x1f".join(("trainings.surveys", *map(str, parts)))
    digest = hmac.new(secret.encode(), message.encode(), hashlib.sha256).digest()
    # Small letters and the digits 2 to 7: nothing to mistake when the address is copied by hand from a wall.
    return base64.b32encode(digest[:octets]).decode().lower()


def session_token(campaign_id: UUID, link_number: int, *, secret: str | None = None) -> str:
    """The token of a session's link, 80 bits in 16 characters: the same campaign and number always give the same one."""
    return _derive(secret or settings.SECRET_KEY, 10, "session", campaign_id, link_number)


def invitation_token(invitation_id: UUID, *, secret: str | None = None) -> str:
    """The token of a personal link, 120 bits in 24 characters; a reminder carries the same link as the invitation."""
    return _derive(secret or settings.SECRET_KEY, 15, "invitation", invitation_id)


def response_id(once: str) -> UUID:
    """A random-looking identifier that the same attempt gives twice, so that a form sent twice counts once.

    `once` is a secret of the phone that answers; the identifier does not let one find it again.
    """
    digest = hmac.new(settings.SECRET_KEY.encode(), f"trainings.surveys\x1fresponse\x1f{once}".encode(), hashlib.sha256).digest()
    return UUID(bytes=digest[:16], version=4)


def secrets_in_use() -> list[str]:
    """The secret key, then those it replaced."""
    return [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]


def link_expiry(ends_on: date | None, opened_on: date) -> date:
    """The last day a link works: SURVEY_LINK_DAYS after the end of the session, or after the opening when that is later."""
    return max(ends_on or opened_on, opened_on) + timedelta(days=settings.SURVEY_LINK_DAYS)

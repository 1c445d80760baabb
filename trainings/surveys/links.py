"""Tokens of the survey links."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings

from qualiopi.links import derive

PURPOSE = "trainings.surveys"


def session_token(campaign_id: UUID, link_number: int, *, secret: str | None = None) -> str:
    """The token of a session's link, 80 bits in 16 characters: the same campaign and number always give the same one."""
    return derive(PURPOSE, 10, "session", campaign_id, link_number, secret=secret)


def invitation_token(invitation_id: UUID, *, secret: str | None = None) -> str:
    """The token of a personal link, 120 bits in 24 characters; a reminder carries the same link as the invitation."""
    return derive(PURPOSE, 15, "invitation", invitation_id, secret=secret)


def response_id(once: str) -> UUID:
    """A random-looking identifier that the same attempt gives twice, so that a form sent twice counts once.

    `once` is a secret of the phone that answers; the identifier does not let one find it again.
    """
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{PURPOSE}\x1fresponse\x1f{once}".encode(), hashlib.sha256).digest()
    return UUID(bytes=digest[:16], version=4)


def link_expiry(ends_on: date | None, opened_on: date) -> date:
    """The last day a link works: SURVEY_LINK_DAYS after the end of the session, or after the opening when that is later."""
    return max(ends_on or opened_on, opened_on) + timedelta(days=settings.SURVEY_LINK_DAYS)

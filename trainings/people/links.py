"""Tokens of the links by which trainers send their documents."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from qualiopi.links import derive, still_made
from trainings.people.models import TrainerLink

PURPOSE = "trainings.people"
# Own practice: a season, so that an old message does not open a file for ever.
LINK_DAYS = 90


def trainer_token(link_id: UUID, number: int, *, secret: str | None = None) -> str:
    """The token of a trainer's link, 120 bits in 24 characters; another number voids it."""
    return derive(PURPOSE, 15, "trainer", link_id, number, secret=secret)


def last_day(today: date) -> date:
    """The last day a link works that is given today."""
    return today + timedelta(days=LINK_DAYS)


def current_token(link: TrainerLink) -> str | None:
    """The token of a link, None when the secret key it was made with is gone (a new link must be made)."""
    return still_made(link.token_hash, lambda secret: trainer_token(link.pk, link.number, secret=secret))

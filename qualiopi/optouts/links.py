"""Tokens of the links by which somebody refuses messages. They do not expire: a refusal is heard however old the message is."""

from __future__ import annotations

from uuid import UUID

from qualiopi.links import derive, still_made
from qualiopi.optouts.models import MailChoice

PURPOSE = "qualiopi.optouts"


def choice_token(choice_id: UUID, *, secret: str | None = None) -> str:
    """The token of a choice, 120 bits in 24 characters."""
    return derive(PURPOSE, 15, "choice", choice_id, secret=secret)


def current_token(choice: MailChoice) -> str | None:
    """The token of a choice, None when the secret key it was made with is gone."""
    return still_made(choice.token_hash, lambda secret: choice_token(choice.pk, secret=secret))

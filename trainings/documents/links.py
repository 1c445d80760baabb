"""Tokens of the links by which documents are received."""

from __future__ import annotations

from uuid import UUID

from qualiopi.links import derive

PURPOSE = "trainings.documents"


def sending_token(sending_id: UUID) -> str:
    """The token of one sending, 120 bits in 24 characters."""
    return derive(PURPOSE, 15, "sending", sending_id)

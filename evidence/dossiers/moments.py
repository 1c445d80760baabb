"""Where a session stands in its time: by its state and its days."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from trainings.states import CALLED_OFF, SessionState


class Moment(StrEnum):
    """Where a session stands in its time."""

    DRAFT = "draft"
    BEFORE = "before"
    RUNNING = "running"
    ENDED = "ended"
    FORGOTTEN = "forgotten"
    CLOSED = "closed"
    CALLED_OFF = "called_off"


def moment_of(state: str, starts_on: date | None, ends_on: date | None, *, today: date) -> Moment:
    """By its state first, then by its dates: what nobody confirmed does not begin by itself."""
    if state in CALLED_OFF:
        return Moment.CALLED_OFF
    if state == SessionState.CLOSED:
        return Moment.CLOSED
    last = ends_on or starts_on
    if starts_on is None or last is None:
        return Moment.DRAFT
    if state in (SessionState.DRAFT, SessionState.PLANNED) and last < today:
        return Moment.FORGOTTEN
    if last < today or state == SessionState.DONE:
        return Moment.ENDED
    if today < starts_on:
        return Moment.DRAFT if state == SessionState.DRAFT else Moment.BEFORE
    return Moment.RUNNING

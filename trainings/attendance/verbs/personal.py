"""Signing by a personal link: people who do it at the same moment are read, checked and written together (ADR 0068)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from qualiopi.zones import on_days_of
from trainings.attendance.models import Mark
from trainings.attendance.queries.signers import Found, signers
from trainings.attendance.verbs.lines import Ready, ready
from trainings.attendance.verbs.together import write
from trainings.attendance.verbs.turns import Turns
from trainings.attendance.verbs.words import Said, line_of


@dataclass(frozen=True, slots=True)
class _Sent:
    token: str
    half_day: UUID
    said: Said


def sign_by_link(token: str, half_day: UUID, said: Said) -> Mark | None:
    """Add to the register what the person behind a link says of themselves; None, and nothing added, when there is something to tell
    them: a link that signs no more, a signature that is already there, a reason to give. `sign` then says which.
    """
    try:
        return _TURNS.ask(_Sent(token, half_day, said), beside=half_day)
    except (IntegrityError, ValidationError):
        return None


def _sign(sent: list[_Sent]) -> list[Mark | None]:
    """Sign for people of one half-day. Raises what `write` raises, with nothing written."""
    found = signers([each.token for each in sent], sent[0].half_day, now=timezone.now())
    lines = [_ready(each.said, found.get(each.token)) for each in sent]
    written = iter(write([line for line in lines if line is not None]))
    return [None if line is None else next(written) for line in lines]


def _ready(said: Said, found: Found | None) -> Ready | None:
    if found is None:
        return None
    half_day, enrolment = found
    try:
        # Whoever does the work of others may have come for another organisation.
        with on_days_of(half_day.organisation):
            return ready(half_day.session, line_of(said, half_day, enrolment))
    except ValidationError:
        return None


_TURNS = Turns(_sign)

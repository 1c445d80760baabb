"""Tokens of the trainees' personal links, and how long each kind works."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from qualiopi.links import derive
from trainings.sessions.models import LinkPurpose

PURPOSE = "trainings.sessions"
# A late signature says why; after a month nobody remembers well enough to sign. Own practice.
DAYS_TO_SIGN_LATE = 30
# A session without dates yet: the link lives this long from the day it is made.
DAYS_WITHOUT_DATES = 120


def link_token(enrolment_id: UUID, purpose: str, number: int, *, secret: str | None = None) -> str:
    """The token of a personal link, 120 bits in 24 characters: the same enrolment, purpose and number give the same one."""
    return derive(PURPOSE, 15, purpose, enrolment_id, number, secret=secret)


def link_expiry(last: date | None, purpose: str, *, today: date) -> date:
    """The last day a link works: needs until `last`, the last day of the session, signatures a month longer."""
    if last is None:
        return today + timedelta(days=DAYS_WITHOUT_DATES)
    return last + timedelta(days=DAYS_TO_SIGN_LATE) if purpose == LinkPurpose.ATTENDANCE else last

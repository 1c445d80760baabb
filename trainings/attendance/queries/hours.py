"""Hours really followed."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from trainings.attendance.models import MarkKind
from trainings.attendance.queries.register import current_marks
from trainings.sessions.models import Session


def followed_minutes(session: Session) -> dict[UUID, int]:
    """Minutes that each person really followed, by enrolment; nobody who followed none. One query.

    A signature counts its whole half-day; a connection counts the minutes kept from its report.
    """
    followed: dict[UUID, int] = defaultdict(int)
    for mark in current_marks(session).filter(kind=MarkKind.PRESENT).select_related("half_day"):
        if mark.enrolment_id is not None:
            followed[mark.enrolment_id] += mark.half_day.minutes if mark.minutes is None else mark.minutes
    return {enrolment: minutes for enrolment, minutes in followed.items() if minutes}

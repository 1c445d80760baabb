"""What the register says now: of each person and half-day, the last line, the one that nothing supersedes."""

from __future__ import annotations

from django.db.models import QuerySet

from trainings.attendance.models import Mark
from trainings.sessions.models import Session


def current_marks(session: Session) -> QuerySet[Mark]:
    """The lines in force of a session, in the order of the register."""
    marks: QuerySet[Mark] = Mark.objects.filter(session=session, superseded_by__isnull=True).order_by("number")
    return marks

"""Reading what is to be done around a session, and what happened to it."""

from __future__ import annotations

from django.db.models import QuerySet

from trainings.sessions.models import Session, SessionChange, Step


def steps_of(*sessions: Session) -> QuerySet[Step]:
    """The steps of these sessions by due day, with who is in charge and who did them, in one query."""
    steps: QuerySet[Step] = (
        Step.objects.filter(session__in=sessions)
        .select_related("owner", "trainer", "done_by")
        .order_by("due_on", "created_at", "pk")
    )
    return steps


def changes_of(session: Session) -> QuerySet[SessionChange]:
    """What happened to a session, the latest first, with who did it, in one query."""
    changes: QuerySet[SessionChange] = session.changes.select_related("made_by").order_by("-created_at", "-pk")
    return changes

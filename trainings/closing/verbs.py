"""Closing a session."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from qualiopi.accounts.models import User
from trainings.closing.queries import (
    ASKED_APART,
    people_of,
    steps_proved,
    steps_told_by_facts,
    steps_without_object,
    what_is_missing_to_close,
)
from trainings.sessions.models import Session, SessionState, Step
from trainings.sessions.verbs import change_state, skip_step, tick_step


def close_session(*, session: Session, actor: User | None, now: datetime) -> Session:
    """Close a session that is done and lacks nothing; the steps that facts tell are then done, those that nobody called
    for set aside. The change is kept, the journal written.

    Raises ValidationError with the sentence of everything that is missing, or when the session is not done yet.
    """
    with transaction.atomic():
        # The state is checked first, and locks the session: what is missing is then looked at while nobody else changes it.
        closed = change_state(session=session, to=SessionState.CLOSED, actor=actor)
        missing = what_is_missing_to_close(closed, now=now)
        if missing:
            raise ValidationError([each.sentence for each in missing])
        people = people_of(closed)
        told, without = ASKED_APART | steps_told_by_facts(closed, people), steps_without_object(people)
        for step in closed.steps.filter(key__in=told | set(without), done_at__isnull=True, skipped_reason=""):
            if step.key in told:
                tick_step(step=step, actor=actor, now=now)
            else:
                skip_step(step=step, reason=without[step.key], actor=actor)
    return closed


def tick_proved_steps(*, session: Session, actor: User | None, now: datetime, automatic: bool) -> list[Step]:
    """Tick the steps whose work is recorded in full, so that nobody says it a second time; give those that were ticked.

    `automatic`: also those that leave by themselves. A document issued is not sent yet: the clock leaves these to their own day. Writes
    the journal.
    """
    steps = session.steps.filter(done_at__isnull=True, skipped_reason="").order_by("due_on", "pk")
    waiting = list(steps if automatic else steps.filter(automatic=False))
    if not waiting:
        return []
    proved = steps_proved(session, now=now)
    return [tick_step(step=step, actor=actor, now=now) for step in waiting if step.key in proved]

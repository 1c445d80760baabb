"""Ticking the steps whose work is recorded."""

from __future__ import annotations

from datetime import datetime

from qualiopi.accounts.models import User
from trainings.sessions.models import Session, Step
from trainings.sessions.verbs import tick_step
from trainings.ticking.queries import steps_proved


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

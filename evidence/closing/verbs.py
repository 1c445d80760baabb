"""Closing a session."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from evidence.closing.queries import closing_of
from qualiopi.accounts.models import User
from trainings.sessions.models import Session, SessionState
from trainings.sessions.verbs import change_state, skip_step, tick_step


def close_session(*, session: Session, actor: User | None, now: datetime) -> Session:
    """Close a session that is done and that nothing holds open; the steps whose work is recorded are then done, those that nobody
    called for set aside. What is due later by itself goes on. The change is kept, the journal written.

    Raises ValidationError with the sentence of everything that holds it open, or when the session is not done yet.
    """
    with transaction.atomic():
        # The state is checked first, and locks the session: what is missing is then looked at while nobody else changes it.
        closed = change_state(session=session, to=SessionState.CLOSED, actor=actor)
        found = closing_of(closed, now=now)
        if found.holding:
            raise ValidationError([each.sentence for each in found.holding])
        for step in found.open_steps:
            if step.key in found.told:
                tick_step(step=step, actor=actor, now=now)
            elif step.key in found.without_object:
                skip_step(step=step, reason=found.without_object[step.key], actor=actor)
    return closed

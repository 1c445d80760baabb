"""What rooms above have to say before something happens here: they register a guard, and this room asks it."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError

from trainings.sessions.models import Enrolment

# Given an enrolment that is about to end, answers why it cannot, in a French sentence that says what to do; empty when it can.
LeavingGuard = Callable[[Enrolment], str]
_leaving: list[LeavingGuard] = []


def before_leaving(guard: LeavingGuard) -> LeavingGuard:
    """Have this guard asked before somebody leaves a session; registering it twice changes nothing."""
    if guard not in _leaving:
        _leaving.append(guard)
    return guard


def check_leaving(enrolment: Enrolment) -> None:
    """Raise ValidationError with the sentence of every guard that objects."""
    sentences = [sentence for sentence in (guard(enrolment) for guard in _leaving) if sentence]
    if sentences:
        raise ValidationError(sentences)

"""A test waits for a condition, never for a time: this is the one place where it looks again."""

from collections.abc import Callable
from threading import Event
from time import monotonic

# Seconds. Not how long anything takes: how long a test that is broken may hold the others. A slow machine never comes near it.
PATIENCE = 180
BETWEEN_TWO_LOOKS = 0.01


def until(reached: Callable[[], object], what: str) -> None:
    """Come back when `reached()` is true; fail saying `what` never came."""
    end = monotonic() + PATIENCE
    while not reached():
        assert monotonic() < end, f"Toujours pas après {PATIENCE} s : {what}."
        Event().wait(BETWEEN_TWO_LOOKS)

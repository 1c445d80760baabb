"""A test waits for a condition, never for a time: this is the one place where it looks again."""

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TypeVar

Found = TypeVar("Found")

# Seconds. Not how long anything takes: how long a test that is broken may hold the others. A slow machine never comes near it.
PATIENCE = 180
BETWEEN_TWO_LOOKS = 0.01


def until(look: Callable[[], Found], what: str) -> Found:
    """What `look()` gives once it gives something true; fail saying `what` never came."""
    end = monotonic() + PATIENCE
    while not (found := look()):
        assert monotonic() < end, f"Toujours pas après {PATIENCE} s : {what}."
        Event().wait(BETWEEN_TWO_LOOKS)
    return found

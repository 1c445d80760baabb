"""How a note looks and is read aloud, and which note a message of Django becomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class NoteLook:
    """The classes of a note, its ARIA role when it interrupts, and its sign: the shape of a status, else an icon."""

    css: str
    role: str = ""
    status: str = ""
    icon: str = ""


NOTES: Final[dict[str, NoteLook]] = {
    "": NoteLook("note", icon="info-circle"),
    "provisoire": NoteLook("note note--provisoire", icon="hourglass"),
    "erreur": NoteLook("note note--erreur", role="alert", status="insufficient"),
    "fait": NoteLook("note note--fait", role="status", status="demonstrable"),
}
_OF_MESSAGES: Final[dict[str, str]] = {"error": "erreur", "warning": "erreur", "success": "fait"}


def note_look(kind: str) -> NoteLook:
    """The look of a kind of note; ValueError for one that does not exist."""
    if kind not in NOTES:
        raise ValueError(f"note : genre inconnu « {kind} ».")
    return NOTES[kind]


def kind_of_message(level: str) -> str:
    """The kind of note of a message, by its level tag: what went wrong alerts, what is done says so, the rest is quiet."""
    return _OF_MESSAGES.get(level, "")

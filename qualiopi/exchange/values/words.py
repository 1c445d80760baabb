"""Booleans, lists in one cell and words chosen from a short list."""

import re
from collections.abc import Mapping
from typing import TypeVar

from django.utils.translation import gettext as _

from qualiopi.text import comparison_key

from ..words import clean
from .errors import CellError

T = TypeVar("T")
YES = frozenset({"oui", "o", "1", "vrai", "true", "yes", "y", "x", "v", "ok", "fait", "check ok"})
NO = frozenset({"non", "n", "0", "faux", "false", "no", "f", "ko", "pas fait"})
TICKS = frozenset({"✓", "✔", "☑"})


def parse_boolean(value: object) -> bool | None:
    """Oui or non in the many ways people tick a cell."""
    if isinstance(value, bool):
        return value
    text = clean(value)
    if text in TICKS:
        return True
    word = comparison_key(text)
    if not word:
        return None
    if word in YES:
        return True
    if word in NO:
        return False
    raise CellError(_("Écrivez oui ou non."))


def parse_choice(value: object, choices: Mapping[str, T], *, expected: str) -> T | None:
    """The choice whose folded word the cell holds or begins with. ``expected`` lists the words, for the sentence."""
    text = clean(value)
    word = comparison_key(text)
    if not word:
        return None
    if word in choices:
        return choices[word]
    for known, choice in choices.items():
        if word.startswith(known + " ") or known.startswith(word + " "):
            return choice
    raise CellError(_("« %(value)s » n’est pas reconnu. Écrivez : %(expected)s.") % {"value": text, "expected": expected})


def split_list(value: object) -> list[str]:
    """Several things in one cell, separated by a line break, a slash or a semicolon."""
    return [part for part in (clean(piece) for piece in re.split(r"[\n;/]+", clean(value))) if part]

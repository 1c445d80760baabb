"""Words chosen from a short list."""

from collections.abc import Mapping
from typing import TypeVar

from django.utils.translation import gettext as _

from qualiopi.text import comparison_key

from ..words import clean
from .errors import CellError

T = TypeVar("T")


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

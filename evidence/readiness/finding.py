"""Finding indicators by their number or by their words."""

from __future__ import annotations

import re

from qualiopi.standard.model import Indicator
from qualiopi.text import comparison_key, says

_NUMBER = re.compile(r"i?(\d{1,2})")


def indicator_says(indicator: Indicator, text: str) -> bool:
    """Whether an indicator is meant: « 30 » and « I30 » are its number and no other one, words are in its label or in its summary."""
    if not text.strip():
        return True
    words = comparison_key(text).split()
    numbers = {int(found[1]) for word in words if (found := _NUMBER.fullmatch(word))}
    others = " ".join(word for word in words if not _NUMBER.fullmatch(word))
    known = f"indicateur {indicator.label} {indicator.summary}"
    return bool(words) and numbers <= {indicator.number} and says(known, others)

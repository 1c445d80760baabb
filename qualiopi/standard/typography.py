"""French typography for sentences written plainly in data files and code."""

import re

_BEFORE_HIGH_SIGN = re.compile(r" (?=[;?!%€])")
_BEFORE_COLON_OR_QUOTE = re.compile(r" (?=[:»])")
_AFTER_OPENING_QUOTE = re.compile(r"(?<=«) ")

NARROW = "\u202f"
NO_BREAK = "\u00a0"


def french(text: str) -> str:
    """Curved apostrophes, and spaces that don't break before high signs."""
    text = text.replace("'", "’")
    text = _BEFORE_HIGH_SIGN.sub(NARROW, text)
    text = _BEFORE_COLON_OR_QUOTE.sub(NO_BREAK, text)
    return _AFTER_OPENING_QUOTE.sub(NO_BREAK, text)

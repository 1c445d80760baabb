"""Comparing what people type: without case, accents, punctuation or double spaces."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})


def comparison_key(text: str) -> str:
    """Reduce a text to lower-case letters and digits separated by single spaces: « D’ORNELLAS  José » gives « d ornellas jose »."""
    flat = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = "".join(character for character in flat if not unicodedata.combining(character))
    return re.sub(r"[^0-9a-z]+", " ", plain.lower()).strip()

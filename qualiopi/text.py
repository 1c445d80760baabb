"""Comparing what people type: without case, accents, punctuation or double spaces."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})


def comparison_key(text: str) -> str:
    """Reduce a text to lower-case letters and digits separated by single spaces: « D’ORNELLAS  José » gives « d ornellas jose »."""
    flat = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = "".join(character for character in flat if not unicodedata.combining(character))
    return re.sub(r"[^0-9a-z]+", " ", plain.lower()).strip()


def person_key(first_name: str, last_name: str) -> str:
    """The same for two spellings of one name: accents, capitals, hyphens and the order of the two parts do not count.

    No longer than the 220 letters that its columns hold.
    """
    return " ".join(sorted(comparison_key(f"{first_name} {last_name}").split()))[:220]


def search_words(text: str) -> list[str]:
    """The words of a search, each once, ten at most: what nobody types would be a query that no database takes."""
    return list(dict.fromkeys(comparison_key(text).split()))[:10]

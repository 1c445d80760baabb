"""Comparing what people type: without case, accents, punctuation or double spaces."""

import re
import unicodedata

# A number with at least so many figures is a phone number or an identity number.
_NUMBER = 8
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})


def comparison_key(text: str) -> str:
    """Reduce a text to lower-case letters and digits separated by single spaces: « D’ORNELLAS  José » gives « d ornellas jose »."""
    flat = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = "".join(character for character in flat if not unicodedata.combining(character))
    return re.sub(r"[^0-9a-z]+", " ", plain.lower()).strip()


def sorted_words(key: str) -> str:
    """The words of a key in alphabetical order."""
    return " ".join(sorted(key.split()))


def person_key(first_name: str, last_name: str) -> str:
    """The same for two spellings of one name: accents, capitals, hyphens and the order of the two parts do not count.

    No longer than the 220 letters that its columns hold.
    """
    return sorted_words(comparison_key(f"{first_name} {last_name}"))[:220]


def search_words(text: str) -> list[list[str]]:
    """What somebody looks for: lists of words, of which a text that is found says all of one. None for a text of signs alone.

    Each word once, ten at most: what nobody types would be a query that no database takes. A number typed with spaces, dots or its first
    zero (a phone, a SIRET) is also looked for as it is kept, in one piece.
    """
    words = list(dict.fromkeys(comparison_key(text).split()))[:10]
    number = re.sub(r"\D", "", text.replace("(0)", "")).lstrip("0")
    if len(number) >= _NUMBER and not any(character.isalpha() for character in text):
        return [words, [number]]
    return [words] if words else []


def says(text: str, wanted: str) -> bool:
    """Whether a text says each word of what somebody looks for: the same as the database answers for its rows. All do for nothing."""
    key = comparison_key(text)
    return not wanted.strip() or any(all(word in key for word in words) for words in search_words(wanted))

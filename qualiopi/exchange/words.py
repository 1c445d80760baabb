"""Words of a cell: cleaned, compared, recognised as saying nothing."""

import re
import unicodedata

# What people write to say "nothing here". Compared once folded.
EMPTY_WORDS = frozenset({"null", "n a", "nc", "neant", "sans objet", "pas besoin", "non renseigne"})
EMPTY_MARKS = " -–—./:|_?\n"
LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


def fold(text: str) -> str:
    """Lower case, without accents, punctuation marks or doubled spaces: two spellings of one word become equal."""
    if text.isascii():
        plain = text.casefold()
    else:
        decomposed = unicodedata.normalize("NFKD", text.translate(LIGATURES)).casefold()
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())


def clean(value: object) -> str:
    """The text of a cell: trimmed, line breaks kept as ``\\n``, ordinary spaces; empty when it says nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\u202f", " ").strip()
    if not text.strip(EMPTY_MARKS) or (len(text) < 20 and fold(text) in EMPTY_WORDS):
        return ""
    return text

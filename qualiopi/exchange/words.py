"""Words of a cell: cleaned, compared, recognised as saying nothing."""

from qualiopi.text import comparison_key

# What people write to say "nothing here". Compared by their key.
EMPTY_WORDS = frozenset({"null", "n a", "nc", "neant", "sans objet", "pas besoin", "non renseigne"})
EMPTY_MARKS = " -–—./:|_?\n"


def clean(value: object) -> str:
    """The text of a cell: trimmed, line breaks kept as ``\\n``, ordinary spaces; empty when it says nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\u202f", " ").strip()
    if not text.strip(EMPTY_MARKS) or (len(text) < 20 and comparison_key(text) in EMPTY_WORDS):
        return ""
    return text

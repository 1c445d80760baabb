"""Words of a cell: cleaned, compared, recognised as saying nothing."""

# What people write to say "nothing here", whatever the capitals.
EMPTY_WORDS = frozenset(
    {
        "null",
        "n/a",
        "n.a.",
        "nc",
        "néant",
        "neant",
        "sans objet",
        "pas besoin",
        "non renseigné",
        "non renseignée",
        "non renseigne",
    }
)
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
    if not text.strip(EMPTY_MARKS) or (len(text) < 20 and text.casefold() in EMPTY_WORDS):
        return ""
    return text

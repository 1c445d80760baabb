"""French typographic spaces, words in a row, numbers in letters, file sizes, initials, hours."""

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NBSP, NNBSP = "\u00a0", "\u202f"
_BEFORE = re.compile(r"(?<=\S) ([;?!%»€])")
_COLON = re.compile(r"(?<=\S) :(?=\s|$)")
_AFTER = re.compile(r"« (?=\S)")
_NUMBERED = re.compile(r"\bn° (?=\S)")
_NUMBERS = re.compile(r"(?<=\d) (?=\d{3}\b)")
_IN_WORDS = (
    gettext_lazy("zéro"),
    gettext_lazy("un"),
    gettext_lazy("deux"),
    gettext_lazy("trois"),
    gettext_lazy("quatre"),
    gettext_lazy("cinq"),
    gettext_lazy("six"),
    gettext_lazy("sept"),
    gettext_lazy("huit"),
    gettext_lazy("neuf"),
    gettext_lazy("dix"),
    gettext_lazy("onze"),
    gettext_lazy("douze"),
    gettext_lazy("treize"),
    gettext_lazy("quatorze"),
    gettext_lazy("quinze"),
    gettext_lazy("seize"),
)


def french_spaces(text: str) -> str:
    """Return `text` with plain spaces made unbreakable before : ; ? ! % » €, after « and n°. Adds no character."""
    text = _BEFORE.sub(NNBSP + r"\1", text)
    text = _COLON.sub(NBSP + ":", text)
    text = _AFTER.sub("«" + NBSP, text)
    text = _NUMBERED.sub("n°" + NBSP, text)
    return _NUMBERS.sub(NNBSP, text)


def listed(words: Sequence[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s et %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def in_words(number: int, *, feminine: bool = False) -> str:
    """Up to sixteen in letters, in figures from there on: "sept", "une", "23"."""
    if feminine and number == 1:
        return _("une")
    return str(_IN_WORDS[number]) if 0 <= number < len(_IN_WORDS) else str(number)


def capitalised(text: str) -> str:
    """With a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def some(words: Sequence[str], *, most: int) -> str:
    """The first of these, and how many others: « a, b et 2 autres »; one more than the most is named as well."""
    more = len(words) - most
    if more <= 1:
        return listed(list(words))
    return _("%(names)s et %(n)s autres") % {"names": ", ".join(words[:most]), "n": more}


def file_size(octets: int) -> str:
    """Return a size in French units (powers of 1000): "340 ko", "1,2 Mo"."""
    units = [_("octets"), _("ko"), _("Mo"), _("Go")]
    size, unit = Decimal(octets), 0
    while size >= 1000 and unit < len(units) - 1:
        size, unit = size / 1000, unit + 1
    digits = 1 if unit >= 2 and size < 10 else 0
    size = size.quantize(Decimal(1).scaleb(-digits))
    number = number_format(size, decimal_pos=None if size == int(size) and not digits else digits)
    return f"{number}{NBSP}{units[unit]}"


def initials(name: str) -> str:
    """Return at most two capital letters: "Maëlle Kerdraon" is "MK", "Jean-François Le Müller" is "JM"."""
    words = [word for word in name.split() if word[:1].isalpha()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def initials_tint(name: str) -> int:
    """Return a tint from 1 to 4, the same for the same name: it only helps to tell neighbours apart."""
    return sum(map(ord, name)) % 4 + 1


def hours(value: Decimal | float | int) -> str:
    """Return a number of hours: 3.5 is "3 h 30", 14 is "14 h", 0.25 is "15 min"."""
    minutes = round(Decimal(value) * 60)
    whole, rest = divmod(int(minutes), 60)
    if not whole and rest:
        return f"{rest}{NBSP}min"
    return f"{whole}{NBSP}h{NBSP}{rest:02d}" if rest else f"{whole}{NBSP}h"

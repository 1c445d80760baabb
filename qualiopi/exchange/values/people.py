"""People, companies and how to reach them: what spreadsheets do to names, phones, post codes and SIRET."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from qualiopi.identity import BadIdentifier, postcode, siret
from qualiopi.phones import BadPhone, international
from qualiopi.text import comparison_key

from ..words import clean
from .errors import CellError

FOUR_DIGITS = re.compile(r"[1-9][0-9]{3}")
SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?[eE]\+?\d+$")
CIVILITY = re.compile(r"^(?:mme|mlle|madame|mademoiselle|monsieur|mr|m\.|m)\s+", re.IGNORECASE)
PEOPLE_SEPARATORS = re.compile(r"[/;\n|+&,]|\bet\b")
ANONYMOUS = frozenset({"anonymous", "anonyme"})
# What opens a family name and goes with it, as comparison keys.
PARTICLES = frozenset(
    {
        "de", "du", "des", "d", "la", "le", "les", "van", "von", "der", "den", "ter", "di", "da", "do", "dos", "das", "del", "della",
        "el", "al", "ben", "ibn", "ait", "st", "ste", "saint", "sainte",
    }
)  # fmt: skip
ELIDED = re.compile(r"^[dlDL]'(?=\w)")
ROMAN = re.compile(r"^[IVX]+$")
BORN_IN_BRACKETS = re.compile(r"\(\s*n[ée]e?e?\s+([^)\d]+?)\s*\)", re.IGNORECASE)
BORN = re.compile(r"\b(?:née|nee|né)\s+(?!le\s+\d)([^\d(),;]+)$", re.IGNORECASE)
# Longer than any name or address: patterns are not tried on what somebody pasted into a cell.
LONGEST_TEXT = 400
ADDRESS = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>")


class Person(NamedTuple):
    """A first and a last name, as one writes them."""

    first_name: str
    last_name: str


def parse_email(value: object) -> str:
    """An address in lower case; empty when none, or when the tool wrote *anonymous*."""
    text = clean(value).lower()
    found = ADDRESS.search(text) if len(text) <= LONGEST_TEXT else None
    text = (found[1] if found else text).strip().removeprefix("mailto:").strip("<> ")
    if not text or text in ANONYMOUS:
        return ""
    try:
        validate_email(text)
    except ValidationError as error:
        raise CellError(_("Cette adresse n’est pas complète. Écrivez-la comme nom@exemple.fr.")) from error
    return text


def parse_phone(value: object) -> str:
    """A French or foreign number in international form (E.164); empty when none. The first of several in a cell."""
    text = clean(value)
    if not text:
        return ""
    try:
        return international(text)
    except BadPhone as error:
        raise CellError(str(error)) from error


def parse_postcode(value: object, *, before_four: str = "0") -> str:
    """A postcode as `identity.postcode` gives it. ``before_four``: what four digits lack, the zero of France unless the column says a
    country (``B-``).
    """
    text = clean(value)
    try:
        return postcode(f"{before_four}{text}" if FOUR_DIGITS.fullmatch(text) else text)
    except BadIdentifier as error:
        raise CellError(str(error)) from error


def parse_siret(value: object) -> str:
    """Fourteen digits that agree, or nothing. What a spreadsheet has rounded is refused: the digits are lost."""
    text = clean(value)
    if SCIENTIFIC.match(text):
        raise CellError(
            _(
                "Le tableur a arrondi ce SIRET (%(value)s) : ses derniers chiffres sont perdus. "
                "Mettez la colonne au format « Texte » et recopiez les 14 chiffres."
            )
            % {"value": text}
        )
    digits = re.sub(r"[\s.\-]", "", text)
    if digits.strip("0") == "":
        return ""
    if re.fullmatch(r"\d{12,13}", digits):
        digits = digits.zfill(14)
    try:
        return siret(digits)
    except BadIdentifier as error:
        raise CellError(str(error)) from error


def split_people(value: object, *, last_first: bool = False) -> list[Person]:
    """The people named in one cell, whatever stands between them. ``last_first``: see ``parse_person``."""
    text = clean(value)
    if not text:
        return []
    parts = people_named(text)
    if text.count(",") == 1 and len(parts) == 2 and all(" " not in part for part in parts):
        return [parse_person(" ".join(parts), last_first=True)]  # « Dupont, Léa » is one person
    return list(dict.fromkeys(parse_person(part, last_first=last_first) for part in parts))


def people_named(value: object) -> list[str]:
    """The texts that name one person each in a cell."""
    return [part.strip() for part in PEOPLE_SEPARATORS.split(clean(value)) if part.strip()]


def parse_person(value: object, *, last_first: bool = False) -> Person:
    """First and last name from one text. Capitals or a comma tell the last name; without them, ``last_first`` says the order.

    A particle (de, du, van…) goes with the name that follows it.
    """
    text = CIVILITY.sub("", clean(value)).replace("’", "'")
    before, comma, after = text.partition(",")
    if comma and before.strip() and after.strip():
        return Person(name_case(after), name_case(before))
    words = text.replace(",", " ").split()
    family = family_words(words)
    if any(family) and not all(family):
        last = " ".join(word for word, is_family in zip(words, family, strict=True) if is_family)
        first = " ".join(word for word, is_family in zip(words, family, strict=True) if not is_family)
    else:
        first, last = _by_order(words, last_first=last_first)
    return Person(name_case(first), name_case(last))


def family_words(words: list[str]) -> list[bool]:
    """Which words are the family name, told by their capitals; a particle is of the family when a word in capitals follows."""
    family = [in_capitals(word) for word in words]
    for place in range(len(words) - 2, -1, -1):
        if not family[place] and family[place + 1] and is_particle(words[place]):
            family[place] = True
    return family


def _by_order(words: list[str], *, last_first: bool) -> tuple[str, str]:
    """First and last name by their order alone: one word of the first of both, with its particles."""
    if len(words) < 2:
        return "", " ".join(words)
    if last_first:
        end = next((place for place, word in enumerate(words) if not is_particle(word)), len(words) - 1) + 1
        end = min(end, len(words) - 1)
        return " ".join(words[end:]), " ".join(words[:end])
    start = next((place for place, word in enumerate(words) if place and is_particle(word)), 1)
    return " ".join(words[:start]), " ".join(words[start:])


def birth_name_apart(value: object) -> tuple[str, str]:
    """The text without its birth name, and that name: « DUPONT (née MARTIN) Sophie » gives « DUPONT Sophie » and « Martin »."""
    text = clean(value).replace("’", "'")
    if len(text) > LONGEST_TEXT:
        return text, ""
    found = BORN_IN_BRACKETS.search(text)
    if found:
        return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split()), name_case(found[1])
    found = BORN.search(text)
    if not found:
        return text, ""
    words = found[1].split()
    family = family_words(words)
    if any(family):
        end = family.index(False) if False in family else len(words)
    else:
        end = min(next((place for place, word in enumerate(words) if not is_particle(word)), 0) + 1, len(words))
    if not end:
        return text, ""
    rest = f"{text[: found.start()]} {' '.join(words[end:])}"
    return " ".join(rest.split()), name_case(" ".join(words[:end]))


def names_come_last_first(values: Iterable[object]) -> bool:
    """Whether a column of names writes the last name first, judged on the names that have it in capitals."""
    balance = 0
    for value in values:
        for part in people_named(value):
            words = CIVILITY.sub("", part).split()
            family = family_words(words)
            if len(words) > 1 and family[0] != family[-1]:
                balance += 1 if family[0] else -1
    return balance > 0


def in_capitals(word: str) -> bool:
    """Whether a word of a name is in capitals, a particle before its apostrophe aside: DUPONT, d'AUVERGNE."""
    core = ELIDED.sub("", word)
    return core.isupper() and sum(letter.isalpha() for letter in core) > 1


def is_particle(word: str) -> bool:
    """Whether this word opens a family name: de, du, van…"""
    return comparison_key(word) in PARTICLES


def name_case(text: str) -> str:
    """``LEFÈVRE`` becomes ``Lefèvre``, ``D'ORNELLAS`` ``D'Ornellas``, ``de LA TOUR`` ``de La Tour``; mixed case is kept."""
    tidy = " ".join(clean(text).replace("’", "'").split())
    if tidy and (tidy.isupper() or tidy.islower()):
        return _capitalised(tidy)
    return " ".join(_word_case(word) for word in tidy.split(" "))


def _word_case(word: str) -> str:
    elided = ELIDED.match(word)
    start = elided[0] if elided and elided[0][0].islower() else ""
    core = word[len(start) :]
    return start + _capitalised(core) if in_capitals(core) and not ROMAN.match(core) else word


def _capitalised(text: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), text)

"""People, companies and how to reach them: what spreadsheets do to names, phones, post codes and SIRET."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ..words import clean
from .errors import CellError

SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?[eE]\+?\d+$")
CIVILITY = re.compile(r"^(?:mme|mlle|madame|mademoiselle|monsieur|mr|m\.|m)\s+", re.IGNORECASE)
PEOPLE_SEPARATORS = re.compile(r"\s*(?:/|;|\n|\||\+|&|\bet\b|,)\s*")
ANONYMOUS = frozenset({"anonymous", "anonyme"})


class Person(NamedTuple):
    """A first and a last name, as one writes them."""

    first_name: str
    last_name: str


def parse_email(value: object) -> str:
    """An address in lower case; empty when none, or when the tool wrote *anonymous*."""
    text = clean(value).lower().removeprefix("mailto:").strip("<> ")
    if not text or text in ANONYMOUS:
        return ""
    try:
        validate_email(text)
    except ValidationError as error:
        raise CellError(_("Cette adresse n’est pas complète. Écrivez-la comme nom@exemple.fr.")) from error
    return text


def parse_phone(value: object) -> str:
    """A French or foreign number in international form (E.164); a zero lost by the spreadsheet is put back."""
    text = clean(value)
    return _phone(text) if text else ""


@lru_cache(maxsize=4096)
def _phone(text: str) -> str:
    import phonenumbers  # the plans of every country: for who reads a number, not for every process that serves pages

    digits = re.sub(r"[^\d+]", "", text.split("/")[0])
    if re.fullmatch(r"[1-9]\d{8}", digits):
        digits = "0" + digits
    if re.fullmatch(r"33[1-9]\d{8}", digits):
        digits = "+" + digits
    try:
        number = phonenumbers.parse(digits, "FR")
    except phonenumbers.NumberParseException as error:
        raise _bad_phone() from error
    if not phonenumbers.is_possible_number(number):
        raise _bad_phone()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _bad_phone() -> CellError:
    return CellError(_("Ce numéro n’est pas complet. Écrivez-le comme 06 12 34 56 78 ou +33 6 12 34 56 78."))


def parse_postcode(value: object) -> str:
    """Five digits; ``1000`` is 01000 whose zero was lost. Foreign codes are kept as they are."""
    text = clean(value).replace(" ", "")
    if re.fullmatch(r"\d{4}", text):
        return "0" + text
    if text and not re.fullmatch(r"[A-Za-z0-9\-]{3,10}", text):
        raise CellError(_("Un code postal a cinq chiffres, comme 01000."))
    return text


def parse_siret(value: object) -> str:
    """Fourteen digits, or nothing. What a spreadsheet has rounded is refused: the digits are lost."""
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
    if not re.fullmatch(r"\d{14}", digits):
        raise CellError(_("Un SIRET a 14 chiffres ; celui-ci n’en a pas 14. Recopiez-le en entier."))
    return digits


def split_people(value: object, *, last_first: bool = False) -> list[Person]:
    """The people named in one cell, whatever stands between them. ``last_first``: see ``parse_person``."""
    text = clean(value)
    if not text:
        return []
    parts = PEOPLE_SEPARATORS.split(text)
    if text.count(",") == 1 and len(parts) == 2 and all(" " not in part for part in parts):
        return [parse_person(" ".join(parts), last_first=True)]  # « Dupont, Léa » is one person
    return list(dict.fromkeys(parse_person(part, last_first=last_first) for part in parts if part.strip()))


def parse_person(value: object, *, last_first: bool = False) -> Person:
    """First and last name from one text. Capitals tell the last name; without them, ``last_first`` says the order."""
    words = CIVILITY.sub("", clean(value)).replace("’", "'").split()
    capitals = [word for word in words if _in_capitals(word)]
    if capitals and len(capitals) < len(words):
        last, first = " ".join(capitals), " ".join(word for word in words if not _in_capitals(word))
    elif last_first:
        last, first = " ".join(words[:1]), " ".join(words[1:])
    else:
        first, last = (words[0], " ".join(words[1:])) if len(words) > 1 else ("", " ".join(words))
    return Person(name_case(first), name_case(last))


def names_come_last_first(values: Iterable[object]) -> bool:
    """Whether a column of names writes the last name first, judged on the names that have it in capitals."""
    balance = 0
    for value in values:
        for part in PEOPLE_SEPARATORS.split(clean(value)):
            words = CIVILITY.sub("", part).split()
            if len(words) > 1 and _in_capitals(words[0]) != _in_capitals(words[-1]):
                balance += 1 if _in_capitals(words[0]) else -1
    return balance > 0


def _in_capitals(word: str) -> bool:
    return word.isupper() and len(word) > 1


def name_case(text: str) -> str:
    """``LEFÈVRE`` becomes ``Lefèvre``, ``D'ORNELLAS`` ``D'Ornellas``; a name already in mixed case is kept."""
    tidy = " ".join(clean(text).replace("’", "'").split())
    if tidy and (tidy.isupper() or tidy.islower()):
        return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), tidy)
    return tidy

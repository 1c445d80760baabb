"""Numbers by which administrations and the post know organisations and people, checked the same way in forms and in imports (ADR 133).

Each function takes what somebody typed and gives the one form that is stored; empty stays empty; `BadIdentifier` says what to do.
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.translation import gettext as _

# The two first digits of a declaration number: the region that gave it, by the codes of Insee. A number outlives its region: those
# before 2016 are still in use, as are those that overseas had before.
REGIONS = frozenset(
    """
    01 02 03 04 05 06 11 21 22 23 24 25 26 27 28 31 32 41 42 43 44 52 53 54 72 73 74 75 76 82 83 84 91 93 94 95 96 97 98
    """.split()  # noqa: SIM905
)
# Region, department, order, department again. Public establishments have a P in their order; Corsica writes 20, 2A or 2B.
ACTIVITY_NUMBER = re.compile(r"(\d{2})(\d{2}|2[AB])([0-9P]\d{4})(\d{2}|2[AB])")
# Departments, overseas, the army (00), Monaco (980), the communes of the Pacific and the southern lands.
FRENCH_POSTCODE = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-5])\d{3}|00[1-9]\d\d|97[1-8]\d\d|98[046-9]\d\d")
# What one writes before a code to say its country -> the sign it is kept with, and the shape of the code.
_BELGIAN, _FIVE = re.compile(r"[1-9]\d{3}"), re.compile(r"\d{5}")
COUNTRIES = {
    "B": ("B-", _BELGIAN), "BE": ("B-", _BELGIAN),
    "CH": ("CH-", _BELGIAN),
    "L": ("L-", _BELGIAN), "LU": ("L-", _BELGIAN),
    "D": ("D-", _FIVE), "DE": ("D-", _FIVE),
    "E": ("E-", _FIVE), "ES": ("E-", _FIVE),
    "I": ("I-", _FIVE), "IT": ("I-", _FIVE),
    "AD": ("AD", re.compile(r"[1-7]00")),
    "F": ("", FRENCH_POSTCODE), "FR": ("", FRENCH_POSTCODE),
    "MC": ("", re.compile(r"980\d\d")),
}  # fmt: skip
FARTHER = re.compile(r"([A-Z]{2})-[A-Z0-9][A-Z0-9 -]{1,7}[A-Z0-9]")


class BadIdentifier(ValueError):
    """A number that is nobody's. ``str(error)`` is a French sentence that says what to do."""


class WrongKey(BadIdentifier):
    """A number of the right shape whose digits don't agree: one of them is wrong."""


def compact(typed: str) -> str:
    """An identifier in capitals, without the spaces, dots and dashes people put in it."""
    return "".join(character for character in typed if character.isalnum()).upper()


def siren(typed: str) -> str:
    """Nine digits whose last one agrees with the others; those of a SIRET when somebody copied that."""
    number = compact(typed)
    if len(number) == 14 and _agrees(number):
        return number[:9]
    if number and not _digits(number, 9):
        raise BadIdentifier(_("Un SIREN a 9 chiffres : recopiez-le en entier."))
    if number and not _agrees(number):
        raise WrongKey(_("Ce SIREN ne tombe pas juste : un chiffre est faux. Vérifiez-le sur un devis ou une facture."))
    return number


@lru_cache(maxsize=4096)
def siret(typed: str) -> str:
    """Fourteen digits: a SIREN and an establishment, whose last one agrees with the others (La Poste has a rule of its own)."""
    number = compact(typed)
    if _digits(number, 9) and _agrees(number):
        raise BadIdentifier(_("C’est un SIREN : un SIRET a 14 chiffres, le SIREN puis les 5 de l’établissement. Ajoutez-les."))
    if number and not _digits(number, 14):
        raise BadIdentifier(_("Un SIRET a 14 chiffres : recopiez-le en entier."))
    if number and not _agrees(number):
        raise WrongKey(_("Ce SIRET ne tombe pas juste : un chiffre est faux. Vérifiez-le sur un devis ou une facture."))
    return number


def activity_number(typed: str) -> str:
    """The number of a declaration of activity (Code du travail, L. 6351-1): eleven signs, the department standing twice."""
    number = compact(typed)
    if not number:
        return ""
    found = ACTIVITY_NUMBER.fullmatch(number) if number.isascii() else None
    if found is None:
        raise BadIdentifier(_("Un numéro de déclaration d’activité a 11 chiffres, comme 53 35 00000 35 : recopiez-le en entier."))
    region, department, _order, again = found.groups()
    if region not in REGIONS:
        raise BadIdentifier(
            _("Aucune région n’a le code %(code)s : vérifiez les deux premiers chiffres de ce numéro.") % {"code": region}
        )
    if department != again:
        raise BadIdentifier(
            _(
                "Un chiffre est faux : le département est écrit deux fois dans ce numéro, ici %(first)s puis %(last)s. "
                "Recopiez-le comme 53 35 00000 35."
            )
            % {"first": department, "last": again}
        )
    return number


@lru_cache(maxsize=4096)
def postcode(typed: str) -> str:
    """Five digits in France and Monaco; abroad, the sign of the country before the code: B-1000, CH-1201, L-1009, D-79098, AD500.

    Four digits alone are refused: they are a French code that lost its zero, or a neighbour's.
    """
    code = compact(typed)
    if not code:
        return ""
    if re.fullmatch(r"[1-9][0-9]{3}", code):
        raise BadIdentifier(
            _(
                "Quatre chiffres se lisent de plusieurs façons : écrivez 0%(code)s en France, B-%(code)s en Belgique, "
                "CH-%(code)s en Suisse ou L-%(code)s au Luxembourg."
            )
            % {"code": code}
        )
    if FRENCH_POSTCODE.fullmatch(code) and code.isascii():
        return code
    if code.isascii() and (found := re.fullmatch(r"([A-Z]{1,2})(\d+)", code)) and found[1] in COUNTRIES:
        sign, shape = COUNTRIES[found[1]]
        if shape.fullmatch(found[2]):
            return f"{sign}{found[2]}"
    elif (found := FARTHER.fullmatch(" ".join(typed.upper().split()))) and found[1] not in COUNTRIES:
        return found[0]
    raise BadIdentifier(
        _("Un code postal a cinq chiffres, comme 01000 ; à l’étranger, mettez le pays devant, comme B-1000, CH-1201 ou L-1009.")
    )


def _digits(number: str, count: int) -> bool:
    return len(number) == count and number.isascii() and number.isdigit()


def _agrees(number: str) -> bool:
    """Whether the digits of a SIREN (nine) or a SIRET agree. Zeros alone do, and are nobody's number."""
    from stdnum.fr import siren, siret  # for who reads a number, not for every process that serves pages

    key = siren if len(number) == 9 else siret
    return bool(key.is_valid(number)) and number.strip("0") != ""

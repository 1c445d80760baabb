"""Phone numbers of every French territory and of abroad, read the same way in forms and in imports."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from django.utils.translation import gettext as _

# First digits of the national number, by territory (Arcep, plan national de numérotation): numbers of overseas have their own country
# code, yet are dialled and written 06, 02 or 05 at home. The library alone would take 0596 and 0269 for the mainland's.
TERRITORIES = {
    "GP": ("590", "690", "691"),  # Guadeloupe, Saint-Martin, Saint-Barthélemy
    "GF": ("594", "694"),  # Guyane
    "MQ": ("596", "696", "697"),  # Martinique
    "RE": ("262", "263", "692", "693"),  # La Réunion
    "YT": ("269", "639"),  # Mayotte
    "PM": ("508",),  # Saint-Pierre-et-Miquelon
}
BY_PREFIX = {prefix: region for region, prefixes in TERRITORIES.items() for prefix in prefixes}
# Two or three numbers with words between them.
LONGEST = 120
SEVERAL = re.compile(r"\s*(?:/|;|,|\n|\bou\b|\bet\b)\s*")


class BadPhone(ValueError):
    """A number that nobody can call. ``str(error)`` is a French sentence that says what to do."""

    def __init__(self) -> None:
        super().__init__(_("Ce numéro n’est pas complet. Écrivez-le comme 06 12 34 56 78 ou +33 6 12 34 56 78."))


@lru_cache(maxsize=4096)
def international(text: str) -> str:
    """The number of a text in international form (E.164), such as +33612345678 or +262692123456; the first one when it holds several.

    A zero lost by a spreadsheet is put back. Raises ``BadPhone`` for a number that does not exist, such as one a digit short.
    """
    if len(text) > LONGEST:
        raise BadPhone
    number = _number(_digits(text))
    if number is None:
        number = _number(_digits(SEVERAL.split(text)[0]))
    if number is None:
        raise BadPhone
    return number


def holds_several(text: str) -> bool:
    """Whether a text holds more than one number, of which ``international`` gives the first."""
    return len(text) <= LONGEST and _number(_digits(text)) is None and len([part for part in SEVERAL.split(text) if part]) > 1


def _digits(text: str) -> str:
    plus = "+" if text.lstrip(" (").startswith("+") else ""
    # « +33 (0)6 12 34 56 78 »: the zero in brackets is for those who dial from home.
    return plus + re.sub(r"\D", "", text.replace("(0)", ""))


def _number(digits: str) -> str | None:
    national = _national(digits)
    if national is None:
        return _foreign(digits)
    if _mainland().fullmatch(national) and national[:3] not in BY_PREFIX:
        return f"+33{national}"
    own = BY_PREFIX.get(national[:3])
    # New ranges of overseas (0709…) are not told by three digits: the library knows which territory has them.
    if own == "PM":
        return _valid(f"+{national}", None)  # 0508 41 12 34 is +508 41 12 34
    for region in (own,) if own else TERRITORIES:
        found = _valid(f"0{national}", region)
        if found:
            return found
    return None


def _national(digits: str) -> str | None:
    """The nine digits of a French number, whatever stands before them; None for another country's."""
    found = re.fullmatch(r"(?:\+33|0033|33|0)?0?([1-9]\d{8})", digits)
    if found:
        return found[1]
    return found[0] if (found := re.fullmatch(r"[1-9]\d{8}", digits)) else None


def _foreign(digits: str) -> str | None:
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif re.fullmatch(r"(?:262|590|594|596)\d{9}", digits):
        digits = f"+{digits}"
    return _valid(digits, None if digits.startswith("+") else "FR")


def _valid(digits: str, region: str | None) -> str | None:
    import phonenumbers  # the plans of every country: for who reads a number, not for every process that serves pages

    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@cache
def _mainland() -> re.Pattern[str]:
    """The numbers of the mainland, from the library's own plan."""
    from phonenumbers import PhoneMetadata

    plan: Any = PhoneMetadata.metadata_for_region("FR")
    kinds = (
        plan.fixed_line, plan.mobile, plan.voip, plan.toll_free, plan.premium_rate, plan.shared_cost, plan.personal_number, plan.uan,
    )  # fmt: skip
    return re.compile("|".join(f"(?:{kind.national_number_pattern})" for kind in kinds if kind and kind.national_number_pattern))

"""Numbers, amounts and durations as French files write them."""

import re
from datetime import datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from ..words import clean
from .errors import CellError

PLAIN = re.compile(r"^[+-]?\d+(?:\.\d+)?$")
THOUSANDS = re.compile(r"(?<=\d)[ '’](?=\d{3}(?:\D|$))")
HOURS = re.compile(r"^(\d{1,4})\s*(?:h|:|heures?)\s*(\d{1,2})?(?:\s*(?:m|mn|min|minutes?))?(?::00)?$", re.IGNORECASE)
UNIT_HOURS = re.compile(r"\s*(?:heures?|hrs?|h)\.?$", re.IGNORECASE)
# Longer than any number with its unit.
LONGEST = 60
LARGEST = Decimal("99999999")


def parse_amount(value: object) -> Decimal | None:
    """An amount in euros with at most two decimals."""
    text = _unit_off(value, r"(?:€|euros?|eur)?\s*(?:ht|ttc|net)?\.?")
    if text == "":
        return None
    number = read_decimal(text)
    if number is None or not 0 <= number <= LARGEST:
        raise CellError(_("Un montant s’écrit en euros : 2400 ou 2 400,00 €."))
    return number.quantize(Decimal("0.01"))


def parse_count(value: object) -> int | None:
    """A whole number of people or things, zero or more."""
    text = _unit_off(value, r"(?:stagiaires?|personnes?|participants?|pers\.?)?")
    if text == "":
        return None
    number = read_decimal(text)
    if number is None or number != number.to_integral_value() or not 0 <= number <= 1_000_000:
        raise CellError(_("Un effectif est un nombre entier : 8."))
    return int(number)


def parse_hours(value: object) -> Decimal | None:
    """A duration in hours: ``14``, ``35,00``, ``14h30``, ``62,5 heures``, or a duration of the workbook."""
    if isinstance(value, timedelta):
        return (Decimal(int(value.total_seconds())) / 3600).quantize(Decimal("0.01"))
    if isinstance(value, time) and not isinstance(value, datetime):
        return (Decimal(value.hour) + Decimal(value.minute) / 60).quantize(Decimal("0.01"))
    text = clean(value)
    if not text:
        return None
    found = HOURS.match(text) if len(text) <= LONGEST else None
    if found and int(found[2] or 0) < 60:
        return (Decimal(found[1]) + Decimal(found[2] or 0) / 60).quantize(Decimal("0.01"))
    number = read_decimal(UNIT_HOURS.sub("", text)) if len(text) <= LONGEST else None
    if number is None or not 0 <= number <= 10_000:
        raise CellError(_("Une durée s’écrit en heures : 14, 14,5 ou 14h30."))
    return number.quantize(Decimal("0.01"))


def _unit_off(value: object, unit: str) -> str:
    text = clean(value)
    return text if len(text) > LONGEST else re.sub(rf"\s*{unit}$", "", text, flags=re.IGNORECASE)


def read_decimal(text: str) -> Decimal | None:
    """A number with a decimal comma or point and thousands apart; ``None`` when it isn't one."""
    compact = THOUSANDS.sub("", text.strip())
    if "," in compact and "." in compact:
        # The last of the two marks is the decimal one: 2.400,00 and 2,400.00.
        thousands = "." if compact.rindex(",") > compact.rindex(".") else ","
        compact = compact.replace(thousands, "")
    compact = compact.replace(",", ".")
    if not PLAIN.match(compact):
        return None
    try:
        return Decimal(compact)
    except InvalidOperation:
        return None

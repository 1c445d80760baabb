"""Several days in one cell: « du 12 au 13/03/2026 », « 12/03/2026, 19/03/2026 et 26/03/2026 », « 10/11/12 mars 2026 »."""

import re
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

from qualiopi.text import comparison_key

from ..words import clean
from .dates import MONTHS, here, parse_date
from .errors import CellError

LONGEST = 366
# Nobody names days in more letters; patterns are not tried on what somebody pasted into a cell.
LONGEST_TEXT = 200
DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)|\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{1,2}(?:er)? [^\W\d_]{3,9}\.? \d{4}"
)
WITHOUT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}|\d{1,2}(?:er)? [^\W\d_]{3,9}\.?")
# Days that share the month written after the last of them, by a list (« 12, 13 et 14 mars 2026 ») or from one to the other.
SHARED = re.compile(
    r"^(?P<days>\d{1,2}(?:er)?(?:\s*(?:,|/|-|&|\+|\bet\b|\bau\b|\bà\b)\s*\d{1,2}(?:er)?)+)"
    r"(?P<month>[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\s+[^\W\d_]{3,9}\.?\s+\d{4})$"
)
RANGE = re.compile(r"\s+(?:au|à|jusqu'au)\s+|\s*(?:→|–|—)\s*|\s+-\s+|(?<=[/.]\d{4})\s*-\s*(?=\d)")
LIST = re.compile(r"\s*(?:,|;|&|\+|\n|\bet\b)\s*(?:le\s+)?")
START = re.compile(r"^(?:du|des|de|le|les)\s+", re.IGNORECASE)
WEEKDAY = re.compile(r"\b(?:lun|mar|mer|jeu|ven|sam|dim)(?:di|credi|dredi|edi|anche)?\b\.?\s+(?=\d)", re.IGNORECASE)


class Days(NamedTuple):
    """The first and the last day of a cell; ``listed`` are the days it names one by one, empty when it gives a range."""

    first: date
    last: date
    listed: tuple[date, ...] = ()


def parse_days(value: object, *, month_first: bool = False) -> Days | None:
    """The days of a cell, one or several; None for an empty cell. Raises ``CellError``."""
    if isinstance(value, date | datetime):
        day = value.astimezone(here()).date() if isinstance(value, datetime) and value.tzinfo else value
        day = day.date() if isinstance(day, datetime) else day
        return Days(day, day)
    text = clean(value).replace("’", "'")
    if not text:
        return None
    several = None if len(text) > LONGEST_TEXT else _several(START.sub("", WEEKDAY.sub("", text)), month_first)
    if several is not None:
        return several
    single = parse_date(value, month_first=month_first)
    return None if single is None else Days(single, single)


def _several(text: str, month_first: bool) -> Days | None:
    """Two days or more, or None when the text is not of that kind."""
    shared = SHARED.match(text)
    if shared:
        found = _sharing_a_month(shared["days"], shared["month"])
        if found is not None:
            return found
    ends = RANGE.split(text)
    if len(ends) == 2 and all(map(_is_day, ends)):
        return _ordered(_full(ends, month_first), listed=False)
    parts = [part for part in LIST.split(text) if part]
    if len(parts) > 1 and all(map(_is_day, parts)):
        return _ordered(_full(parts, month_first), listed=True)
    return None


def _is_day(text: str) -> bool:
    return DATE.fullmatch(text) is not None or WITHOUT_YEAR.fullmatch(text) is not None


def _sharing_a_month(days: str, month: str) -> Days | None:
    numbers = re.findall(r"\d{1,2}", days)
    if month[0] in "/.-":
        # « 12/03 au 13/03/2026 » has a month of its own for each day.
        if re.search(r"[/.]", days) and re.search(r"[^\d/]", days):
            return None
    elif comparison_key(month).split()[0] not in MONTHS:
        return None
    range_given = len(numbers) == 2 and re.search(r"-|\bau\b|\bà\b", days) is not None
    # The month stands after the days, so the day comes first whatever the column does elsewhere.
    found = [parse_date(f"{number}{month}") for number in numbers]
    return _ordered([day for day in found if day is not None], listed=not range_given)


def _full(parts: list[str], month_first: bool) -> list[date]:
    """Each day, the year of those that have none taken from the next one that has it."""
    found: list[date] = []
    year = 0
    for part in reversed(parts):
        if DATE.fullmatch(part):
            day = parse_date(part, month_first=month_first)
        elif year:
            separator = next((mark for mark in "/.-" if mark in part), " ")
            day = parse_date(f"{part}{separator}{year}", month_first=month_first)
        else:
            raise _no_year()
        if day is not None:
            year = day.year
            found.append(day)
    return found[::-1]


def _ordered(days: list[date], *, listed: bool) -> Days:
    if any(later < earlier for earlier, later in pairwise(days)):
        raise CellError(_("Ces jours ne se suivent pas : écrivez-les du premier au dernier, comme du 12/03/2026 au 13/03/2026."))
    if (days[-1] - days[0]).days > LONGEST:
        raise CellError(_("Plus d’un an sépare ces deux jours : vérifiez-les."))
    return Days(days[0], days[-1], tuple(days) if listed else ())


def _no_year() -> CellError:
    return CellError(_("L’année manque : écrivez les jours comme du 12/03/2026 au 13/03/2026."))

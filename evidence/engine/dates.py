"""Days and months. Both ends of a period count."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


@dataclass(frozen=True, slots=True)
class Period:
    start: date
    end: date


def months_before(day: date, months: int) -> date:
    """The same day of the month, ``months`` earlier (the last one where it doesn't exist)."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_after(day: date, months: int) -> date:
    """The same day of the month, ``months`` later (the last one where it doesn't exist)."""
    return months_before(day, -months)


def last_months(day: date, months: int) -> Period:
    """The ``months`` that end on this day: what is exactly that old is out."""
    return Period(months_before(day, months) + timedelta(days=1), day)


def french_day(day: date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=4096)
def french_span(first: date, last: date | None) -> str:
    """ "13 au 15 oct. 2026"; the month and the year are said once where they are the same."""
    if last is None or last == first:
        return french_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{'1er' if first.day == 1 else first.day} au {french_day(last)}"
    if first.year == last.year:
        return f"{french_day(first)[:-5]} au {french_day(last)}"
    return f"{french_day(first)} au {french_day(last)}"

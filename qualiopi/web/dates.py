"""Dates as people say them: the date, then the delay."""

from argparse import ArgumentTypeError
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Django shortens January as "jan."; the usual French forms are these.
FRENCH_MONTHS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")

# What a person of today may mean: beyond, a finger slipped on the year, and months are not counted from it.
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2099, 12, 31)


def day_argument(text: str) -> date:
    """Read a day of a command line, written 2027-03-18; raise ArgumentTypeError with a French sentence on anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"« {text} » n'est pas une date : écrivez-la comme 2027-03-18.") from None
    if not EARLIEST <= day <= LATEST:
        raise ArgumentTypeError(f"vérifiez l'année de « {text} ».")
    return day


def as_date(value: date | datetime) -> date:
    """Return the calendar day of a date or of an instant, in the current time zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def _in_french() -> bool:
    return (translation.get_language() or "fr").startswith("fr")


def _day(value: date) -> str:
    return "1er" if value.day == 1 and _in_french() else str(value.day)


def long_date(value: date | datetime, *, weekday: bool = False) -> str:
    """Return "18 mars 2027", or "jeudi 18 mars 2027" with `weekday`; the first of a month is "1er"."""
    day = as_date(value)
    text = f"{_day(day)} {date_format(day, 'F Y')}"
    return f"{date_format(day, 'l')} {text}" if weekday else text


def short_date(value: date | datetime) -> str:
    """Return "18 mars 2027" with the month shortened when it is long: "3 juil. 2027"."""
    day = as_date(value)
    return f"{_day(day)} {short_month(day)} {day.year}"


def short_month(value: date | datetime) -> str:
    """Return the month as a label: "janv.", "mars", "sept."."""
    day = as_date(value)
    return FRENCH_MONTHS[day.month - 1] if _in_french() else date_format(day, "N")


def month_of(value: date | datetime) -> str:
    """Return the month and its year: "novembre 2026"."""
    return date_format(as_date(value), "F Y")


def period(start: date, end: date, *, short: bool = False) -> str:
    """Return a period without saying twice what both ends share: "19 et 20 novembre 2026", "29 oct. au 3 nov. 2026"; with `short`
    months are always shortened: "19 et 20 nov. 2026"."""
    last = short_date(end) if short else long_date(end)
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        link = _("et") if end - start == timedelta(days=1) else _("au")
        return f"{_day(start)} {link} {last}"
    first = f"{_day(start)} {short_month(start)}" if start.year == end.year else short_date(start)
    return _("%(start)s au %(end)s") % {"start": first, "end": short_date(end)}


def clock(value: time | datetime) -> str:
    """Return the hour as people say it: "14 h", "17 h 30", or "14:00" in English; of an instant, in the current time zone."""
    hour = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    if not _in_french():
        return f"{hour:%H:%M}"
    return f"{hour.hour}\u00a0h\u00a0{hour.minute:02d}" if hour.minute else f"{hour.hour}\u00a0h"


def days_between(value: date | datetime, today: date | None = None) -> int:
    """Return the number of days from today to `value`; negative once it is past."""
    return (as_date(value) - (today or timezone.localdate())).days


def delay(value: date | datetime, today: date | None = None) -> str:
    """Return how far `value` is: "dans 115 jours", "demain", "aujourd'hui", "hier", "il y a 3 jours"."""
    days = days_between(value, today)
    if days in (-1, 0, 1):
        return {-1: _("hier"), 0: _("aujourd’hui"), 1: _("demain")}[days]
    if days > 0:
        return ngettext("dans %(days)s jour", "dans %(days)s jours", days) % {"days": days}
    return ngettext("il y a %(days)s jour", "il y a %(days)s jours", -days) % {"days": -days}


def before_or_after(value: date | datetime, landmark: date, name: str) -> str:
    """Return the delay from a landmark: `name` carries its article: "6 jours avant l'audit"."""
    days = (as_date(value) - landmark).days
    if days == 0:
        return _("le même jour que %(name)s") % {"name": name}
    if days < 0:
        return ngettext("%(days)s jour avant %(name)s", "%(days)s jours avant %(name)s", -days) % {
            "days": -days,
            "name": name,
        }
    return ngettext("%(days)s jour après %(name)s", "%(days)s jours après %(name)s", days) % {"days": days, "name": name}

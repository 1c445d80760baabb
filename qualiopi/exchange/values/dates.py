"""Dates and moments as French files write them. The day comes before the month unless the year comes first."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

from django.utils import timezone as clocks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.text import comparison_key

from ..words import clean
from .errors import CellError

MONTH_NAMES = (
    gettext_lazy("Janvier"),
    gettext_lazy("Février"),
    gettext_lazy("Mars"),
    gettext_lazy("Avril"),
    gettext_lazy("Mai"),
    gettext_lazy("Juin"),
    gettext_lazy("Juillet"),
    gettext_lazy("Août"),
    gettext_lazy("Septembre"),
    gettext_lazy("Octobre"),
    gettext_lazy("Novembre"),
    gettext_lazy("Décembre"),
)
MONTHS = {
    "jan": 1, "janv": 1, "janvier": 1, "fev": 2, "fevr": 2, "fevrier": 2, "mar": 3, "mars": 3, "avr": 4, "avril": 4,
    "mai": 5, "juin": 6, "jun": 6, "juil": 7, "juillet": 7, "jul": 7, "aou": 8, "aout": 8, "sep": 9, "sept": 9,
    "septembre": 9, "oct": 10, "octobre": 10, "nov": 11, "novembre": 11, "dec": 12, "decembre": 12,
}  # fmt: skip
YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]+(.*))?$")
DAY_FIRST = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[ ,T]+(?:à )?(.*))?$")
WORDS = re.compile(r"^(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+) (\d{4}|\d{2})$")
CLOCK = re.compile(
    r"^(\d{1,2})[:hH](\d{2})?(?:[:m](\d{2})s?)?(?:\.\d+)?\s*([AaPp][Mm])?\s*(?:(?:UTC|GMT)?([+-]\d{1,2})(?::?(\d{2}))?|UTC|GMT|Z)?$"
)
# What may stand after a day without changing it: a clock time, a part of the day, opening hours.
PART_OF_DAY = frozenset({"matin", "le matin", "apres midi", "l apres midi", "soir", "le soir", "journee", "la journee"})
OPENING_HOURS = re.compile(r"^\(?(?:de )?\d{1,2} ?[hH:] ?(?:\d{2})? ?(?:-|–|à) ?\d{1,2} ?[hH:] ?(?:\d{2})?\)?$")
HOUR = re.compile(r"\b\d{1,2} ?[hH:] ?\d{0,2}\b")
# The days that a spreadsheet counts from 30 December 1899: from 1982 on, and from 1927 on for a birth.
SERIAL = re.compile(r"^[345]\d{4}(?:[.,]\d+)?$")
BIRTH_SERIAL = re.compile(r"^[1-5]\d{4}(?:[.,]\d+)?$")
# Some programs write days a few seconds early or late.
NEARLY_A_DAY = 60 / 86_400
EXCEL_EPOCH = date(1899, 12, 30)
# A year written on two digits: 26 is 2026, 79 is 1979. For a birth the line is drawn earlier: nobody trained is born in 2030.
TWO_DIGIT_PIVOT = 60
BIRTH_PIVOT = 15
EARLIEST, LATEST = 1900, 2100


def here() -> tzinfo:
    """The time zone of the organisation whose file is read (ADR 159)."""
    return clocks.get_current_timezone()


def parse_date(value: object, *, birth: bool = False, month_first: bool = False) -> date | None:
    """A day, from a real date or from what people write.

    ``birth``: a two-digit year lies in the past. ``month_first``: 1/13/2026 is 13 January. A moment that says its zone is told in ours.
    """
    if isinstance(value, datetime):
        return value.astimezone(here()).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    text = clean(value)
    return _date_of(text, birth, month_first, here()) if text else None


def parse_moment(value: object, *, month_first: bool = False) -> datetime | None:
    """A moment with its time zone; ours when the file says nothing. A day alone is its midnight. ``month_first``: see ``parse_date``."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=here())
    if isinstance(value, date):
        return datetime.combine(value, time(), here())
    text = clean(value)
    return _moment_of(text, month_first) if text else None


def _moment_of(text: str, month_first: bool) -> datetime:
    found = YEAR_FIRST.match(text) or DAY_FIRST.match(text)
    if found is None:
        return datetime.combine(_date_of(text, False, month_first, here()), time(), here())
    day = _day_of(found, TWO_DIGIT_PIVOT, month_first)
    rest = (found[4] or "").strip()
    moment, zone = _clock_of(rest, text) if rest else (time(), here())
    return datetime.combine(day, moment, zone)


@lru_cache(maxsize=4096)
def _date_of(text: str, birth: bool, month_first: bool, ours: tzinfo) -> date:
    pivot = BIRTH_PIVOT if birth else TWO_DIGIT_PIVOT
    found = YEAR_FIRST.match(text) or DAY_FIRST.match(text)
    if found:
        return _without_clock(found, text, pivot, month_first, ours)
    if (BIRTH_SERIAL if birth else SERIAL).match(text):
        return EXCEL_EPOCH + timedelta(days=int(float(text.replace(",", ".")) + NEARLY_A_DAY))
    found = WORDS.match(comparison_key(text))
    if found and found[2] in MONTHS:
        return _day(_full_year(found[3], pivot), MONTHS[found[2]], int(found[1]))
    return _last_resort(text)


def _without_clock(found: re.Match[str], text: str, pivot: int, month_first: bool, ours: tzinfo) -> date:
    """The day of what may be followed by a clock time; nothing else may be left over, such as a second day."""
    rest = (found[4] or "").strip()
    if not rest or comparison_key(rest) in PART_OF_DAY or OPENING_HOURS.match(rest):
        return _day_of(found, pivot, month_first)
    if CLOCK.match(rest) is None:
        raise _unreadable()
    moment, zone = _clock_of(rest, text)
    day = _day_of(found, pivot, month_first)
    # In Paris « 2026-03-11T23:00:00Z » is midnight of the 12th.
    return day if zone is ours else datetime.combine(day, moment, zone).astimezone(ours).date()


def _day_of(found: re.Match[str], pivot: int, month_first: bool) -> date:
    if found.re is YEAR_FIRST:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    year = _full_year(found[3], pivot)
    if month_first:
        return _american_day(year, int(found[1]), int(found[2]))
    return _day(year, int(found[2]), int(found[1]))


def _american_day(year: int, month: int, day: int) -> date:
    if month > 12 and 1 <= day <= 12:
        raise CellError(
            _("Cette colonne écrit le mois avant le jour : il n’y a pas de mois %(month)s.") % {"month": month},
            suggestion=f"{day:02d}/{month:02d}/{year}",
        )
    return _day(year, month, day)


def _full_year(digits: str, pivot: int) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year <= pivot else 1900)


def _day(year: int, month: int, day: int) -> date:
    if not EARLIEST <= year <= LATEST:
        raise CellError(_("L’année %(year)s n’est pas possible ici. Écrivez la date comme 13/01/2026.") % {"year": year})
    if not 1 <= month <= 12:
        if 1 <= day <= 12 and month <= 31:
            raise CellError(
                _("Il n’y a pas de mois %(month)s : le jour s’écrit avant le mois, comme 13/01/2026.") % {"month": month},
                suggestion=f"{month:02d}/{day:02d}/{year}",
            )
        raise CellError(_("Il n’y a pas de mois %(month)s. Écrivez la date comme 13/01/2026.") % {"month": month})
    length = monthrange(year, month)[1]
    if day < 1:
        raise _unreadable()
    if day > length:
        name = str(MONTH_NAMES[month - 1]) + (f" {year}" if month == 2 else "")
        sentence = _("%(month)s n’a que %(days)s jours.") % {"month": name, "days": length}
        raise CellError(sentence, suggestion=f"{length:02d}/{month:02d}/{year}")
    return date(year, month, day)


def _last_resort(text: str) -> date:
    """Other spellings, with dateparser: slow, so only for what nothing else reads, and only with all three parts."""
    if not re.search(r"\d", text) or len(text) > 60:
        raise _unreadable()
    import dateparser  # seldom needed, and three megabytes

    found = dateparser.parse(
        text,
        languages=["fr", "en"],
        settings={"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]},
    )
    if found is None or not EARLIEST <= found.year <= LATEST or not _explains(found.date(), text):
        raise _unreadable()
    return found.date()


def _explains(day: date, text: str) -> bool:
    """Whether each number of the text is a part of this day, and used once: « 10/11/12 mars 2026 » is no single day."""
    parts = [day.day, day.month, day.year]
    for digits in re.findall(r"\d+", HOUR.sub(" ", text)):
        number = int(digits)
        if number not in parts and (len(digits) > 2 or day.year % 100 != number or day.year not in parts):
            return False
        parts.remove(number if number in parts else day.year)
    return True


def _clock_of(rest: str, text: str) -> tuple[time, tzinfo]:
    found = CLOCK.match(rest)
    if found is None:
        raise CellError(_("L’heure de « %(value)s » n’est pas lisible. Écrivez-la comme 17:02.") % {"value": text})
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    half = (found[4] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    zone: tzinfo = here()
    if found[5]:
        sign = -1 if found[5].startswith("-") else 1
        zone = timezone(timedelta(hours=int(found[5]), minutes=sign * int(found[6] or 0)))
    elif re.search(r"(UTC|GMT|Z)$", rest):
        zone = UTC
    try:
        return time(hour, minute, second), zone
    except ValueError as error:
        raise CellError(_("Il n’y a pas d’heure « %(value)s ». Écrivez-la comme 17:02.") % {"value": rest}) from error


def _unreadable() -> CellError:
    return CellError(_("Cette date n’est pas lisible. Écrivez-la comme 13/01/2026."))

"""The hours of a report: each cell cut in its parts, then one reading for the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import Enum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone as clocks
from django.utils.translation import gettext as _

from qualiopi.exchange.reading import Cell, Note, NoteKind, UnreadableFile
from qualiopi.text import comparison_key
from qualiopi.web.dates import long_date

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan janv janvier january januar",
            "feb fev fevr fevrier february februar",
            "mar mars march marz maerz mrz",
            "apr avr avril april",
            "mai may",
            "jun juin june juni",
            "jul juil juillet july juli",
            "aug aou aout august",
            "sep sept septembre september",
            "oct octobre october okt oktober",
            "nov novembre november",
            "dec decembre december dez dezember",
        ),
        start=1,
    )
    for word in words.split()
}
# What is left of a moment once its date is taken away: « 8:55:12 AM », « 9 h 05 », « 08:55 GMT+1 », « 08:55:12 Uhr ».
_CLOCK = re.compile(
    r"^(?P<day>.*?)(?:[\s,T]|\bà\b|\bum\b|\bat\b)*(?<![\d/.-])"
    r"(?P<hour>\d{1,2})\s*[:hH]\s*(?P<minute>\d{2})(?:\s*(?::|m(?:in)?)\s*(?P<second>\d{2})\s*s?)?(?:[.,]\d+)?"
    r"\s*(?P<half>[AaPp]\.?\s?[Mm]\b\.?)?\s*(?:Uhr)?\s*(?P<zone>.*)$"
)
_NUMBERS = re.compile(r"^(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})$")
_DAY_FIRST = re.compile(r"^(?:[a-z]+ )?(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+) (\d{4})$")
_MONTH_FIRST = re.compile(r"^(?:[a-z]+ )?([a-z]+) (\d{1,2})(?:st|nd|rd|th)? (\d{4})$")
_OFFSET = re.compile(r"^(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$", re.IGNORECASE)
_HOURS_FROM_UTC = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
# No moment takes more letters; no regular expression is run on more.
LONGEST = 60
# Between the brackets of a heading, what is no time zone.
_NO_ZONE = frozenset(
    {"", "local", "local time", "heure locale", "ortszeit", "hh mm", "hh mm ss", "date et heure", "date and time"}
)


class Order(Enum):
    """In which order a country writes the numbers of a date."""

    DAY_FIRST = "day, then month"
    MONTH_FIRST = "month, then day"


@dataclass(frozen=True, slots=True)
class Written:
    """A moment as it stands in a cell. `numbers`: day, month, year in the order written, to be settled; `day`: a date that says all.

    Neither: the cell gives the hour alone. `zone`: as the cell says. `half`: written on twelve hours. `by_spreadsheet`: a spreadsheet
    made a date of it already, perhaps taking the day for the month.
    """

    clock: time
    numbers: tuple[int, int, int] | None = None
    day: date | None = None
    zone: tzinfo | None = None
    half: bool = False
    by_spreadsheet: bool = False

    def day_in(self, order: Order, expected: date) -> date | None:
        """The date, or None when no date is written so."""
        if self.numbers is None:
            return self.day or expected
        first, second, year = self.numbers
        day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
        try:
            return date(year, month, day)
        except ValueError:
            return None

    def at(self, order: Order, expected: date, zone: tzinfo | None) -> datetime | None:
        """The moment; `zone`: of cells that say none, else that of the product."""
        day = self.day_in(order, expected)
        return None if day is None else datetime.combine(day, self.clock, self.zone or zone or clocks.get_current_timezone())


def cut(value: Cell) -> Written | None:
    """A cell cut in its parts; None when it holds no moment."""
    if isinstance(value, datetime):
        return Written(value.time().replace(microsecond=0), (value.day, value.month, value.year), by_spreadsheet=True)
    if isinstance(value, time):
        return Written(value.replace(microsecond=0))
    text = _plain(value)
    found = _CLOCK.match(text) if len(text) <= LONGEST else None
    if found is None:
        return None
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        clock = time(hour, int(found["minute"]), int(found["second"] or 0))
        zone = zone_of(found["zone"]) if found["zone"] else None
    except ValueError:
        return None
    try:
        numbers, day = _day(found["day"].strip(" ,"))
    except ValueError:
        return None
    return Written(clock, numbers, day, zone, bool(half))


def zone_of(text: str) -> tzinfo:
    """The time zone that a text names. Raises ValueError for one that is not known."""
    plain = text.strip(" ()")
    if offset := _OFFSET.match(plain):
        sign = -1 if offset[1] == "-" else 1
        return timezone(sign * timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0)))
    if plain.lower() in _HOURS_FROM_UTC:
        hours = _HOURS_FROM_UTC[plain.lower()]
        return timezone(timedelta(hours=hours)) if hours else UTC
    if not re.fullmatch(r"[A-Za-z_]+/[A-Za-z_/]+", plain):
        raise ValueError(plain)
    try:
        return ZoneInfo(plain)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(plain) from error


def zone_in_heading(label: str, between: str) -> tzinfo | None:
    """The time zone that a heading bears between brackets, None when it bears none. Raises UnreadableFile for one that is not known."""
    if comparison_key(between) in _NO_ZONE:
        return None
    try:
        return zone_of(between)
    except ValueError:
        raise UnreadableFile(
            _(
                "La colonne « %(label)s » donne ses heures dans un fuseau que nous ne connaissons pas. Réglez l’outil sur votre "
                "heure locale, puis exportez de nouveau."
            )
            % {"label": label}
        ) from None


def settle(moments: Iterable[Written], expected: date) -> tuple[Order, list[Note]]:
    """The one order in which a file writes its dates, and what is to be told of it.

    Among the orders that give a date everywhere, the one that gives the day of the half-day. Raises UnreadableFile when no order does.
    """
    written = [moment for moment in moments if moment.numbers is not None]
    possible = [order for order in Order if all(moment.day_in(order, expected) for moment in written)]
    if not possible:
        raise UnreadableFile(
            _(
                "Ce relevé écrit ses dates de deux façons : le jour avant le mois ici, après ailleurs. Un tableur les a sans doute "
                "changées : déposez le fichier tel que l’outil l’a exporté."
            )
        )
    days = {order: {moment.day_in(order, expected) for moment in written} for order in possible}
    fitting = [order for order in possible if expected in days[order]] or [
        # Hours of another time zone may still be of the day before, or already of the day after.
        order
        for order in possible
        if days[order] & {expected - timedelta(days=1), expected + timedelta(days=1)}
    ]
    order = (fitting or possible)[0]
    if not fitting and len(possible) > 1 and any(moment.half for moment in written):
        order = Order.MONTH_FIRST  # who writes AM and PM writes the month first
    notes = []
    if order is Order.MONTH_FIRST and any(moment.by_spreadsheet for moment in written):
        sentence = _("Un tableur avait pris le jour pour le mois : les dates sont lues à l’endroit, celles de la demi-journée.")
        notes.append(Note(NoteKind.REPAIRED, sentence))
    elif len(fitting) == 1 and len(possible) > 1 and (doubt := _doubt(written, order, expected)):
        notes.append(Note(NoteKind.DOUBT, doubt))
    return order, notes


def _doubt(written: list[Written], order: Order, expected: date) -> str:
    """What the other order would have given, when it is a day that may be meant: a report tells of no day to come."""
    other = next(each for each in Order if each is not order)
    days = sorted(day for moment in written if (day := moment.day_in(other, expected)) is not None)
    if not days or days[0] == expected or days[0] > clocks.localdate():
        return ""
    return _(
        "Les dates de ce relevé se lisent de deux façons : le %(day)s, jour de la demi-journée, est retenu plutôt que le %(other)s."
    ) % {
        "day": long_date(expected),
        "other": long_date(days[0]),
    }


def _day(text: str) -> tuple[tuple[int, int, int] | None, date | None]:
    """The numbers of a date to be settled, or a date that says all, or neither for an empty text. Raises ValueError for another text."""
    if not text:
        return None, None
    if found := _NUMBERS.match(text):
        first, second, third = (int(part) for part in found.groups())
        if len(found[1]) == 4:
            return None, date(first, second, third)
        return (first, second, third if len(found[3]) == 4 else 2000 + third), None
    words = comparison_key(text)
    if (found := _DAY_FIRST.match(words)) and found[2] in _MONTHS:
        return None, date(int(found[3]), _MONTHS[found[2]], int(found[1]))
    if (found := _MONTH_FIRST.match(words)) and found[1] in _MONTHS:
        return None, date(int(found[3]), _MONTHS[found[1]], int(found[2]))
    raise ValueError(text)


def _plain(value: Cell) -> str:
    """The text of a cell with ordinary spaces, without the `="…"` with which some tools keep spreadsheets from changing it."""
    text = " ".join(str("" if value is None else value).split())
    return text[2:-1] if text.startswith('="') and text.endswith('"') else text.strip('"')

"""Dates of a column: is the day before the month, is a midnight written in another zone, are numbers days of a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from qualiopi.web.dates import long_date

from ..reading.tables import Cell
from ..values import CellError
from ..values.dates import here
from .model import Cells, Context, Judge, Judgement, Reading, in_force

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
OUR_DAY, AS_WRITTEN = "our_day", "as_written"
# Points never part an American date: « 02.03.2026 » is 2 March.
NUMBERS = re.compile(r"^\s*(\d{1,2})([-/ ])(\d{1,2})\2(\d{4}|\d{2})(?!\d)(.*)$", re.DOTALL)
ELSEWHERE = re.compile(r"^\s*\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})\s*$")
HALVES_OF_DAY = re.compile(r"\d\s*[AaPp]\.?[Mm]\b")
MIDNIGHT = time()
# A session's answers and departures come during it or in the weeks that follow.
SOON_AFTER = timedelta(days=30)
# One order is the right one when the other puts the days at least this many times further away.
CLEARLY = 4
# A tool that is some seconds off its own zone (23:59:39 for midnight, from old tables of zones) means midnight all the same.
OFF = timedelta(minutes=1)

Read = Callable[..., Any]


@dataclass(slots=True)
class _Seen:
    """What the texts of a column look like."""

    day_only: list[tuple[int, str]] = field(default_factory=list)
    month_only: list[tuple[int, str]] = field(default_factory=list)
    either: list[tuple[int, int, str]] = field(default_factory=list)  # line, place in the column, text
    abroad: list[tuple[int, Cell]] = field(default_factory=list)
    timed: list[tuple[int, datetime]] = field(default_factory=list)
    serials: list[tuple[int, Cell]] = field(default_factory=list)
    halves: bool = False


def judge_dates(read: Read, *, moment: bool = False) -> Judge:
    """The judge of a column that ``read`` reads cell by cell (with ``month_first``); ``moment``: its clock times count."""

    def judge(cells: Cells, context: Context) -> Judgement:
        seen = _look(cells)
        if not moment and (zone := _zone(read, seen, context)):
            return zone
        return _order(read, cells, seen, context)

    return judge


def _look(cells: Cells) -> _Seen:
    seen = _Seen()
    for place, (line, value) in enumerate(zip(cells.lines, cells.values, strict=True)):
        if value is None or type(value) is date:
            continue
        if isinstance(value, str):
            found = NUMBERS.match(value)
            if found:
                _sort(seen, line, place, value, found)
            elif ELSEWHERE.match(value):
                seen.abroad.append((line, value))
        elif isinstance(value, datetime):
            if value.time() != MIDNIGHT:
                seen.timed.append((line, value))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            seen.serials.append((line, value))
    return seen


def _sort(seen: _Seen, line: int, place: int, text: str, found: re.Match[str]) -> None:
    first, second = int(found[1]), int(found[3])
    seen.halves = seen.halves or (found[5] != "" and HALVES_OF_DAY.search(found[5]) is not None)
    if first > 12 >= second:
        seen.day_only.append((line, text))
    elif second > 12 >= first:
        seen.month_only.append((line, text))
    elif first != second and first <= 12:
        seen.either.append((line, place, text))


# -- zones ------------------------------------------------------------------------------------------------------------


def _zone(read: Read, seen: _Seen, context: Context) -> Judgement | None:
    """Midnights of ours that a tool wrote in universal time: 2026-03-11T23:00Z, or a cell at 11 March 23:00."""
    moved: list[tuple[int, date, date]] = []
    for line, value in seen.abroad:
        ours, written = _first_day(_try(read, value)), _first_day(_try(read, str(value).strip()[:10]))
        if ours is not None and written is not None and ours != written:
            moved.append((line, written, ours))
    if seen.timed and all(_is_midnight_here(value) for _line, value in seen.timed):
        midnights = [(line, value.date(), _midnight_day(value)) for line, value in seen.timed]
        moved += [each for each in midnights if each[1] != each[2]]
    if not moved:
        return None
    _line, written, ours = moved[0]
    readings = (
        Reading(OUR_DAY, _("le jour qui commence chez vous : le %(day)s") % {"day": long_date(ours)}),
        Reading(AS_WRITTEN, _("le jour écrit : le %(day)s") % {"day": long_date(written)}),
    )
    chosen = in_force(context, readings, OUR_DAY)
    sentence = (
        _(
            "ces dates sont des minuits de votre heure locale, écrits en heure universelle : "
            "la première est le %(day)s, et non le %(written)s."
        )
        if chosen == OUR_DAY
        else _("la première date est lue le %(written)s, comme elle est écrite, et non le %(day)s.")
    ) % {"day": long_date(ours), "written": long_date(written)}
    return Judgement(
        parse=_in_ours(read) if chosen == OUR_DAY else _as_written(read),
        chosen=chosen,
        readings=readings,
        sentence=sentence,
        lines=tuple(line for line, *_days in moved),
    )


def _is_midnight_here(value: datetime) -> bool:
    return abs(_here(value) - datetime.combine(_midnight_day(value), MIDNIGHT)) < OFF


def _midnight_day(value: datetime) -> date:
    """The day whose midnight is nearest."""
    return (_here(value) + timedelta(hours=12)).date()


def _here(value: datetime) -> datetime:
    """The local clock when the cell is taken for universal time."""
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(here()).replace(tzinfo=None)


def _in_ours(read: Read) -> Callable[[Any], Any]:
    def parse(value: Any) -> Any:
        if isinstance(value, datetime) and value.time() != MIDNIGHT:
            value = _midnight_day(value)
        return read(value)

    return parse


def _as_written(read: Read) -> Callable[[Any], Any]:
    def parse(value: Any) -> Any:
        return read(value.strip()[:10] if isinstance(value, str) and ELSEWHERE.match(value) else value)

    return parse


# -- order ------------------------------------------------------------------------------------------------------------


def _order(read: Read, cells: Cells, seen: _Seen, context: Context) -> Judgement:
    """Day before month, or month before day."""
    months, days = seen.month_only, seen.day_only
    shown = (months or days or [(line, text) for line, _place, text in seen.either])[:1]
    if not months and not seen.either:
        return _plain(read, seen)
    readings = tuple(_reading(read, key, seen.either, shown) for key in (DAY_FIRST, MONTH_FIRST))
    proposed, sentence, doubtful, lines = _decide(read, cells, seen, context)
    chosen = in_force(context, readings, proposed)
    if chosen != proposed:
        sentence = ""
    if context.chosen == chosen:
        doubtful = False
    if not sentence and chosen == MONTH_FIRST:
        sentence = _("le mois est lu avant le jour.")
    return Judgement(
        parse=read if chosen == DAY_FIRST else _month_first(read),
        chosen=chosen,
        readings=readings if seen.either or chosen == MONTH_FIRST or doubtful else (),
        sentence=sentence,
        doubtful=doubtful,
        lines=lines,
    )


def _decide(read: Read, cells: Cells, seen: _Seen, context: Context) -> tuple[str, str, bool, tuple[int, ...]]:
    """The order, what tells it, whether it is a doubt, and the lines concerned."""
    months, days = seen.month_only, seen.day_only
    if months and days:
        proposed, minority = (MONTH_FIRST, days) if len(months) > len(days) else (DAY_FIRST, months)
        sentence = _("le jour est tantôt avant le mois, tantôt après : « %(first)s », « %(second)s ».") % {
            "first": days[0][1],
            "second": months[0][1],
        }
        return proposed, sentence, True, tuple(line for line, _text in minority)
    if months:
        sentence = _("le mois est écrit avant le jour, comme le montre « %(text)s ».") % {"text": months[0][1]}
        return MONTH_FIRST, sentence, False, (months[0][0],)
    if days:
        return DAY_FIRST, "", False, ()
    ambiguous = tuple(line for line, _place, _text in seen.either)
    by_siblings = _siblings(context)
    if by_siblings:
        told = _("le mois est lu avant le jour, comme dans les autres colonnes de dates.") if by_siblings == MONTH_FIRST else ""
        return by_siblings, told, False, ambiguous if told else ()
    nearer = _nearer_session(read, seen, context) or _shorter_spans(read, cells, seen, context)
    if nearer:
        text = seen.either[0][2]
        day = _try(_month_first(read) if nearer == MONTH_FIRST else read, text)
        told = _("« %(text)s » est lu le %(day)s : l’autre ordre éloigne ces dates de celles des sessions.") % {
            "text": text,
            "day": long_date(_first_day(day)),
        }
        return nearer, told, False, ambiguous
    proposed = MONTH_FIRST if seen.halves else DAY_FIRST
    text = seen.either[0][2]
    day = _first_day(_try(_month_first(read) if proposed == MONTH_FIRST else read, text))
    told = _("rien ne dit si le jour est avant le mois : « %(text)s » est lu le %(day)s.") % {"text": text, "day": long_date(day)}
    return proposed, told, True, ambiguous


def _siblings(context: Context) -> str:
    """The order that the other columns of dates show, when they agree."""
    months = days = 0
    for cells in context.siblings:
        seen = _look(cells)
        months, days = months + len(seen.month_only), days + len(seen.day_only)
    return "" if bool(months) == bool(days) else MONTH_FIRST if months else DAY_FIRST


def _nearer_session(read: Read, seen: _Seen, context: Context) -> str:
    """The order under which the days are in their sessions, or soon after."""
    away = {DAY_FIRST: 0, MONTH_FIRST: 0}
    spans = context.days()
    for _line, place, text in seen.either:
        span = spans[place] if place < len(spans) else None
        if span is None:
            continue
        for key, parse in ((DAY_FIRST, read), (MONTH_FIRST, _month_first(read))):
            away[key] += _distance(_first_day(_try(parse, text)), span)
    return _clearly_less(away)


def _distance(day: date | None, span: tuple[date, date]) -> int:
    if day is None:
        return 0
    first, last = span
    return max((first - day).days, (day - last - SOON_AFTER).days, 0)


def _shorter_spans(read: Read, cells: Cells, seen: _Seen, context: Context) -> str:
    """The order under which the two dates of a line are the closer: a session of four days rather than of four months."""
    away = {DAY_FIRST: 0, MONTH_FIRST: 0}
    for sibling in context.siblings:
        for _line, place, text in seen.either:
            other = sibling.values[place]
            if other is None or other == "":
                continue
            for key, parse in ((DAY_FIRST, read), (MONTH_FIRST, _month_first(read))):
                here, there = _first_day(_try(parse, text)), _first_day(_try(parse, other))
                if here is not None and there is not None:
                    away[key] += abs((there - here).days)
    return _clearly_less(away)


def _clearly_less(away: dict[str, int]) -> str:
    day, month = away[DAY_FIRST], away[MONTH_FIRST]
    if max(day, month) == 0 or max(day, month) < CLEARLY * min(day, month):
        return ""
    return DAY_FIRST if day < month else MONTH_FIRST


def _reading(read: Read, key: str, either: Sequence[tuple[int, int, str]], shown: Sequence[tuple[int, str]]) -> Reading:
    text = either[0][2] if either else shown[0][1]
    day = _first_day(_try(_month_first(read) if key == MONTH_FIRST else read, text))
    order = _("mois avant le jour") if key == MONTH_FIRST else _("jour avant le mois")
    if day is None:
        return Reading(key, order)
    return Reading(key, _("%(order)s : « %(text)s » est le %(day)s") % {"order": order, "text": text, "day": long_date(day)})


def _plain(read: Read, seen: _Seen) -> Judgement:
    """Nothing to choose; numbers that are days of a spreadsheet are told."""
    counted = [(line, value, day) for line, value in seen.serials if (day := _first_day(_try(read, value))) is not None]
    if not counted:
        return Judgement(parse=read)
    _line, value, day = counted[0]
    sentence = _("les nombres sont des dates du tableur : %(number)s est le %(day)s.") % {
        "number": int(value),  # type: ignore[arg-type]
        "day": long_date(day),
    }
    return Judgement(parse=read, sentence=sentence, lines=tuple(line for line, *_rest in counted))


def _month_first(read: Read) -> Callable[[Any], Any]:
    def parse(value: Any) -> Any:
        return read(value, month_first=True)

    return parse


def _try(parse: Callable[[Any], Any], value: object) -> Any:
    try:
        return parse(value)
    except CellError:
        return None


def _first_day(value: Any) -> Any:
    """The day of a day, of a moment or of several days; None for nothing."""
    if isinstance(value, datetime):
        return value.date()
    return getattr(value, "first", value)

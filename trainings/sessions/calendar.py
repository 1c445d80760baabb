"""Half-days proposed between two dates: weekends and French public holidays are skipped unless asked otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from trainings.sessions.models.schedule import DayPart

if TYPE_CHECKING:
    from holidays import HolidayBase

# When each part of a day begins and ends, until somebody says otherwise.
TIMES: dict[DayPart, tuple[time, time]] = {
    DayPart.MORNING: (time(9, 0), time(12, 30)),
    DayPart.AFTERNOON: (time(14, 0), time(17, 30)),
    DayPart.EVENING: (time(18, 30), time(21, 0)),
}
WHOLE_DAYS = (DayPart.MORNING, DayPart.AFTERNOON)
SATURDAY = 5
# More than a school year of whole days: beyond, somebody slipped on the year.
MOST_HALF_DAYS = 500
_FARTHEST = timedelta(days=800)
ONE_DAY = timedelta(days=1)
# Where more days are holidays than in the rest of France, by the beginning of the postcode.
_SUBDIVISIONS = {
    "57": "57", "67": "6AE", "68": "6AE", "971": "971", "972": "972", "973": "973", "974": "974", "975": "PM", "976": "976",
    "986": "WF", "987": "PF", "988": "NC", "97133": "BL", "97150": "MF",
}  # fmt: skip


class TooLong(Exception):
    """More half-days than anybody means."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A half-day that is not stored yet."""

    day: date
    part: DayPart
    starts_at: time
    ends_at: time

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return _minutes(self.starts_at, self.ends_at)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day left out; `holiday` is its French name, empty for a weekend."""

    day: date
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed, and the days left out on the way."""

    slots: tuple[Slot, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class OpenDays:
    """Which days one trains on, at a place known by its postcode (empty: anywhere in mainland France)."""

    weekends: bool = False
    holidays: bool = False
    postcode: str = ""

    def closed(self, day: date) -> Skipped | None:
        """Why nothing is proposed on this day; None when it is open."""
        name = "" if self.holidays else holiday_name(day, self.postcode)
        if name:
            return Skipped(day, name)
        return Skipped(day) if day.weekday() >= SATURDAY and not self.weekends else None

    def open_from(self, day: date) -> date:
        """This day, or the first open one after it."""
        while self.closed(day):
            day += ONE_DAY
        return day


@cache
def _holidays_of(year: int, subdivision: str | None) -> HolidayBase:
    import holidays  # the days of every country: three megabytes, for who plans a session

    return holidays.country_holidays("FR", subdiv=subdivision, years=year, language="fr")


def holiday_name(day: date, postcode: str = "") -> str:
    """The name of the public holiday on this day at this postcode, empty when there is none."""
    beginnings = (postcode[:length] for length in (5, 3, 2))
    subdivision = next((_SUBDIVISIONS[start] for start in beginnings if start in _SUBDIVISIONS), None)
    return str(_holidays_of(day.year, subdivision).get(day) or "")


def postcode_in(place: str) -> str:
    """The last five digits standing alone in an address, empty when there are none."""
    found = re.findall(r"\b\d{5}\b", place)
    return found[-1] if found else ""


def propose(
    first: date,
    *,
    last: date | None = None,
    hours: Decimal | None = None,
    days: OpenDays,
    parts: Sequence[DayPart] = WHOLE_DAYS,
) -> Proposal:
    """Half-days from `first` to `last`; without `last`, as many as `hours` take (one day when neither is known).

    With `hours` alone the last half-day is shortened to the exact total. Raises TooLong beyond MOST_HALF_DAYS.
    """
    minutes_left = None if last is not None or hours is None else int(hours * 60)
    if last is None and minutes_left is None:
        last = first
    slots: list[Slot] = []
    skipped: list[Skipped] = []
    day = first
    while (last is not None and day <= last) or (last is None and minutes_left):
        closed = days.closed(day)
        if closed:
            skipped.append(closed)
        for part in () if closed else parts:
            slot = Slot(day, part, *TIMES[part])
            if minutes_left is not None:
                if not minutes_left:
                    break
                slot = _shortened(slot, minutes_left)
                minutes_left -= slot.minutes
            slots.append(slot)
        if len(slots) > MOST_HALF_DAYS or day - first > _FARTHEST:
            raise TooLong
        day += ONE_DAY
    return Proposal(tuple(slots), tuple(skipped))


def moved(slots: Iterable[Slot], to: date, *, postcode: str = "") -> tuple[Slot, ...]:
    """The same half-days from another first day; when that day is closed, from the next open one.

    Moved by whole weeks, they keep their weekdays, and one that falls on a closed day goes to the next open day; otherwise they keep
    as many open days between them. Weekends and holidays stay closed unless the half-days already use some.
    """
    before = sorted(slots, key=lambda slot: (slot.day, slot.starts_at))
    if not before:
        return ()
    days = list(dict.fromkeys(slot.day for slot in before))
    open_days = _habits(set(days), postcode)
    shift = _by_weeks if (to - days[0]).days % 7 == 0 else _by_open_days
    found = dict(zip(days, shift(days, to, open_days), strict=True))
    return tuple(replace(slot, day=found[slot.day]) for slot in before)


def _by_weeks(days: list[date], to: date, open_days: OpenDays) -> list[date]:
    found: list[date] = []
    for day in days:
        new = day + (to - days[0])
        if found:
            new = max(new, found[-1] + ONE_DAY)
        found.append(open_days.open_from(new))
    return found


def _by_open_days(days: list[date], to: date, open_days: OpenDays) -> list[date]:
    found = [open_days.open_from(to)]
    for before, day in pairwise(days):
        new = found[-1]
        while before < day:
            before += ONE_DAY
            if not open_days.closed(before):
                new = open_days.open_from(new + ONE_DAY)
        found.append(new)
    return found


def month_later(day: date, months: int) -> date:
    """The same weekday at the same rank of a later month: the second Tuesday stays the second Tuesday, the fifth one the last."""
    rank = (day.day - 1) // 7
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    first += timedelta(days=(day.weekday() - first.weekday()) % 7)
    found = first + timedelta(weeks=rank)
    return found if found.month == month + 1 else found - timedelta(weeks=1)


def _habits(days: set[date], postcode: str) -> OpenDays:
    """On which days a session that holds these is used to train."""
    return OpenDays(
        weekends=any(day.weekday() >= SATURDAY for day in days),
        holidays=any(holiday_name(day, postcode) != "" for day in days),
        postcode=postcode,
    )


def _minutes(start: time, end: time) -> int:
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def _shortened(slot: Slot, minutes: int) -> Slot:
    if slot.minutes <= minutes:
        return slot
    end = datetime.combine(slot.day, slot.starts_at) + timedelta(minutes=minutes)
    return replace(slot, ends_at=end.time())

"""For which days of reading a session tells the same: a reading compares days found around the session with the day it is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Aggregate, Max, Min, Q

from qualiopi.identifiers import Names, raw
from qualiopi.web.dates import as_date
from trainings.facts.moments import end_of
from trainings.facts.scope import Scope
from trainings.facts.sources import SOURCES, Source

_DAY = timedelta(days=1)
# Beyond, the database picks the days out: it would give too many rows.
_FEW = 20


class Window(NamedTuple):
    """From one day to another, both included."""

    start: date = date.min
    end: date = date.max


ALWAYS = Window()


def around(day: date, before: Iterable[date], after: Iterable[date]) -> Window:
    """The days on which nothing compares otherwise than on ``day``. ``before``: days up to it; ``after``: days past it.

    A day that is itself among those compared stands alone, whether it is compared with < or with <=.
    """
    last, following = max(before, default=None), min(after, default=None)
    end = date.max if following is None else following - _DAY
    if last is None:
        return Window(date.min, end)
    return Window(day, day) if last == day else Window(last + _DAY, end)


def windows(scope: Scope, *days: date) -> list[dict[str, Window]]:
    """For each day of reading, by session; one that is absent has no day at all, and tells the same always. One query per table and day."""
    if scope.sessions is not None and len(scope.sessions) <= _FEW:
        found = _every_day(scope)
        return [
            {
                session: around(day, (d for d in every if d <= day), (d for d in every if d > day))
                for session, every in found.items()
            }
            for day in days
        ]
    nearest = {day: _nearest(scope, day) for day in set(days)}
    return [nearest[day] for day in days]


def _every_day(scope: Scope) -> dict[str, set[date]]:
    """All the days found around each session: a few hundred."""
    names = Names()
    found: defaultdict[str, set[date]] = defaultdict(set)
    for source in SOURCES:
        if not source.days:
            continue
        columns = [column for column, _instant in source.days]
        for session, *days in scope.of(source.model, source.session).values_list(raw(_key(source)), *columns):
            found[names[session]].update(as_date(day) for day in days if day is not None)
    return found


def _nearest(scope: Scope, day: date) -> dict[str, Window]:
    """The same for many sessions: the nearest days alone, found by the database."""
    names = Names()
    before: defaultdict[str, list[date]] = defaultdict(list)
    after: defaultdict[str, list[date]] = defaultdict(list)
    for source in SOURCES:
        if not source.days:
            continue
        asked: dict[str, Aggregate] = {}
        for number, (column, instant) in enumerate(source.days):
            asked[f"before{number}"] = Max(
                column, filter=Q(**{f"{column}__lt": end_of(day)} if instant else {f"{column}__lte": day})
            )
            asked[f"after{number}"] = Min(
                column, filter=Q(**{f"{column}__gte": end_of(day)} if instant else {f"{column}__gt": day})
            )
        rows = scope.of(source.model, source.session).values_list(raw(_key(source))).annotate(**asked)
        for session, *days in rows:
            before[names[session]].extend(as_date(each) for each in days[::2] if each is not None)
            after[names[session]].extend(as_date(each) for each in days[1::2] if each is not None)
    return {session: around(day, before[session], after[session]) for session in before.keys() | after.keys()}


def _key(source: Source) -> str:
    """The column that holds the session of a row."""
    return "id" if source.session == "pk" else f"{source.session}_id"

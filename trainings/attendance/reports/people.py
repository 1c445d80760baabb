"""Somebody whom a report shows, and the minutes that their stretches of connection make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

Stretch = tuple[datetime, datetime]
# Tools that tell minutes round them: seconds by which what they tell may be short.
ROUNDING = 30


@dataclass(slots=True)
class Seen:
    """Somebody whom a report shows: the names and address displayed, every stretch of connection, seconds told and seconds waited.

    `told`: how long they stayed in all, in seconds, as the tool says; `waited`: seconds in the waiting room, that count for nothing.
    `shared`: other people of the report are on the same address.
    """

    name: str
    names: tuple[str, ...]
    email: str
    stretches: list[Stretch] = field(default_factory=list)
    told: float = 0
    waited: float = 0
    shared: bool = False

    @property
    def span(self) -> Stretch | None:
        """From the first arrival to the last departure; None for who never came in."""
        if not self.stretches:
            return None
        return min(joined for joined, _left in self.stretches), max(left for _joined, left in self.stretches)

    @property
    def overlap(self) -> float:
        """Seconds during which somebody is connected more than once."""
        if self.span is None:
            return 0
        return sum((left - joined).total_seconds() for joined, left in self.stretches) - union_seconds(self.stretches, *self.span)

    @property
    def told_minutes(self) -> int:
        """Whole minutes connected in all, as the tool says."""
        return round(self.told / 60)

    @property
    def waited_minutes(self) -> int:
        """Whole minutes in the waiting room."""
        return round(self.waited / 60)

    def minutes(self, start: datetime, end: datetime, elsewhere: Sequence[Stretch] = ()) -> int:
        """Minutes connected between two moments: overlapping connections count once, and never more in all than the tool tells.

        `elsewhere`: the other half-days of that session. When the tool tells less in all than arrivals and departures cover, nobody
        knows where the rest is missing: what is told is shared between the half-days as they are covered.
        """
        here = union_seconds(self.stretches, start, end)
        covered = here + sum(union_seconds(self.stretches, *other) for other in elsewhere)
        if self.told + ROUNDING >= covered:
            return round(here / 60)
        return int(self.told * here / covered / 60)


def union_minutes(stretches: Sequence[Stretch], start: datetime, end: datetime) -> int:
    """Whole minutes that these stretches cover between two moments, each counted once."""
    return round(union_seconds(stretches, start, end) / 60)


def union_seconds(stretches: Sequence[Stretch], start: datetime, end: datetime) -> float:
    """Seconds that these stretches cover between two moments, each counted once."""
    covered, reached = timedelta(), start
    for joined, left in sorted(stretches):
        joined, left = max(joined, reached), min(left, end)
        if left > joined:
            covered += left - joined
            reached = left
    return covered.total_seconds()

"""What a session says of itself (dates, hours, place, modality), and whether its half-days say the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trainings.sessions.models import HalfDay, Session


@dataclass(frozen=True, slots=True)
class Laid:
    """What half-days hold together: first and last day, None without any; minutes in all."""

    first: date | None
    last: date | None
    minutes: int

    @property
    def hours(self) -> Decimal:
        """Their length in hours, as a session keeps it."""
        return (Decimal(self.minutes) / 60).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class Said:
    """What a session said at one moment, and what its half-days held then. `hours`: None when nobody said any."""

    starts_on: date | None
    ends_on: date | None
    hours: Decimal | None
    modality: str
    place: str
    laid: Laid

    @property
    def dates_agree(self) -> bool:
        """Whether the first and the last day are those of the half-days."""
        return self.laid.first is not None and (self.starts_on, self.ends_on or self.starts_on) == (
            self.laid.first,
            self.laid.last,
        )

    @property
    def hours_agree(self) -> bool:
        """Whether the duration is that of the half-days."""
        return self.laid.first is not None and self.hours == self.laid.hours

    @property
    def parted(self) -> bool:
        """Whether there are half-days, and the session says otherwise than they do."""
        return self.laid.first is not None and not (self.dates_agree and self.hours_agree)


def laid(half_days: Iterable[HalfDay]) -> Laid:
    """What these half-days hold together."""
    every = list(half_days)
    days = [each.day for each in every]
    return Laid(min(days, default=None), max(days, default=None), sum(each.minutes for each in every))


def said_by(session: Session, half_days: Iterable[HalfDay] | None = None) -> Said:
    """What the session says now. One query, none when its half-days are given."""
    held = laid(session.half_days.all() if half_days is None else half_days)
    hours = None if session.duration_hours is None else Decimal(session.duration_hours)
    return Said(session.starts_on, session.ends_on, hours, session.modality, session.place, held)


def last_day(session: Session) -> date | None:
    """The last day that the session or one of its half-days names. One query."""
    latest = session.half_days.order_by("-day").values_list("day", flat=True).first()
    return max((day for day in (session.ends_on or session.starts_on, latest) if day is not None), default=None)


def papers_of(session: Session) -> list[str]:
    """Numbers of the documents in force of a session, the last issued first. One query."""
    issued = session.issued.filter(cancelled_at__isnull=True).order_by("-issued_on", "-created_at", "pk")
    return list(issued.values_list("number", flat=True))

"""What a session says of itself (dates, hours, place, modality), and whether its half-days say the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Max

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

    def says_as(self, other: Said) -> bool:
        """Whether dates, duration, modality and place are the same."""
        return (self.starts_on, self.ends_on, self.hours, self.modality, self.place) == (
            other.starts_on,
            other.ends_on,
            other.hours,
            other.modality,
            other.place,
        )

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
    return last_days([session])[session.pk]


def last_days(sessions: Iterable[Session]) -> dict[UUID, date | None]:
    """As `last_day`, for several sessions at once, by their keys. One query."""
    every = list(sessions)
    days = HalfDay.objects.filter(session__in=every).order_by().values("session_id").annotate(last=Max("day"))
    latest = dict(days.values_list("session_id", "last"))
    return {
        each.pk: max((day for day in (each.ends_on or each.starts_on, latest.get(each.pk)) if day is not None), default=None)
        for each in every
    }


def papers_of(session: Session) -> list[str]:
    """Numbers of the documents in force of a session, the last issued first. One query."""
    return papers_of_each([session]).get(session.pk, [])


def papers_of_each(sessions: Iterable[Session]) -> dict[UUID, list[str]]:
    """As `papers_of`, by the key of each session that has some. One query."""
    numbers: dict[UUID, list[str]] = {}
    rows = Session.objects.filter(
        pk__in=[each.pk for each in sessions], issued__number__isnull=False, issued__cancelled_at__isnull=True
    )
    for session_id, number in rows.order_by("-issued__issued_on", "-issued__created_at", "issued__pk").values_list(
        "pk", "issued__number"
    ):
        numbers.setdefault(session_id, []).append(number)
    return numbers

"""When one may sign for a half-day, and when a signature is late."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from trainings.sessions.models import HalfDay

# People sit down before it begins; they sign while they put their things away. Both are our own practice: no text sets them.
EARLY = timedelta(minutes=15)
GRACE = timedelta(minutes=30)
# The code of the room may be shown again in the evening to who forgot; the day after, one signs by one's own link.
SHOWN_AFTER = timedelta(hours=12)


def at(half_day: HalfDay, hour: time) -> datetime:
    """An hour of a half-day, as a moment of the current time zone."""
    return timezone.make_aware(datetime.combine(half_day.day, hour))


def begins(half_day: HalfDay) -> datetime:
    """When it begins."""
    return at(half_day, half_day.starts_at)


def ends(half_day: HalfDay) -> datetime:
    """When it ends."""
    return at(half_day, half_day.ends_at)


def opens(half_day: HalfDay) -> datetime:
    """From when one may sign."""
    return begins(half_day) - EARLY


def late_after(half_day: HalfDay) -> datetime:
    """The last moment at which a signature is not late."""
    return ends(half_day) + GRACE


def is_late(half_day: HalfDay, moment: datetime) -> bool:
    """Whether a signature made then is late, and has to say why."""
    return moment > late_after(half_day)


def likely(half_day: HalfDay, *, told: datetime | None, now: datetime) -> datetime:
    """When a signature was made: as the device told, unless its clock cannot be right; then when it reached us.

    A device without a network tells the hour of the signature. An hour to come, or before the half-day opens, is not believed.
    """
    return told if told is not None and opens(half_day) <= told <= now else now


def shows_code(half_day: HalfDay, now: datetime) -> bool:
    """Whether the code of the room may be shown for this half-day."""
    return opens(half_day) <= now < late_after(half_day) + SHOWN_AFTER

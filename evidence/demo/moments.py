"""Telling what happened earlier: the verbs date what they write by the clock, so the demonstration sets the clock back for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from unittest import mock

from django.utils import timezone


@contextmanager
def at(day: date, hour: int = 10, minute: int = 0) -> Iterator[datetime]:
    """Inside, it is this hour of this day (Europe/Paris) for every verb; never later than it really is."""
    moment = min(timezone.make_aware(datetime.combine(day, time(hour, minute))), timezone.now())
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield moment

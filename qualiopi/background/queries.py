"""Reading who is at work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from qualiopi.background.models import Held, Worker

# A sign of life every five seconds; a write lock of half a minute holds some of them back and means nothing. After this silence
# the worker is gone: its page says so, and another one takes over, within the minute.
BEAT = timedelta(seconds=5)
SILENCE = timedelta(seconds=45)
# What was asked for and not begun has a task that waits for its turn; after this, one looks whether it really has.
JUST_ASKED = timedelta(minutes=1)

Row = TypeVar("Row", bound=Held)


def alive_workers() -> set[UUID]:
    """Every process that gave a sign of life lately. One query."""
    return set(Worker.objects.filter(alive_at__gte=timezone.now() - SILENCE).values_list("pk", flat=True))


def nobody_at(rows: QuerySet[Any], alive: set[UUID]) -> QuerySet[Any]:
    """Those of these rows that were asked for a while ago and that none of these workers holds."""
    return rows.filter(created_at__lte=timezone.now() - JUST_ASKED).exclude(held_by__in=alive)

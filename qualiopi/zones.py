"""Whose day it is: moments become days, and days moments, in the time zone of the organisation concerned (ADR 159).

Code asks `timezone.localdate()`, `localtime()` and `make_aware()` as ever: they follow the zone set here, once, by what knows whose work it
is. That is the address of a page, a personal link, a task, a command, or a round of the clock.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.core.signals import request_finished
from django.utils import timezone


class HasZone(Protocol):
    """An organisation, as far as this module knows one."""

    @property
    def time_zone(self) -> Any:
        """A name of the IANA database."""


def zone_of(organisation: HasZone) -> ZoneInfo:
    """The time zone of an organisation."""
    return ZoneInfo(str(organisation.time_zone))


def follow(organisation: HasZone) -> None:
    """For the rest of the request, days and hours are this organisation's."""
    timezone.activate(zone_of(organisation))


def on_days_of(organisation: HasZone) -> AbstractContextManager[None]:
    """Inside, days and hours are this organisation's."""
    return timezone.override(zone_of(organisation))


def today_of(organisation: HasZone, now: datetime | None = None) -> date:
    """Which day it is in an organisation, now or at an aware moment."""
    with on_days_of(organisation):
        return timezone.localdate() if now is None else timezone.localdate(now)


def in_default_zone() -> None:
    """Days and hours are those of TIME_ZONE again: no organisation is concerned yet, or any more."""
    timezone.deactivate()


def end_with_requests() -> None:
    """Let no request leave its zone to what its thread does next: a page that streams is over when it is closed, not before."""
    request_finished.connect(_request_is_over, dispatch_uid="qualiopi.zones")


def _request_is_over(**_told: Any) -> None:
    in_default_zone()

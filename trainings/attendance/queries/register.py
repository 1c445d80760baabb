"""What the register says now: of each person and half-day, the last line, the one that nothing supersedes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from qualiopi.zones import on_days_of
from trainings.attendance.models import Mark, MarkKind
from trainings.attendance.moments import is_late, opens, shows_code
from trainings.sessions.models import Enrolment, HalfDay, Session
from trainings.states import OVER


def current_marks(*sessions: Session | UUID) -> QuerySet[Mark]:
    """The lines in force of these sessions, in the order of the register of each."""
    marks: QuerySet[Mark] = Mark.objects.filter(session__in=sessions, superseded_by__isnull=True).order_by("number")
    return marks


class SlotState(StrEnum):
    """How one half-day stands for one person."""

    PRESENT = "present"
    ABSENT = "absent"
    OPEN = "open"
    LATE = "late"
    TO_COME = "to_come"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Slot:
    """One half-day of one person, with the line in force, if there is one."""

    half_day: HalfDay
    mark: Mark | None
    state: SlotState

    @property
    def to_sign(self) -> bool:
        """Whether this person can sign it now."""
        return self.state in (SlotState.OPEN, SlotState.LATE)


def slot_state(half_day: HalfDay, enrolment: Enrolment, mark: Mark | None, *, now: datetime) -> SlotState:
    """How a half-day stands for somebody at a moment."""
    if mark is not None:
        return SlotState.PRESENT if mark.kind == MarkKind.PRESENT else SlotState.ABSENT
    if enrolment.ended_on is not None and half_day.day > enrolment.ended_on:
        return SlotState.LEFT
    if now < opens(half_day):
        return SlotState.TO_COME
    return SlotState.LATE if is_late(half_day, now) else SlotState.OPEN


def half_days_shown(*, now: datetime) -> list[UUID]:
    """The half-days whose code can be on the screen of a room at this moment, in every organisation by its own hour. One query."""
    today = now.astimezone(UTC).date()
    # From the day before where it is earliest to the day where it is latest.
    days = (today - timedelta(days=2), today + timedelta(days=1))
    rows = HalfDay.objects.exclude(session__state__in=OVER).filter(day__range=days).select_related("organisation")
    shown = []
    for half_day in rows.only("day", "starts_at", "ends_at", "organisation__time_zone").order_by():
        with on_days_of(half_day.organisation):
            if shows_code(half_day, now):
                shown.append(half_day.pk)
    return shown


def slots_of(enrolment: Enrolment, *, now: datetime) -> list[Slot]:
    """The half-days of somebody, in order. Two queries."""
    marks = {mark.half_day_id: mark for mark in current_marks(enrolment.session).filter(enrolment=enrolment)}
    half_days = HalfDay.objects.filter(session=enrolment.session).order_by("day", "starts_at", "pk")
    return [
        Slot(half_day, marks.get(half_day.pk), slot_state(half_day, enrolment, marks.get(half_day.pk), now=now))
        for half_day in half_days
    ]


def first_to_sign(slots: list[Slot]) -> Slot | None:
    """Which half-day one is asked to sign: the one that goes on, else the oldest that was forgotten."""
    going_on = [slot for slot in slots if slot.state == SlotState.OPEN]
    forgotten = [slot for slot in slots if slot.state == SlotState.LATE]
    return (going_on + forgotten + [None])[0]

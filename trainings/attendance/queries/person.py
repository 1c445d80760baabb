"""The registers of one person, session by session: what they signed, what they owe, when they were absent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qualiopi.accounts.models import User
from trainings.attendance.models import Mark
from trainings.attendance.queries.register import Slot, SlotState, slot_state
from trainings.people.models import Trainee
from trainings.sessions.models import Enrolment, EnrolmentState, HalfDay, SessionTrainer
from trainings.states import NOT_HELD

# Of the sessions of one person, the last ones: who comes every month for years still has a page.
LATEST = 50


@dataclass(frozen=True, slots=True)
class PersonRegister:
    """One session of somebody, with each of its half-days."""

    enrolment: Enrolment
    slots: list[Slot]

    @property
    def signed(self) -> int:
        """How many half-days they signed."""
        return sum(slot.state == SlotState.PRESENT for slot in self.slots)

    @property
    def begun(self) -> int:
        """How many half-days they could have signed by now."""
        return sum(slot.state not in (SlotState.TO_COME, SlotState.LEFT) for slot in self.slots)

    @property
    def owed(self) -> list[Slot]:
        """What is still to be signed, oldest first."""
        return [slot for slot in self.slots if slot.to_sign]

    @property
    def absences(self) -> list[Slot]:
        """When they were said to be absent."""
        return [slot for slot in self.slots if slot.state == SlotState.ABSENT]


def registers_of(trainee: Trainee, *, now: datetime, led_by: User | None = None) -> list[PersonRegister]:
    """The last fifty sessions of a person that are signed, latest first. Three queries, whatever their number.

    `led_by` keeps the sessions that this account leads as a trainer. Who withdrew before the first day has nothing to sign.
    """
    rows = Enrolment.objects.filter(trainee=trainee).exclude(state=EnrolmentState.WITHDRAWN)
    rows = rows.exclude(session__state__in=NOT_HELD)
    if led_by is not None:
        rows = rows.filter(session__in=SessionTrainer.objects.filter(trainer__user=led_by).values("session"))
    enrolments = list(rows.select_related("session__course").order_by("-session__starts_on", "pk")[:LATEST])
    half_days: defaultdict[UUID, list[HalfDay]] = defaultdict(list)
    of_sessions = HalfDay.objects.filter(session__in=[enrolment.session_id for enrolment in enrolments])
    for half_day in of_sessions.order_by("day", "starts_at", "pk"):
        half_days[half_day.session_id].append(half_day)
    marks = Mark.objects.filter(enrolment__in=[enrolment.pk for enrolment in enrolments], superseded_by__isnull=True)
    known = {mark.half_day_id: mark for mark in marks.defer("drawing")}
    return [
        PersonRegister(
            enrolment,
            [
                Slot(half_day, known.get(half_day.pk), slot_state(half_day, enrolment, known.get(half_day.pk), now=now))
                for half_day in half_days[enrolment.session_id]
            ],
        )
        for enrolment in enrolments
    ]

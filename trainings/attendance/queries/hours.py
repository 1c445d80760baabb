"""The register of one session, counted by half-day and by person; hours really followed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, F, Q, When

from qualiopi.identifiers import Names, raw
from trainings.attendance.models import Mark, MarkKind
from trainings.sessions.models import HalfDay, Session


class Countersignature(NamedTuple):
    """Who countersigned a half-day, and when."""

    half_day: str
    trainer: str
    signed_at: datetime


@dataclass(slots=True)
class Count:
    """How many lines in force. Half-days and enrolments by identifier; who has none is in no count."""

    half_days: dict[str, HalfDay]  # in time order
    present: Counter[str] = field(default_factory=Counter)  # by half-day, those signed late included
    late: Counter[str] = field(default_factory=Counter)  # by half-day
    absent: Counter[str] = field(default_factory=Counter)  # by half-day, excused ones included
    signed: Counter[str] = field(default_factory=Counter)  # by enrolment
    minutes: Counter[str] = field(default_factory=Counter)  # by enrolment
    countersigned: list[Countersignature] = field(default_factory=list)  # in the order of the register
    corrected_at: list[datetime] = field(default_factory=list)  # when each line came that supersedes another
    ever_signed: set[str] = field(default_factory=set)  # enrolments, whatever became of their lines


def count_lines(session: Session) -> Count:
    """Count the register of a session in two queries. No model is built of its lines: there may be tens of thousands.

    A signature counts its whole half-day; a connection counts the minutes kept from its report.
    """
    half_days = HalfDay.objects.filter(session=session).order_by("day", "starts_at", "pk")
    found = Count({str(half_day.pk): half_day for half_day in half_days})
    length = {key: half_day.minutes for key, half_day in found.half_days.items()}
    told = Q(kind=MarkKind.COUNTERSIGNED) | Q(supersedes__isnull=False)
    rows = list(
        Mark.objects.filter(session=session)
        .order_by("number")
        .values_list(
            raw("id"), raw("supersedes_id"), raw("half_day_id"), raw("enrolment_id"), "kind", "minutes", raw("late"),
            Case(When(told, then=F("signed_at"))), Case(When(told, then=F("created_at"))),
            "trainer__first_name", "trainer__last_name",
        )
    )  # fmt: skip
    superseded = {row[1] for row in rows}
    names = Names()
    for key, before, slot, person, kind, minutes, late, signed_at, created_at, first_name, last_name in rows:
        if before is not None:
            found.corrected_at.append(created_at)
        if kind == MarkKind.PRESENT:
            found.ever_signed.add(names[person])
        if key in superseded:
            continue
        half_day = names[slot]
        if kind == MarkKind.PRESENT:
            found.present[half_day] += 1
            found.signed[names[person]] += 1
            found.minutes[names[person]] += length[half_day] if minutes is None else minutes
            if late:
                found.late[half_day] += 1
        elif kind == MarkKind.COUNTERSIGNED:
            found.countersigned.append(Countersignature(half_day, f"{first_name} {last_name}".strip(), signed_at))
        else:
            found.absent[half_day] += 1
    return found


def followed_minutes(session: Session) -> dict[UUID, int]:
    """Minutes that each person really followed, by enrolment; nobody who followed none. Two queries."""
    return {UUID(enrolment): minutes for enrolment, minutes in count_lines(session).minutes.items() if minutes}

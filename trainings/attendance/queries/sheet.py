"""The attendance sheet of a session as plain values, for whoever prints it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from trainings.attendance.models import Chain, Mark, MarkKind
from trainings.attendance.queries.grid import expected_people
from trainings.sessions.models import Enrolment, HalfDay, Session


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What is said of one person for one half-day. `drawing`: an SVG path of a 320 by 176 box, empty when nothing was drawn.

    `received_at` differs from `signed_at` when the device had no network. `corrected`: this line replaced another one.
    """

    kind: str
    kind_label: str
    method: str
    method_label: str
    signed_at: datetime
    received_at: datetime
    late: bool
    reason: str
    drawing: str
    minutes: int | None
    corrected: bool
    number: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """A person of the sheet and their cells, in the order of its half-days; None where nothing is said."""

    enrolment: Enrolment
    cells: list[SheetCell | None]


@dataclass(frozen=True, slots=True)
class SheetCountersignature:
    """Who countersigned a half-day, when, how."""

    trainer: str
    signed_at: datetime
    method_label: str
    drawing: str
    number: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet: half-days, people, countersignatures (one place per half-day), and the end of the chain that seals it all."""

    session: Session
    half_days: list[HalfDay]
    people: list[SheetPerson]
    countersignatures: list[SheetCountersignature | None]
    lines: int
    last_fingerprint: str


def sheet(session: Session) -> Sheet:
    """The attendance sheet of a session. Four queries, whatever the number of people and of half-days."""
    half_days = list(HalfDay.objects.filter(session=session).select_related("trainer").order_by("day", "starts_at", "pk"))
    current: dict[tuple[UUID, UUID | None], Mark] = {}
    drawn: dict[tuple[UUID, UUID | None], str] = {}
    for mark in Mark.objects.filter(session=session).select_related("trainer").order_by("number"):
        place = (mark.half_day_id, mark.enrolment_id)
        current[place] = mark
        # A connection report that completes a signature leaves the signature on the sheet; an absence takes it away.
        drawn[place] = (mark.drawing or drawn.get(place, "")) if mark.kind in (MarkKind.PRESENT, MarkKind.COUNTERSIGNED) else ""
    people = [
        SheetPerson(
            enrolment,
            [
                _cell(current.get(place), drawn.get(place, ""))
                for place in ((half_day.pk, enrolment.pk) for half_day in half_days)
            ],
        )
        for enrolment in expected_people(session)
    ]
    chain = Chain.objects.filter(session=session).first()
    return Sheet(
        session=session,
        half_days=half_days,
        people=people,
        countersignatures=[_countersignature(current.get((half_day.pk, None))) for half_day in half_days],
        lines=chain.length if chain else 0,
        last_fingerprint=chain.fingerprint if chain else "",
    )


def _cell(mark: Mark | None, drawing: str) -> SheetCell | None:
    if mark is None:
        return None
    return SheetCell(
        kind=mark.kind,
        kind_label=mark.get_kind_display(),
        method=mark.method,
        method_label=mark.get_method_display(),
        signed_at=mark.signed_at,
        received_at=mark.created_at,
        late=mark.late,
        reason=mark.reason,
        drawing=drawing,
        minutes=mark.minutes,
        corrected=mark.supersedes_id is not None,
        number=mark.number,
        fingerprint=mark.fingerprint,
    )


def _countersignature(mark: Mark | None) -> SheetCountersignature | None:
    if mark is None:
        return None
    return SheetCountersignature(
        trainer=str(mark.trainer),
        signed_at=mark.signed_at,
        method_label=mark.get_method_display(),
        drawing=mark.drawing,
        number=mark.number,
        fingerprint=mark.fingerprint,
    )

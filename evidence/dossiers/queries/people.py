"""The register of a session: half-days and people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import models
from django.db.models import Q

from trainings.attendance.queries import Count
from trainings.documents.models import DocumentKind, Issued
from trainings.learning.models import Acquired, Intake, IntakeKind, Moment, ObjectiveResult
from trainings.sessions.models import DayPart, Enrolment, EnrolmentState, Session
from trainings.states import CALLED_OFF


@dataclass(frozen=True, slots=True)
class HalfDayRow:
    """One half-day: how many signed, late or absent, of how many; who countersigned and when."""

    day: date
    part: str
    remote: bool
    present: int
    late: int
    absent: int
    expected: int
    countersigned_by: str
    countersigned_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person: what is recorded of their way through the session. None: nothing asked or recorded."""

    name: str
    company: str
    state: str
    ended_on: date | None
    needs_on: date | None
    positioned_on: date | None
    signed: int
    minutes: int
    acquired: int
    results: int
    certificate: str

    @property
    def hours(self) -> Decimal:
        """Hours really followed."""
        return (Decimal(self.minutes) / 60).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class Register:
    """Half-days in time order, people by name."""

    half_days: list[HalfDayRow]
    people: list[PersonRow]

    @property
    def expected_half_days(self) -> int:
        """How many half-days one signs for."""
        return len(self.half_days)


def register_of(session: Session, count: Count) -> Register:
    """What the register says, ``count``, beside what else is known of people: four queries, whatever their number.

    Who was never trained is not named: people who withdrew before the start and, of a session called off, those who signed nothing.
    """
    expected = Enrolment.objects.filter(session=session).exclude(state=EnrolmentState.WITHDRAWN)
    rows = expected.select_related("trainee", "company").order_by("trainee__last_name", "trainee__first_name", "pk")
    enrolments = [row for row in rows if session.state not in CALLED_OFF or str(row.pk) in count.ever_signed]
    return Register(_half_days(count, enrolments), _people(session, count, enrolments))


def _half_days(count: Count, enrolments: list[Enrolment]) -> list[HalfDayRow]:
    countersigned = {mark.half_day: mark for mark in count.countersigned}
    expected = {
        day: sum(1 for enrolment in enrolments if enrolment.there_on(day))
        for day in {half_day.day for half_day in count.half_days.values()}
    }
    parts = dict(DayPart.choices)
    found = []
    for key, row in count.half_days.items():
        mark = countersigned.get(key)
        found.append(
            HalfDayRow(
                day=row.day,
                part=str(parts[row.part]),
                remote=row.remote,
                present=count.present[key],
                late=count.late[key],
                absent=count.absent[key],
                expected=expected[row.day],
                countersigned_by=mark.trainer if mark else "",
                countersigned_at=mark.signed_at if mark else None,
            )
        )
    return found


def _people(session: Session, count: Count, enrolments: list[Enrolment]) -> list[PersonRow]:
    intakes: dict[tuple[UUID, str], date] = {
        (enrolment, kind): day
        for enrolment, kind, day in Intake.objects.filter(enrolment__session=session).values_list(
            "enrolment_id", "kind", "answered_on"
        )
    }
    at_exit = ObjectiveResult.objects.filter(enrolment__session=session, moment=Moment.EXIT)
    results = {
        enrolment: (n, acquired)
        for enrolment, n, acquired in at_exit.values_list("enrolment_id")
        .annotate(n=models.Count("pk"), acquired=models.Count("pk", filter=Q(level=Acquired.YES)))
        .order_by()
    }
    certificates = dict(
        Issued.objects.filter(session=session, kind=DocumentKind.COMPLETION, cancelled_at__isnull=True, enrolment__isnull=False)
        .order_by("created_at")
        .values_list("enrolment_id", "number")
    )
    states = dict(EnrolmentState.choices)
    found = []
    for enrolment in enrolments:
        n, acquired = results.get(enrolment.pk, (0, 0))
        found.append(
            PersonRow(
                name=str(enrolment.trainee),
                company=str(enrolment.company or ""),
                state="" if enrolment.state == EnrolmentState.ENROLLED else str(states[enrolment.state]),
                ended_on=enrolment.ended_on,
                needs_on=intakes.get((enrolment.pk, IntakeKind.NEEDS)),
                positioned_on=intakes.get((enrolment.pk, IntakeKind.POSITIONING)),
                signed=count.signed[str(enrolment.pk)],
                minutes=count.minutes[str(enrolment.pk)],
                acquired=acquired,
                results=n,
                certificate=certificates.get(enrolment.pk, ""),
            )
        )
    return found

"""The register of a session: half-days and people, counted in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from trainings.attendance.models import Mark, MarkKind
from trainings.attendance.queries import followed_minutes
from trainings.documents.models import DocumentKind, Issued
from trainings.learning.models import Acquired, Intake, IntakeKind, Moment, ObjectiveResult
from trainings.sessions.models import DayPart, Enrolment, EnrolmentState, HalfDay, Session
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
    objectives: int

    @property
    def expected_half_days(self) -> int:
        """How many half-days one signs for."""
        return len(self.half_days)


def register_of(session: Session) -> Register:
    """Read it in eight queries, whatever the number of people and half-days.

    Who was never trained is not named: people who withdrew before the start and, of a session called off, those who signed nothing.
    """
    expected = Enrolment.objects.filter(session=session).exclude(state=EnrolmentState.WITHDRAWN)
    if session.state in CALLED_OFF:
        expected = expected.filter(Exists(Mark.objects.filter(enrolment=OuterRef("pk"), kind=MarkKind.PRESENT)))
    enrolments = list(expected.select_related("trainee", "company").order_by("trainee__last_name", "trainee__first_name", "pk"))
    objectives = session.programme.objectives.count() if session.programme else 0
    return Register(_half_days(session, enrolments), _people(session, enrolments), objectives)


def _half_days(session: Session, enrolments: list[Enrolment]) -> list[HalfDayRow]:
    standing = Q(marks__superseded_by__isnull=True)
    rows = (
        HalfDay.objects.filter(session=session)
        .annotate(
            present=Count("marks", filter=standing & Q(marks__kind=MarkKind.PRESENT)),
            late=Count("marks", filter=standing & Q(marks__kind=MarkKind.PRESENT, marks__late=True)),
            absent=Count("marks", filter=standing & Q(marks__kind__in=[MarkKind.ABSENT, MarkKind.EXCUSED])),
        )
        .order_by("day", "starts_at")
    )
    countersigned = {
        mark.half_day_id: mark
        for mark in Mark.objects.filter(session=session, kind=MarkKind.COUNTERSIGNED, superseded_by__isnull=True).select_related(
            "trainer"
        )
    }
    parts = dict(DayPart.choices)
    found = []
    for row in rows:
        mark = countersigned.get(row.pk)
        found.append(
            HalfDayRow(
                day=row.day,
                part=str(parts[row.part]),
                remote=row.remote,
                present=row.present,
                late=row.late,
                absent=row.absent,
                expected=sum(1 for enrolment in enrolments if enrolment.there_on(row.day)),
                countersigned_by=str(mark.trainer) if mark else "",
                countersigned_at=mark.signed_at if mark else None,
            )
        )
    return found


def _people(session: Session, enrolments: list[Enrolment]) -> list[PersonRow]:
    signed = _counts(
        Mark.objects.filter(session=session, kind=MarkKind.PRESENT, superseded_by__isnull=True).values_list("enrolment_id")
    )
    minutes = followed_minutes(session)
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
        .annotate(n=Count("pk"), acquired=Count("pk", filter=Q(level=Acquired.YES)))
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
                signed=signed.get(enrolment.pk, 0),
                minutes=minutes.get(enrolment.pk, 0),
                acquired=acquired,
                results=n,
                certificate=certificates.get(enrolment.pk, ""),
            )
        )
    return found


def _counts(rows: object) -> dict[UUID, int]:
    return dict(rows.annotate(n=Count("pk")).order_by())  # type: ignore[attr-defined]

"""The register of a session as one page shows it: half-days, people, and how each stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from trainings.attendance.models import Mark, MarkKind
from trainings.attendance.moments import opens
from trainings.attendance.queries.register import Slot, current_marks, slot_state
from trainings.sessions.models import Enrolment, EnrolmentState, HalfDay, Session


@dataclass(slots=True)
class HalfDayCount:
    """How one half-day stands: how many are expected, present, late among them, absent, and who countersigned."""

    half_day: HalfDay
    expected: int
    open: bool
    present: int = 0
    late: int = 0
    absent: int = 0
    countersignature: Mark | None = None

    @property
    def missing(self) -> int:
        """People of whom nothing is said yet."""
        return max(0, self.expected - self.present - self.absent)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person and their half-days, in order."""

    enrolment: Enrolment
    slots: list[Slot] = field(default_factory=list)


def expected_people(session: Session) -> QuerySet[Enrolment]:
    """Who is expected to sign: everybody enrolled but those who withdrew, by name."""
    people: QuerySet[Enrolment] = (
        Enrolment.objects.filter(session=session)
        .exclude(state=EnrolmentState.WITHDRAWN)
        .select_related("trainee")
        .order_by("trainee__last_name", "trainee__first_name", "pk")
    )
    return people


def half_day_counts(session: Session, *, now: datetime) -> list[HalfDayCount]:
    """Every half-day of a session, in order, counted. Five queries, whatever the number of half-days and of people."""
    people = expected_people(session)
    rows = people.filter(Q(ended_on__isnull=False) | Q(joined_on__isnull=False)).select_related(None).order_by()
    partly, everybody = list(rows.only("joined_on", "ended_on")), people.count()
    return _counted({session.pk: (everybody, partly)}, now=now)[session.pk]


def half_day_counts_of_each(people: Mapping[UUID, Sequence[Enrolment]], *, now: datetime) -> dict[UUID, list[HalfDayCount]]:
    """The same of several sessions whose people are known, by session. Three queries."""
    partly = {key: [each for each in known if each.ended_on or each.joined_on] for key, known in people.items()}
    return _counted({key: (len(known), partly[key]) for key, known in people.items()}, now=now)


def _counted(expected: Mapping[UUID, tuple[int, Sequence[Enrolment]]], *, now: datetime) -> dict[UUID, list[HalfDayCount]]:
    """``expected``: by session, how many people, and those of them who were there on some days only."""
    found: dict[UUID, list[HalfDayCount]] = {key: [] for key in expected}
    counts: dict[UUID, HalfDayCount] = {}
    half_days = HalfDay.objects.filter(session__in=expected).select_related("trainer").order_by("day", "starts_at", "pk")
    for half_day in half_days:
        everybody, partly = expected[half_day.session_id]
        away = sum(not person.there_on(half_day.day) for person in partly)
        counts[half_day.pk] = HalfDayCount(half_day, everybody - away, now >= opens(half_day))
        found[half_day.session_id].append(counts[half_day.pk])
    marks = current_marks(*expected).order_by()
    for row in (
        marks.filter(enrolment__isnull=False)
        .values("half_day")
        .annotate(
            present=Count("pk", filter=Q(kind=MarkKind.PRESENT)),
            late=Count("pk", filter=Q(kind=MarkKind.PRESENT, late=True)),
            absent=Count("pk", filter=~Q(kind=MarkKind.PRESENT)),
        )
    ):
        count = counts[row["half_day"]]
        count.present, count.late, count.absent = row["present"], row["late"], row["absent"]
    for mark in marks.filter(kind=MarkKind.COUNTERSIGNED).select_related("trainer").defer("drawing"):
        counts[mark.half_day_id].countersignature = mark
    return found


def unsaid(session: Session, *, now: datetime) -> list[tuple[HalfDay, Enrolment]]:
    """Each half-day that has begun with each person expected of whom nothing is said yet, in the order of the register. Three queries."""
    half_days = [
        each for each in HalfDay.objects.filter(session=session).order_by("day", "starts_at", "pk") if now >= opens(each)
    ]
    if not half_days:
        return []
    told = set(current_marks(session).filter(enrolment__isnull=False).order_by().values_list("half_day", "enrolment"))
    people = list(expected_people(session))
    return [
        (half_day, each)
        for half_day in half_days
        for each in people
        if each.there_on(half_day.day) and (half_day.pk, each.pk) not in told
    ]


def person_lines(
    session: Session, people: Sequence[Enrolment], half_days: Sequence[HalfDay], *, now: datetime, drawn: bool = True
) -> list[PersonLine]:
    """These people, each with every half-day. One query. `drawn`: with the strokes of the signatures, which are long."""
    known: dict[UUID, dict[UUID, Mark]] = defaultdict(dict)
    marks = current_marks(session).filter(enrolment__in=[enrolment.pk for enrolment in people])
    for mark in marks if drawn else marks.defer("drawing"):
        if mark.enrolment_id is not None:
            known[mark.enrolment_id][mark.half_day_id] = mark
    lines = []
    for enrolment in people:
        own = known[enrolment.pk]
        slots = [
            Slot(half_day, own.get(half_day.pk), slot_state(half_day, enrolment, own.get(half_day.pk), now=now))
            for half_day in half_days
        ]
        lines.append(PersonLine(enrolment, slots))
    return lines

"""The half-days of a day, as whoever leads them opens them on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from qualiopi.accounts.models import User
from qualiopi.organisations.models import Organisation
from trainings.attendance.models import Mark, MarkKind
from trainings.sessions.models import EnrolmentState, HalfDay
from trainings.states import NOT_HELD


@dataclass(frozen=True, slots=True)
class Today:
    """One half-day, how many of its people have a line in the register, and whether it is countersigned."""

    half_day: HalfDay
    people: int
    signed: int
    countersigned: bool

    @property
    def to_sign(self) -> bool:
        """Whether somebody may still sign; a half-day whose people are not known yet waits for them."""
        return self.signed < self.people or not self.people


def today_of(organisation: Organisation, user: User, *, day: date) -> list[Today]:
    """The half-days of a day that this account leads; two queries."""
    led = _led_by(organisation, user).filter(day=day)
    countersigned = Mark.objects.filter(half_day=OuterRef("pk"), kind=MarkKind.COUNTERSIGNED)
    rows = (
        HalfDay.objects.filter(pk__in=led.values("pk"))
        .select_related("session__course")
        .annotate(
            countersigned=Exists(countersigned),
            people=Count("session__enrolments", filter=Q(session__enrolments__state=EnrolmentState.ENROLLED), distinct=True),
            signed=Count(
                "marks__enrolment", filter=Q(marks__enrolment__isnull=False, marks__supersedes__isnull=True), distinct=True
            ),
        )
        .order_by("starts_at", "pk")
    )
    return [Today(row, row.people, row.signed, row.countersigned) for row in rows]


def next_day_of(organisation: Organisation, user: User, *, after: date) -> HalfDay | None:
    """The first half-day that this account leads later; one query."""
    found: HalfDay | None = (
        _led_by(organisation, user).filter(day__gt=after).select_related("session__course").order_by("day", "starts_at").first()
    )
    return found


def _led_by(organisation: Organisation, user: User) -> QuerySet[HalfDay]:
    """Those given to this person, and those of a session they lead that are given to nobody in particular."""
    rows: QuerySet[HalfDay] = (
        HalfDay.objects.for_organisation(organisation)
        .filter(Q(trainer__user=user) | Q(trainer__isnull=True, session__trainers__user=user))
        .exclude(session__state__in=NOT_HELD)
        .distinct()
    )
    return rows

"""Examinations of a session, and the rates that come of them for a course."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from trainings.catalogue.models import Course
from trainings.learning.models import ExamResult, PublishedRates, percent
from trainings.sessions.models import Aim, Enrolment, EnrolmentState, Session
from trainings.states import NOT_HELD

# Who says that they follow a certifying course for something else is not a candidate.
NOT_CANDIDATES = (Aim.OTHER, Aim.ASSESSMENT)


@dataclass(frozen=True, slots=True)
class Rates:
    """What became of the people enrolled for a certification over a period.

    `waiting`: nobody said whether they presented themselves; `unmarked`: they did, and the result is not known.
    """

    from_day: date
    to_day: date
    sessions: int
    enrolled: int
    presented: int
    passed: int
    waiting: int
    unmarked: int

    @property
    def presentation(self) -> int | None:
        """People presented for 100 enrolled; None when nobody was."""
        return percent(self.presented, self.enrolled)

    @property
    def success(self) -> int | None:
        """People who obtained the certification for 100 presented; None when nobody was."""
        return percent(self.passed, self.presented)


def candidates_of(session: Session) -> QuerySet[Enrolment]:
    """Everybody but those who withdrew before the first day, by name, with their examination if there is one."""
    return (
        session.enrolments.exclude(state=EnrolmentState.WITHDRAWN)
        .select_related("trainee", "exam")
        .order_by("trainee__last_name", "trainee__first_name", "pk")
    )


@dataclass(frozen=True, slots=True)
class ExamCounts:
    """Where the candidates of a session stand."""

    candidates: int
    informed: int
    registered: int
    sat: int
    passed: int
    absent: int


def exam_counts(session: Session) -> ExamCounts:
    """Counts for the sentence above the list; one query."""
    people = session.enrolments.exclude(state=EnrolmentState.WITHDRAWN).exclude(aim__in=NOT_CANDIDATES)
    counts = people.order_by().aggregate(
        candidates=Count("pk"),
        informed=Count("pk", filter=Q(exam__informed_on__isnull=False)),
        registered=Count("pk", filter=Q(exam__registered_on__isnull=False)),
        sat=Count("pk", filter=Q(exam__sat=True)),
        passed=Count("pk", filter=Q(exam__passed=True)),
        absent=Count("pk", filter=Q(exam__sat=False)),
    )
    return ExamCounts(**counts)


def rates_of(course: Course, *, from_day: date, to_day: date) -> Rates:
    """Rates of the sessions of a course whose last day is from `from_day` to `to_day`, both included; two queries.

    Counted: people enrolled for the certification, withdrawals before the first day left out; those who stopped on the way count.
    """
    sessions = Session.objects.filter(course=course, ends_on__gte=from_day, ends_on__lte=to_day).exclude(state__in=NOT_HELD)
    people = (
        Enrolment.objects.filter(session__in=sessions.order_by().values("pk"))
        .exclude(state=EnrolmentState.WITHDRAWN)
        .exclude(aim__in=NOT_CANDIDATES)
        .order_by()
    )
    counts = people.aggregate(
        enrolled=Count("pk"),
        presented=Count("pk", filter=Q(exam__sat=True)),
        passed=Count("pk", filter=Q(exam__passed=True)),
        waiting=Count("pk", filter=Q(exam__sat__isnull=True)),
        unmarked=Count("pk", filter=Q(exam__sat=True, exam__passed__isnull=True)),
    )
    return Rates(from_day=from_day, to_day=to_day, sessions=sessions.count(), **counts)


def published_rates(course: Course) -> QuerySet[PublishedRates]:
    """What was published of a course, latest first."""
    rates: QuerySet[PublishedRates] = PublishedRates.objects.filter(course=course).select_related("course", "published_by")
    return rates


def changed_since(published: PublishedRates) -> bool:
    """Whether the same period gives other figures today: results came or were corrected since. Two queries."""
    now = rates_of(published.course, from_day=published.from_day, to_day=published.to_day)
    return (now.enrolled, now.presented, now.passed) != (published.enrolled, published.presented, published.passed)


def first_exam_to_come(course: Course, *, today: date) -> date | None:
    """The day of the next examination of a course, None when none is dated; one query."""
    exams = ExamResult.objects.filter(enrolment__session__course=course, exam_on__gte=today, sat__isnull=True)
    day: date | None = exams.order_by("exam_on").values_list("exam_on", flat=True).first()
    return day

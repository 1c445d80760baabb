"""How many answered, by session and over a period. Nothing here depends on the number of sessions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Avg, Case, Count, DecimalField, F, Max, Min, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Round

from qualiopi.organisations.models import Organisation
from trainings.sessions.models import Enrolment, EnrolmentState, Session
from trainings.sessions.queries import sessions_of
from trainings.states import NOT_HELD
from trainings.surveys.models import Campaign, Response
from trainings.surveys.questionnaire import SATISFACTION


@dataclass(frozen=True, slots=True)
class SessionAnswers:
    """The trainees' answers about one session."""

    session_id: UUID
    opened_on: date
    answers: int
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class SatisfactionFigures:
    """What trainees said over a period, for a report: never a figure without the number of people behind it.

    `overall`: mean of the overall marks (1 to 5), None when fewer than SURVEY_MINIMUM_ANSWERS answered; `rated`: how many gave one.
    `recommendation`: share of 9 and 10 less share of 0 to 6, in points; same rule. `columns`: how many gave 0 to 10.
    `enrolled`: people enrolled in the sessions held, withdrawals before the first day left out. `first_on`, `last_on`: days of answers.
    """

    sessions: int
    sessions_with_answers: int
    enrolled: int
    answers: int
    rated: int
    overall: Decimal | None
    marks: tuple[int, ...]
    columns: tuple[int, ...]
    recommendation: int | None
    comments: int
    first_on: date | None
    last_on: date | None

    @property
    def rate(self) -> int | None:
        """Answers for 100 people enrolled, at most 100; None when nobody was enrolled."""
        return min(100, round(100 * self.answers / self.enrolled)) if self.enrolled else None


def answers_by_session(session_ids: Iterable[UUID]) -> dict[UUID, SessionAnswers]:
    """Answers of trainees at the end of each of these sessions, where they were asked; one query."""
    rows = (
        Campaign.objects.filter(session__in=list(session_ids), questionnaire=SATISFACTION)
        .order_by()
        .values("session")
        .annotate(
            opened=Min("opened_on"),
            n=Count("responses"),
            first=Min("responses__answered_on"),
            last=Max("responses__answered_on"),
        )
    )
    return {row["session"]: SessionAnswers(row["session"], row["opened"], row["n"], row["first"], row["last"]) for row in rows}


def _per_session(**values: Any) -> Any:
    """A subquery on the trainees' answers of the outer session."""
    return (
        Response.objects.filter(campaign__session=OuterRef("pk"), campaign__questionnaire=SATISFACTION)
        .order_by()
        .values("campaign__session")
        .annotate(**values)
        .values(*values)
    )


def sessions_with_answers(organisation: Organisation, *, today: date) -> QuerySet[Session]:
    """Sessions held whose last day is past or today, latest first, each with `enrolled`, `answers`, `mean` (None under the minimum).

    A session that has neither end nor start date cannot be said finished, and is left out unless somebody already answered.
    """
    campaigns = (
        Campaign.objects.filter(session=OuterRef("pk"), questionnaire=SATISFACTION).order_by("opened_on").values("opened_on")[:1]
    )
    sessions: QuerySet[Session] = (
        sessions_of(organisation)
        .exclude(state__in=NOT_HELD)
        .annotate(
            last_day=Coalesce("ends_on", "starts_on"),
            opened_on=Subquery(campaigns),
            answers=Coalesce(Subquery(_per_session(n=Count("pk"))), 0),
            rated=Coalesce(Subquery(_per_session(r=Count("overall"))), 0),
            mean=Case(
                When(rated__gte=settings.SURVEY_MINIMUM_ANSWERS, then=Round(Subquery(_per_session(m=Avg("overall"))), 1)),
                output_field=DecimalField(max_digits=3, decimal_places=1),
            ),
        )
        .filter(Q(last_day__lte=today) | Q(answers__gt=0))
        .order_by(F("last_day").desc(nulls_last=True), "reference", "pk")
    )
    return sessions


def satisfaction_figures(organisation: Organisation, *, start: date, end: date) -> SatisfactionFigures:
    """What trainees said of the sessions held whose last day is from `start` to `end`, both included; three queries."""
    held = (
        Session.objects.for_organisation(organisation)
        .exclude(state__in=NOT_HELD)
        .annotate(last_day=Coalesce("ends_on", "starts_on"))
        .filter(last_day__gte=start, last_day__lte=end)
    )
    return figures_of(held)


def figures_of(sessions: QuerySet[Session]) -> SatisfactionFigures:
    """What trainees said of these sessions (not sliced); three queries."""
    ids = sessions.order_by().values("pk")
    enrolled = Enrolment.objects.filter(session__in=ids).exclude(state=EnrolmentState.WITHDRAWN).count()
    responses = Response.objects.filter(campaign__session__in=ids, campaign__questionnaire=SATISFACTION).order_by()
    totals = responses.aggregate(
        answers=Count("pk"),
        rated=Count("overall"),
        mean=Avg("overall"),
        sessions=Count("campaign__session", distinct=True),
        comments=Count("pk", filter=~Q(comment="")),
        first=Min("answered_on"),
        last=Max("answered_on"),
        **mark_counts("overall"),
        **{f"column_{value}": Count("pk", filter=Q(recommendation=value)) for value in range(11)},
    )
    minimum = settings.SURVEY_MINIMUM_ANSWERS
    columns = tuple(totals[f"column_{value}"] for value in range(11))
    return SatisfactionFigures(
        sessions=sessions.order_by().count(),
        sessions_with_answers=totals["sessions"],
        enrolled=enrolled,
        answers=totals["answers"],
        rated=totals["rated"],
        overall=rounded(totals["mean"]) if totals["rated"] >= minimum else None,
        marks=marks_in(totals) if totals["rated"] >= minimum else (0,) * 5,
        columns=columns if sum(columns) >= minimum else (0,) * 11,
        recommendation=score(columns),
        comments=totals["comments"],
        first_on=totals["first"],
        last_on=totals["last"],
    )


def mark_counts(column: str) -> dict[str, Count]:
    """Aggregates mark_1 to mark_5: how many marks of `column` round to each."""
    return {f"mark_{mark}": Count("pk", filter=_mark_filter(column, mark)) for mark in range(1, 6)}


def marks_in(row: Mapping[str, Any]) -> tuple[int, ...]:
    """The five numbers that `mark_counts` asked for, from mark 1 to mark 5."""
    return tuple(row[f"mark_{mark}"] for mark in range(1, 6))


def _mark_filter(column: str, mark: int) -> Q:
    """Marks that round to `mark`, halves upwards: an imported 4.5 counts as a 5."""
    low, high = Decimal(mark) - Decimal("0.5"), Decimal(mark) + Decimal("0.5")
    return Q(**{f"{column}__gte": low, f"{column}__lt": high})


def rounded(mean: Any) -> Decimal | None:
    """A mean with one decimal, halves upwards, whatever the database gave (float or decimal)."""
    if mean is None:
        return None
    return Decimal(str(round(float(mean), 6))).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")


def score(columns: Iterable[int], *, minimum: int | None = None) -> int | None:
    """Share of 9 and 10 less share of 0 to 6, in points; None under the minimum of answers (SURVEY_MINIMUM_ANSWERS)."""
    counts = list(columns)
    total = sum(counts)
    if total < (settings.SURVEY_MINIMUM_ANSWERS if minimum is None else minimum):
        return None
    return round(100 * (sum(counts[9:]) - sum(counts[:7])) / total)

"""Results of one session: figures in SQL, nothing shown under the minimum of answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Max, Min, Q

from trainings.sessions.models import Session
from trainings.surveys.models import Answer, Campaign, Response
from trainings.surveys.queries.counts import mark_counts, marks_in, rounded, score
from trainings.surveys.queries.recipients import audience_size
from trainings.surveys.questionnaire import Kind, Question, Questionnaire


@dataclass(frozen=True, slots=True)
class Distribution:
    """How people answered one question: marks 1 to 5, or choices in words."""

    key: str
    label: str
    theme: str
    answers: int
    marks: tuple[int, ...] = ()
    mean: Decimal | None = None
    choices: tuple[tuple[str, int], ...] = ()

    @property
    def high_share(self) -> int | None:
        """Share of marks 4 and 5, in percent."""
        return round(100 * sum(self.marks[3:]) / sum(self.marks)) if sum(self.marks) else None


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote, the rounded overall mark beside it, and the month."""

    text: str
    mark: int | None
    month: date | None


@dataclass(frozen=True, slots=True)
class Results:
    """What one audience said of one session; `enrolled`: how many there were to ask. When `hidden`, only counts and dates are there."""

    answers: int
    enrolled: int
    minimum: int
    hidden: bool
    opened_on: date | None
    first_on: date | None
    last_on: date | None
    overall: Decimal | None = None
    scales: tuple[Distribution, ...] = ()
    choices: tuple[Distribution, ...] = ()
    columns: tuple[int, ...] = ()
    recommendation: int | None = None
    comments: tuple[Comment, ...] = ()

    @property
    def rate(self) -> int | None:
        """Answers for 100 people enrolled, at most 100; None when nobody is enrolled."""
        return min(100, round(100 * self.answers / self.enrolled)) if self.enrolled else None

    @property
    def weakest(self) -> Distribution | None:
        """The scale question with the lowest mean, the first one when two are equal; None when fewer than two were asked."""
        rated = [scale for scale in self.scales if scale.mean is not None]
        return min(rated, key=lambda scale: scale.mean or Decimal(0)) if len(rated) > 1 else None

    @property
    def low_comments(self) -> int:
        """How many comments come with a mark of 1 or 2."""
        return sum(1 for comment in self.comments if comment.mark is not None and comment.mark <= 2)


def results_of(session: Session, questionnaire: Questionnaire) -> Results:
    """What one audience said of a session with one questionnaire; five queries, three when there is too little to show."""
    people = audience_size(session, questionnaire.audience)
    campaigns = Campaign.objects.filter(session=session, questionnaire=questionnaire.key)
    responses = Response.objects.filter(campaign__in=campaigns.order_by().values("pk")).order_by()
    totals = responses.aggregate(
        answers=Count("pk"),
        mean=Avg("overall"),
        rated=Count("overall"),
        first=Min("answered_on"),
        last=Max("answered_on"),
        **mark_counts("overall"),
        **{f"column_{value}": Count("pk", filter=Q(recommendation=value)) for value in range(11)},
    )
    minimum = questionnaire.minimum
    common = {
        "answers": totals["answers"],
        "enrolled": people,
        "minimum": minimum,
        "opened_on": campaigns.aggregate(first=Min("opened_on"))["first"],
        "first_on": totals["first"],
        "last_on": totals["last"],
    }
    if totals["answers"] < minimum:
        return Results(hidden=True, **common)
    columns = tuple(totals[f"column_{value}"] for value in range(11))
    scales, choices = _by_question(responses, questionnaire, totals)
    comments = responses.exclude(comment="").order_by("overall", "pk").values_list("comment", "overall", "answered_on")
    return Results(
        hidden=False,
        **common,
        overall=rounded(totals["mean"]) if totals["rated"] >= minimum else None,
        scales=tuple(scales),
        choices=tuple(choices),
        columns=columns if sum(columns) >= minimum else (),
        recommendation=score(columns, minimum=minimum),
        comments=tuple(Comment(text, _whole(mark), day and day.replace(day=1)) for text, mark, day in comments),
    )


def _whole(mark: Decimal | None) -> int | None:
    return None if mark is None else int(mark.quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def _by_question(
    responses: Any, questionnaire: Questionnaire, totals: dict[str, Any]
) -> tuple[list[Distribution], list[Distribution]]:
    """Scale questions, then choice questions, in the order of the questionnaire. A question few answered is left out."""
    minimum, marks = questionnaire.minimum, marks_in(totals)
    answers = Answer.objects.filter(response__in=responses.values("pk")).order_by()
    numbers = {
        row["question"]: row
        for row in answers.filter(number__isnull=False)
        .values("question")
        .annotate(
            mean=Avg("number"),
            n=Count("pk"),
            **mark_counts("number"),
        )
    }
    chosen: dict[str, dict[str, int]] = {}
    for row in answers.exclude(choice="").values("question", "choice").annotate(n=Count("pk")):
        chosen.setdefault(row["question"], {})[row["choice"]] = row["n"]
    scales: list[Distribution] = []
    choices: list[Distribution] = []
    for question in questionnaire.questions:
        label, theme = str(question.label), str(question.theme)
        if question.feeds == "overall" and totals["rated"] >= minimum:
            scales.append(Distribution(question.key, label, theme, totals["rated"], marks, rounded(totals["mean"])))
        elif question.key in numbers and numbers[question.key]["n"] >= minimum:
            told = numbers[question.key]
            scales.append(Distribution(question.key, label, theme, told["n"], marks_in(told), rounded(told["mean"])))
        elif question.key in chosen and sum(chosen[question.key].values()) >= minimum:
            counts = chosen[question.key]
            options = tuple((words, counts.get(value, 0)) for value, words in question.options)
            choices.append(Distribution(question.key, label, theme, sum(counts.values()), choices=options))
    return scales, choices


def typed_rows(session: Session, questionnaire: Questionnaire) -> Iterator[list[Any]]:
    """Answers of a session as rows for a table: month, then one value per question, in the order of the questionnaire.

    In an order that says nothing of who answered when; two queries. Nothing under the minimum of answers.
    """
    responses = Response.objects.filter(campaign__session=session, campaign__questionnaire=questionnaire.key).order_by("pk")
    rows = list(responses.prefetch_related("answers"))
    if len(rows) < questionnaire.minimum:
        return
    for response in rows:
        given = {answer.question: answer for answer in response.answers.all()}
        month = response.answered_on.strftime("%Y-%m") if response.answered_on else ""
        yield [month, *(_typed(question, response, given.get(question.key)) for question in questionnaire.questions)]


def _typed(question: Question, response: Response, answer: Answer | None) -> Any:
    if question.feeds:
        return getattr(response, question.feeds)
    if answer is None:
        return None
    if question.kind is Kind.SCALE:
        return answer.number
    return dict(question.options).get(answer.choice, answer.choice) if answer.choice else answer.text

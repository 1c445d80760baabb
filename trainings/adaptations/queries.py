"""Reading needs of adaptation: for those who may, and measures alone for whoever teaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from trainings.adaptations.models import AdaptationRequest, Measure, MeasureState, Wish
from trainings.sessions.models import Enrolment, EnrolmentState, Session


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person enrolled, and what they answered: None when the question was not put."""

    enrolment: Enrolment
    request: AdaptationRequest | None
    measures: list[Measure]


def people_of(session: Session) -> list[PersonLine]:
    """People enrolled in a session, by name, with what each answered and the measures that follow. Two queries.

    People who withdrew before the first day are left out, unless they had answered. For readers who hold the capability alone.
    """
    enrolments = (
        session.enrolments.select_related("trainee", "adaptation_request", "adaptation_request__decided_by")
        .prefetch_related("adaptation_request__measures")
        .order_by("trainee__last_name", "trainee__first_name", "pk")
    )
    lines = []
    for enrolment in enrolments:
        request = getattr(enrolment, "adaptation_request", None)
        if request is None and enrolment.state == EnrolmentState.WITHDRAWN:
            continue
        lines.append(PersonLine(enrolment, request, list(request.measures.all()) if request else []))
    return lines


@dataclass(frozen=True, slots=True)
class ToApply:
    """A measure as the trainer reads it: for whom, what to do, where it stands. Never the need behind it."""

    person: str
    text: str
    kind: str
    state: str
    since: date


def measures_to_apply(session: Session) -> list[ToApply]:
    """Measures decided for the people of a session and not given up, by name. One query."""
    measures = (
        Measure.objects.filter(request__enrolment__session=session)
        .exclude(state=MeasureState.GIVEN_UP)
        .exclude(request__enrolment__state=EnrolmentState.WITHDRAWN)
        .select_related("request__enrolment__trainee")
        .order_by("request__enrolment__trainee__last_name", "request__enrolment__trainee__first_name", "created_at", "pk")
    )
    return [
        ToApply(
            str(measure.request.enrolment.trainee),
            measure.text,
            measure.get_kind_display(),
            measure.get_state_display(),
            measure.state_on,
        )
        for measure in measures
    ]


def asked_of(enrolments: Iterable[UUID]) -> set[UUID]:
    """Which of these enrolments answered the question, whatever they answered. One query."""
    return set(AdaptationRequest.objects.filter(enrolment__in=list(enrolments)).values_list("enrolment_id", flat=True))


@dataclass(frozen=True, slots=True)
class Counts:
    """How a session stands: people asked, needs declared, decided, measures without an end."""

    people: int
    asked: int
    declared: int
    decided: int
    open_measures: int


def counts_of(lines: Iterable[PersonLine]) -> Counts:
    """The counts of the lines already read; no query."""
    seen: dict[str, int] = defaultdict(int)
    for line in lines:
        seen["people"] += 1
        if line.request is None:
            continue
        seen["asked"] += 1
        seen["declared"] += line.request.wish == Wish.YES
        seen["decided"] += line.request.decided_on is not None
        seen["open"] += sum(measure.state in (MeasureState.PLANNED, MeasureState.UNDER_WAY) for measure in line.measures)
    return Counts(seen["people"], seen["asked"], seen["declared"], seen["decided"], seen["open"])

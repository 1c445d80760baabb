"""What people knew, objective by objective, at entry, on the way and at exit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from trainings.catalogue.models import Objective
from trainings.learning.models import Evaluation, Moment, ObjectiveResult
from trainings.sessions.models import Enrolment, EnrolmentState, Session

# Results are asked of those who stayed to the end.
STAYED = (EnrolmentState.ENROLLED,)


@dataclass(frozen=True, slots=True)
class Noted:
    """A result: its level, the evaluation it comes from, its day."""

    level: str
    evaluation_id: UUID | None
    dated_on: date


@dataclass(frozen=True, slots=True)
class Sheet:
    """The results of a session at one moment: who, on what, what was noted. Keys of `noted`: enrolment, objective."""

    moment: str
    objectives: list[Objective]
    noted: Mapping[tuple[UUID, int], Noted]
    people: int
    expected: int
    done: int
    by_objective: Mapping[int, Counter[str]]
    by_person: Mapping[UUID, Counter[str]]

    def level(self, enrolment: UUID, objective: int) -> str:
        """What was noted, empty when nothing was."""
        found = self.noted.get((enrolment, objective))
        return found.level if found else ""


def objectives_of(session: Session) -> list[Objective]:
    """The objectives of the version of the programme that a session follows, in order; none when it follows no version."""
    if session.programme_id is None:
        return []
    return list(Objective.objects.filter(programme=session.programme_id).order_by("position"))


def people_of(session: Session) -> QuerySet[Enrolment]:
    """Everybody but those who withdrew before the first day, by name."""
    return (
        session.enrolments.exclude(state=EnrolmentState.WITHDRAWN)
        .select_related("trainee")
        .order_by("trainee__last_name", "trainee__first_name", "pk")
    )


def sheet_of(session: Session, moment: str) -> Sheet:
    """Every result of a session at one moment; three queries whatever the number of people.

    `expected` and `done` count people who stayed, times objectives.
    """
    objectives = objectives_of(session)
    states = dict(session.enrolments.exclude(state=EnrolmentState.WITHDRAWN).values_list("pk", "state"))
    stayed = {pk for pk, state in states.items() if state in STAYED}
    rows = ObjectiveResult.objects.filter(
        enrolment__session=session, objective__programme=session.programme_id, moment=moment
    ).values_list("enrolment", "objective", "level", "evaluation", "dated_on")
    noted = {(person, objective): Noted(level, used, day) for person, objective, level, used, day in rows.order_by()}
    by_objective: dict[int, Counter[str]] = {objective.pk: Counter() for objective in objectives}
    by_person: dict[UUID, Counter[str]] = {pk: Counter() for pk in states}
    for (person, objective), found in noted.items():
        if person in by_person:
            by_objective[objective][found.level] += 1
            by_person[person][found.level] += 1
    done = sum(1 for person, _objective in noted if person in stayed)
    return Sheet(
        moment=moment,
        objectives=objectives,
        noted=noted,
        people=len(states),
        expected=len(stayed) * len(objectives),
        done=done,
        by_objective=by_objective,
        by_person=by_person,
    )


def first_missing(session: Session, sheet: Sheet) -> Enrolment | None:
    """Who comes first, by name, among those who stayed and miss a result of this sheet; one query, none when nothing is missing."""
    if sheet.done == sheet.expected:
        return None
    stayed = people_of(session).filter(state__in=STAYED)
    return next((one for one in stayed if sheet.by_person[one.pk].total() < len(sheet.objectives)), None)


def progress_of(session: Session) -> dict[str, int]:
    """How many results each moment has, for the switch between them; one query."""
    counts = ObjectiveResult.objects.filter(enrolment__session=session).exclude(enrolment__state=EnrolmentState.WITHDRAWN)
    return dict(counts.order_by().values_list("moment").annotate(Count("pk")))


def entry_levels(session: Session) -> dict[tuple[UUID, int], str]:
    """What each person knew at entry, by enrolment and objective; one query."""
    rows = ObjectiveResult.objects.filter(enrolment__session=session, moment=Moment.ENTRY).order_by()
    return {(person, objective): level for person, objective, level in rows.values_list("enrolment", "objective", "level")}


def usual_moment(session: Session, *, today: date) -> str:
    """What one most likely comes to note: levels at entry before and on the first day, results at exit afterwards."""
    if session.starts_on is None or today <= session.starts_on < (session.ends_on or session.starts_on):
        return Moment.ENTRY
    return Moment.ENTRY if today < session.starts_on else Moment.EXIT


def evaluations_of(session: Session) -> QuerySet[Evaluation]:
    """The evaluations of a session with their file and `used`, how many results rest on each; one query."""
    evaluations: QuerySet[Evaluation] = (
        Evaluation.objects.filter(session=session).select_related("file").annotate(used=Count("results"))
    )
    return evaluations


def neighbours(people: Iterable[UUID], current: UUID) -> tuple[UUID | None, UUID | None]:
    """Who comes before and after somebody in a list."""
    order = list(people)
    place = order.index(current)
    before = order[place - 1] if place > 0 else None
    after = order[place + 1] if place + 1 < len(order) else None
    return before, after

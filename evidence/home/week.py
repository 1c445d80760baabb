"""What leaves by itself this week, day by day, and what is blocked. One query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString

from qualiopi.organisations.models import Organisation
from qualiopi.web.charts import Slot, marks_row
from qualiopi.web.typography import some
from trainings.sessions.models import Step
from trainings.states import NOT_HELD

# So many marks stand in a row; the figure says the rest. So many blocked sendings, and so many sessions of a kind, are named.
MOST_MARKS, MOST_BLOCKED, NAMED = 20, 3, 2


@dataclass(frozen=True, slots=True)
class Lot:
    """The sendings of one kind on one day: how many, how many of them left already or are blocked, about which sessions."""

    label: str
    n: int
    left: int
    blocked: int
    sessions: str
    marks: SafeString


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of the week."""

    day: date
    today: bool
    lots: tuple[Lot, ...]


@dataclass(frozen=True, slots=True)
class Blocked:
    """A sending that cannot leave: what, why, and where that is mended."""

    title: str
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday. ``to_leave``: what is still to leave by itself; ``left``: what has left."""

    days: tuple[WeekDay, ...]
    blocked: tuple[Blocked, ...]
    to_leave: int
    left: int
    stuck: int


def week_of(organisation: Organisation, *, today: date) -> Week:
    """What leaves by itself in the week of ``today``; what has been blocked for longer stands on today."""
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=6)
    stuck = Q(due_on__lt=monday, done_at__isnull=True) & ~Q(problem="")
    steps = list(
        Step.objects.for_organisation(organisation)
        .filter(Q(due_on__range=(monday, sunday)) | stuck, automatic=True, skipped_reason="")
        .exclude(session__state__in=NOT_HELD)
        .select_related("session")
        .order_by("due_on", "label", "session__reference")
    )
    by_day: dict[date, list[Step]] = defaultdict(list)
    for step in steps:
        by_day[step.due_on if step.due_on >= monday else today].append(step)
    days = tuple(
        WeekDay(day, day == today, _lots(by_day[day])) for day in (monday + timedelta(days=number) for number in range(7))
    )
    blocked = [step for step in steps if _state(step) is Slot.AWAITED]
    left = sum(_state(step) is Slot.SIGNED for step in steps)
    named = tuple(_blocked(organisation, step) for step in blocked[:MOST_BLOCKED])
    return Week(days, named, len(steps) - left - len(blocked), left, len(blocked))


def _state(step: Step) -> Slot:
    """Left, blocked, or to come."""
    if step.done_at is not None:
        return Slot.SIGNED
    return Slot.AWAITED if step.problem else Slot.TO_COME


def _lots(steps: Iterable[Step]) -> tuple[Lot, ...]:
    by_label: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_label[step.label].append(step)
    return tuple(_lot(label, found) for label, found in by_label.items())


def _lot(label: str, steps: list[Step]) -> Lot:
    states = sorted((_state(step) for step in steps), key=[Slot.SIGNED, Slot.TO_COME, Slot.AWAITED].index)
    return Lot(
        label=label,
        n=len(steps),
        left=states.count(Slot.SIGNED),
        blocked=states.count(Slot.AWAITED),
        sessions=some([step.session.reference for step in steps], most=NAMED),
        marks=marks_row(states[:MOST_MARKS]),
    )


def _blocked(organisation: Organisation, step: Step) -> Blocked:
    return Blocked(
        title=f"{step.session.reference}, {step.label}",
        why=step.problem,
        url=reverse("sessions:step", args=[organisation.slug, step.pk]),
    )

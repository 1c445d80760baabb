"""What reports of online meetings show, and what is still to be followed up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from trainings.attendance.models import Connection, ConnectionReport, FollowUp, FollowUpSubject, Mark, MarkKind, MarkMethod
from trainings.attendance.moments import begins, ends
from trainings.attendance.queries.register import current_marks
from trainings.attendance.reports import union_minutes
from trainings.sessions.models import Enrolment, EnrolmentState, HalfDay, Session

# Under this share of a half-day at a distance, somebody missed a part of it: own practice, no text sets it.
FOLLOWED_SHARE = 0.8


def followed_share(half_day: HalfDay) -> float:
    """The minutes under which somebody missed a part of a half-day."""
    return FOLLOWED_SHARE * half_day.minutes


def stretches_of(connection: Connection) -> list[tuple[datetime, datetime]]:
    """Every stretch of a connection, in order; empty for who never came in, and for what was kept before stretches were."""
    return [(datetime.fromisoformat(joined), datetime.fromisoformat(left)) for joined, left in connection.stretches]


def minutes_by_person(report: ConnectionReport) -> dict[UUID, int]:
    """Minutes kept of each person matched, by enrolment: two devices connected together count once. One query."""
    half_day = report.half_day
    start, end = begins(half_day), ends(half_day)
    kept: dict[UUID, int] = defaultdict(int)
    stretches: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
    by_hand: set[UUID] = set()
    for connection in report.connections.filter(enrolment__isnull=False):
        person = connection.enrolment_id
        if person is None:
            continue
        kept[person] += connection.kept_minutes or 0
        if connection.by_hand or connection.joined_at is None or connection.left_at is None:
            by_hand.add(person)
        else:
            stretches[person] += stretches_of(connection) or [(connection.joined_at, connection.left_at)]
    return {
        person: min(
            minutes,
            half_day.minutes if person in by_hand else union_minutes(stretches[person], start, end),
        )
        for person, minutes in kept.items()
    }


def _followed_at_a_distance(mark: Mark) -> bool:
    """Whether a line tells minutes followed at a distance, from a report or corrected by hand since."""
    counted = mark.kind == MarkKind.PRESENT and mark.minutes is not None
    return counted and (mark.method == MarkMethod.CONNECTION or mark.half_day.remote)


@dataclass(frozen=True, slots=True)
class ToFollow:
    """Something that somebody should be asked about, and what was done, if anything was."""

    enrolment: Enrolment
    subject: FollowUpSubject
    event_on: date
    detail: str
    done: FollowUp | None


def to_follow(session: Session) -> list[ToFollow]:
    """Absences without an excuse, gaps at a distance, interruptions and abandonments of a session, oldest first. Three queries.

    Of one person and one day, the two half-days of an absence are one event.
    """
    people = {
        enrolment.pk: enrolment
        for enrolment in Enrolment.objects.filter(session=session)
        .exclude(state=EnrolmentState.WITHDRAWN)
        .select_related("trainee")
    }
    done = {
        (each.enrolment_id, each.subject, each.event_on): each
        for each in FollowUp.objects.filter(enrolment__session=session).select_related("made_by").order_by("contacted_on")
    }
    events: dict[tuple[UUID, FollowUpSubject, date], str] = {}
    for mark in current_marks(session).filter(enrolment__in=people).select_related("half_day").defer("drawing"):
        day, person = mark.half_day.day, mark.enrolment_id
        if person is None:
            continue
        if mark.kind == MarkKind.ABSENT:
            events[person, FollowUpSubject.ABSENCE, day] = ""
        elif _followed_at_a_distance(mark) and (mark.minutes or 0) < followed_share(mark.half_day):
            events[person, FollowUpSubject.REMOTE_GAP, day] = f"{mark.minutes or 0} / {mark.half_day.minutes} min"
    for enrolment in people.values():
        if enrolment.state in (EnrolmentState.INTERRUPTED, EnrolmentState.ABANDONED) and enrolment.ended_on is not None:
            events[enrolment.pk, FollowUpSubject.INTERRUPTION, enrolment.ended_on] = enrolment.end_reason
    rows = [
        ToFollow(people[person], subject, day, detail, done.get((person, str(subject), day)))
        for (person, subject, day), detail in events.items()
    ]
    return sorted(rows, key=lambda row: (row.done is not None, row.event_on, str(row.enrolment.trainee)))

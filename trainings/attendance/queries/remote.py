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
    """Every stretch of a connection, in order; when they are not known one by one, from the arrival to the departure."""
    if connection.stretches or connection.joined_at is None or connection.left_at is None:
        return [(datetime.fromisoformat(joined), datetime.fromisoformat(left)) for joined, left in connection.stretches]
    return [(connection.joined_at, connection.left_at)]


def minutes_by_person(report: ConnectionReport) -> dict[UUID, int]:
    """Minutes kept of each person matched, by enrolment: two devices connected together count once. One query.

    Minutes that are those of the stretches follow them, whoever said whose they are; others, typed or shared between half-days, add up.
    Never more than the half-day when some were typed, else than what the stretches cover.
    """
    half_day = report.half_day
    start, end = begins(half_day), ends(half_day)
    people: dict[UUID, list[Connection]] = defaultdict(list)
    for connection in report.connections.filter(enrolment__isnull=False):
        if connection.enrolment_id is not None:
            people[connection.enrolment_id].append(connection)

    def minutes_of(connections: list[Connection]) -> int:
        every, timed, apart, typed = [], [], 0, False
        for connection in connections:
            stretches, kept = stretches_of(connection), connection.kept_minutes or 0
            every += stretches
            if kept == union_minutes(stretches, start, end):
                timed += stretches
            else:
                apart += kept
                typed = typed or connection.by_hand or not stretches
        most = half_day.minutes if typed else union_minutes(every, start, end)
        return min(union_minutes(timed, start, end) + apart, most)

    return {person: minutes_of(connections) for person, connections in people.items()}


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

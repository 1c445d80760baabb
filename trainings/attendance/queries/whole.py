"""The register of sessions as it is kept: every line, those that were superseded too, stretches of connection, the end of the chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from trainings.attendance.models import Chain, Connection, Mark, MarkKind
from trainings.attendance.queries.remote import stretches_of
from trainings.people.models import FormerIdentity
from trainings.sessions.models import Enrolment, EnrolmentState, HalfDay, Session
from trainings.states import CALLED_OFF


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line. `in_force`: nothing superseded it. `received_at` differs from `signed_at` when the device had no network.

    `signed_as`: the name of the page under which it was made, when that page was merged with another since.
    """

    number: int
    name: str
    signed_as: str
    countersigns: bool
    kind: str
    kind_label: str
    method_label: str
    minutes: int | None
    signed_at: datetime
    received_at: datetime
    late: bool
    reason: str
    drawing: str
    in_force: bool
    corrects: bool
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """How long somebody was seen in a report of connection; hours when the tool tells them, minutes kept of the half-day.

    `stays`: each arrival with its departure, in order.
    """

    name: str
    tool: str
    joined_at: datetime | None
    left_at: datetime | None
    minutes: int
    kept_minutes: int | None
    by_hand: bool
    stays: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def several(self) -> bool:
        """Whether they left and came back."""
        return len(self.stays) > 1


@dataclass(slots=True)
class RegisterPart:
    """One half-day: its lines by number, who is expected and of whom nothing is said, connections of those who are enrolled."""

    half_day: HalfDay
    lines: list[RegisterLine] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    # Seen in a report and matched with nobody enrolled: counted, never named.
    unmatched: int = 0

    @property
    def present(self) -> int:
        """How many are there."""
        return sum(line.in_force and line.kind == MarkKind.PRESENT for line in self.lines)

    @property
    def expected(self) -> int:
        """How many were expected: of whom something is said, and of whom nothing is."""
        return len({line.name for line in self.lines if line.in_force and not line.countersigns}) + len(self.unsaid)


@dataclass(slots=True)
class WholeRegister:
    """The register of one session, half-day by half-day. `lines` and `fingerprint`: the end of the chain, empty before the first line."""

    session: Session
    parts: list[RegisterPart]
    lines: int
    fingerprint: str

    @property
    def begun(self) -> bool:
        """Whether it holds anything."""
        return any(part.lines or part.stretches or part.unmatched for part in self.parts)


def whole_registers(sessions: Sequence[Session], *, until: date, half_day: UUID | None = None) -> dict[UUID, WholeRegister]:
    """The registers of these sessions by session; of one half-day alone when it is given. Six queries, whatever their number.

    Of whom nothing is said is told of half-days that are not after `until`, and never of a session called off: who was not trained
    is not named.
    """
    wanted = [session.pk for session in sessions]
    parts: dict[UUID, RegisterPart] = {}
    by_session: dict[UUID, list[RegisterPart]] = defaultdict(list)
    half_days = HalfDay.objects.filter(session__in=wanted)
    if half_day is not None:
        half_days = half_days.filter(pk=half_day)
    for each in half_days.order_by("session", "day", "starts_at", "pk"):
        parts[each.pk] = RegisterPart(each)
        by_session[each.session_id].append(parts[each.pk])
    told = _read_lines(parts, _FormerNames(wanted))
    people: dict[UUID, list[Enrolment]] = defaultdict(list)
    enrolled = Enrolment.objects.filter(session__in=wanted).exclude(state=EnrolmentState.WITHDRAWN).select_related("trainee")
    for enrolment in enrolled.order_by("trainee__last_name", "trainee__first_name", "pk"):
        people[enrolment.session_id].append(enrolment)
    held = {session.pk for session in sessions if session.state not in CALLED_OFF}
    for part in parts.values():
        if part.half_day.day > until or part.half_day.session_id not in held:
            continue
        part.unsaid = _unsaid(part, people[part.half_day.session_id], told)
    _read_stretches(parts)
    ends = {chain.session_id: chain for chain in Chain.objects.filter(session__in=wanted)}
    return {
        session.pk: WholeRegister(
            session,
            by_session[session.pk],
            ends[session.pk].length if session.pk in ends else 0,
            ends[session.pk].fingerprint if session.pk in ends else "",
        )
        for session in sessions
    }


class _FormerNames:
    """Under which name a line was made, of people whose pages were merged since: a sealed line names who signed as they were known."""

    def __init__(self, sessions: list[UUID]) -> None:
        signed = Q(trainee__enrolments__session__in=sessions) | Q(trainer__assignments__session__in=sessions)
        self.of: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        for identity in FormerIdentity.objects.filter(signed).distinct().order_by("created_at", "pk"):
            # A trainer keeps the page that countersigned: what is known of them before is their own former name.
            keys = identity.enrolments if identity.trainee_id else [str(identity.trainer_id)]
            for key in keys:
                self.of[key].append((identity.created_at, identity.name))

    def name_of(self, mark: Mark, now: str) -> str:
        """The name at that moment, "" when it is still the same."""
        before = self.of.get(str(mark.enrolment_id or mark.trainer_id), ())
        name = next((name for until, name in before if mark.created_at < until), now)
        return "" if name == now else name


def _read_lines(parts: Mapping[UUID, RegisterPart], before: _FormerNames) -> set[tuple[UUID, UUID]]:
    """Put each line in its half-day; of which half-day and enrolment something is said."""
    told: set[tuple[UUID, UUID]] = set()
    marks = Mark.objects.filter(half_day__in=parts.keys()).select_related("trainer", "enrolment__trainee")
    lines = list(marks.order_by("session", "number"))
    gone = {mark.supersedes_id for mark in lines if mark.supersedes_id is not None}
    for mark in lines:
        who = mark.enrolment.trainee if mark.enrolment is not None else mark.trainer
        if mark.enrolment_id is not None:
            told.add((mark.half_day_id, mark.enrolment_id))
        parts[mark.half_day_id].lines.append(
            RegisterLine(
                number=mark.number,
                name=str(who),
                signed_as=before.name_of(mark, str(who)),
                countersigns=mark.kind == MarkKind.COUNTERSIGNED,
                kind=mark.kind,
                kind_label=str(mark.get_kind_display()),
                method_label=str(mark.get_method_display()),
                minutes=mark.minutes,
                signed_at=mark.signed_at,
                received_at=mark.created_at,
                late=mark.late,
                reason=mark.reason,
                drawing=mark.drawing,
                in_force=mark.pk not in gone,
                corrects=mark.supersedes_id is not None,
                fingerprint=mark.fingerprint,
            )
        )
    return told


def _unsaid(part: RegisterPart, people: Iterable[Enrolment], told: set[tuple[UUID, UUID]]) -> list[str]:
    """Who was still there that day, and of whom the register says nothing."""
    day, key = part.half_day.day, part.half_day.pk
    return [str(each.trainee) for each in people if (key, each.pk) not in told and each.there_on(day)]


def _read_stretches(parts: Mapping[UUID, RegisterPart]) -> None:
    seen = Connection.objects.filter(report__half_day__in=parts.keys()).select_related("report", "enrolment__trainee")
    for connection in seen.order_by("report", "joined_at", "seen_name", "pk"):
        part = parts[connection.report.half_day_id]
        if connection.enrolment is None:
            part.unmatched += 1
            continue
        part.stretches.append(
            Stretch(
                name=str(connection.enrolment.trainee),
                tool=connection.report.tool,
                joined_at=connection.joined_at,
                left_at=connection.left_at,
                minutes=connection.minutes,
                kept_minutes=connection.kept_minutes,
                by_hand=connection.by_hand,
                stays=tuple(stretches_of(connection)),
            )
        )

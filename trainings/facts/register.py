"""Half-days and the register, by session: how many, never which people. Absences are the only lines read one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, Count, DateField, F, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from qualiopi.identifiers import Names, as_day, raw
from qualiopi.web.dates import as_date
from trainings.attendance.models import FollowUp, FollowUpSubject, Mark, MarkKind
from trainings.facts.moments import end_of
from trainings.facts.rows import Departure
from trainings.facts.scope import Scope
from trainings.sessions.calendar import OpenDays
from trainings.sessions.models import Enrolment, EnrolmentState, HalfDay

_ABSENT = (MarkKind.ABSENT, MarkKind.EXCUSED)


class HalfDays(NamedTuple):
    """The half-days of one session."""

    planned: int = 0
    held: int = 0
    remote_held: int = 0
    led: tuple[tuple[date, str | None], ...] = ()  # where a qualification is required: each day, and who leads it


class Lines(NamedTuple):
    """The register of one session. ``timed``: lines at a distance that say how many minutes were followed."""

    lines: int = 0
    countersigned: int = 0
    timed: int = 0
    last_on: date | None = None


class NotOwed(NamedTuple):
    """Lines that people who left do not owe: on all half-days, and on those at a distance (there, only those that tell something)."""

    lines: int = 0
    at_distance: int = 0

    def and_also(self, lines: int, at_distance: int) -> NotOwed:
        return NotOwed(self.lines + lines, self.at_distance + at_distance)


NO_HALF_DAYS, NO_LINES, NOT_OWED = HalfDays(), Lines(), NotOwed()


@dataclass(frozen=True, slots=True)
class Register:
    """Everything the register says, by session."""

    half_days: Mapping[str, HalfDays]
    lines: Mapping[str, Lines]
    absences_at_distance: Mapping[str, int]
    not_expected: Mapping[str, NotOwed]  # lines that people who left did not owe, among those of their half-days
    beside: Mapping[str, NotOwed]  # lines that they left all the same
    departures: Mapping[str, tuple[Departure, ...]]
    withdrawn: Mapping[str, int]  # people who withdrew before the first day


def read_register(scope: Scope, names: Names, *, until: date, today: date, absent_half_days: int, row_open_days: int) -> Register:
    """Five queries. ``today``: half-days before it were held. ``absent_half_days``: from how many in a row an absence is followed;
    ``row_open_days``: how many open days between two absences break a row."""
    half_days = _half_days(scope, names, today)
    departures: defaultdict[str, list[Departure]] = defaultdict(list)
    at_distance = _absences(scope, names, departures, until=until, at_least=absent_half_days, open_days=row_open_days)
    not_expected, beside, withdrawn = _left(scope, names, departures, half_days, until=until, today=today)
    return Register(
        half_days=half_days,
        lines=_lines(scope, names, until),
        absences_at_distance=at_distance,
        not_expected=not_expected,
        beside=beside,
        departures={session: tuple(found) for session, found in departures.items()},
        withdrawn=withdrawn,
    )


def _half_days(scope: Scope, names: Names, today: date) -> dict[str, HalfDays]:
    held = Q(day__lt=today)
    rows = scope.of(HalfDay).order_by().values_list(raw("session_id"), raw("trainer_id"))
    found: dict[str, HalfDays] = {}
    # What nobody requires a qualification for needs no day: most sessions come as one row, the others as one a day and trainer.
    required = Case(When(session__course__required_qualification="", then=None), default=F("day"), output_field=DateField())
    led: defaultdict[str, list[tuple[date, str | None]]] = defaultdict(list)
    for session, trainer, day, planned, past, remote in rows.annotate(
        taught_on=required,
        planned=Count("id"),
        past=Count("id", filter=held),
        remote_past=Count("id", filter=held & Q(remote=True)),
    ):
        name = names[session]
        before = found.get(name, NO_HALF_DAYS)
        if day is not None:
            led[name].append((day, None if trainer is None else names[trainer]))
        found[name] = HalfDays(before.planned + planned, before.held + past, before.remote_held + remote)
    return {name: half_days._replace(led=tuple(led[name])) if name in led else half_days for name, half_days in found.items()}


def _lines(scope: Scope, names: Names, until: date) -> dict[str, Lines]:
    """A person and a half-day have one first line, whatever was corrected since; the minutes are those of the last one. Two queries.

    There are hundreds of thousands of lines: all of them are counted from one index, which holds every column named here; those that tell
    minutes, or correct others, are looked up.
    """
    first = Q(supersedes__isnull=True)
    lines = scope.of(Mark).filter(created_at__lt=end_of(until)).order_by()
    told = (
        lines.filter(Q(minutes__isnull=False) | Q(supersedes__isnull=False), half_day__remote=True)
        .values_list(raw("session_id"))
        .annotate(
            timed=Count("minutes", filter=Q(kind=MarkKind.PRESENT)),
            corrected=Count("supersedes__minutes", filter=Q(supersedes__kind=MarkKind.PRESENT)),
        )
    )
    minutes = {names[session]: timed - corrected for session, timed, corrected in told}
    counted = lines.values_list(raw("session_id")).annotate(
        lines=Count("session", filter=first & ~Q(kind=MarkKind.COUNTERSIGNED)),
        countersigned=Count("session", filter=first & Q(kind=MarkKind.COUNTERSIGNED)),
        last_at=Max("created_at", filter=first),
    )
    return {
        names[session]: Lines(number, countersigned, minutes.get(names[session], 0), as_date(last_at) if last_at else None)
        for session, number, countersigned, last_at in counted
    }


def _absences(
    scope: Scope,
    names: Names,
    departures: defaultdict[str, list[Departure]],
    *,
    until: date,
    at_least: int,
    open_days: int,
) -> dict[str, int]:
    """Adds to ``departures`` who was absent that often in a row without explanation; gives the absences at a distance by session.

    Only lines that say an absence are read, each with how often the person was there before: a presence breaks a row.
    """
    before = Q(half_day__day__lt=OuterRef("half_day__day")) | Q(
        half_day__day=OuterRef("half_day__day"), half_day__starts_at__lt=OuterRef("half_day__starts_at")
    )
    there = Q(kind=MarkKind.PRESENT, superseded_by__isnull=True, created_at__lt=end_of(until))
    earlier = Mark.objects.filter(before, there, enrolment=OuterRef("enrolment")).order_by().values("enrolment")
    contacted = FollowUp.objects.filter(
        enrolment=OuterRef("enrolment"), contacted_on__gte=OuterRef("half_day__day"), contacted_on__lte=until
    )
    # Nobody else has that many in a row: the others need not be counted.
    often = scope.of(Mark).filter(kind=MarkKind.ABSENT).order_by().values("enrolment").annotate(number=Count("pk"))
    rows = (
        scope.of(Mark)
        .filter(kind__in=_ABSENT, superseded_by__isnull=True, created_at__lt=end_of(until))
        .exclude(enrolment__state=EnrolmentState.WITHDRAWN)
        .annotate(
            came=Case(
                When(
                    enrolment__in=often.filter(number__gte=at_least).values("enrolment"),
                    then=Coalesce(Subquery(earlier.annotate(number=Count("pk")).values("number")), 0),
                ),
                default=0,
            ),
            followed_on=Subquery(_explained(contacted).values("contacted_on")[:1]),
        )
        .order_by("session_id", "enrolment_id", "half_day__day", "half_day__starts_at")
        .values_list(
            raw("session_id"), raw("enrolment_id"), "enrolment__state", raw("enrolment__joined_on"), raw("enrolment__ended_on"),
            raw("session__starts_on"), "kind", "half_day__remote", raw("half_day__day"), "came", raw("followed_on"),
        )
    )  # fmt: skip
    at_distance: defaultdict[str, int] = defaultdict(int)
    unexplained: defaultdict[tuple[str, str], list[tuple[int, Departure]]] = defaultdict(list)
    for session, enrolment, state, joined_on, ended_on, starts_on, kind, remote, day, came, followed_on in rows:
        name, on, gone_on = names[session], as_day(day), as_day(ended_on)
        if on is None or _before(gone_on, as_day(starts_on)) or _before(on, as_day(joined_on)) or _before(gone_on, on):
            continue  # nobody is absent from a half-day before they came, or after they left
        at_distance[name] += remote
        # Whoever left is followed as such.
        if kind == MarkKind.ABSENT and state == EnrolmentState.ENROLLED:
            unexplained[name, names[enrolment]].append((came, Departure(on, as_day(followed_on))))
    for (name, _enrolment), absences in unexplained.items():
        departure = _worst(_streaks(absences, at_least, open_days))
        if departure is not None:
            departures[name].append(departure)
    return at_distance


def _explained(follow_ups: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """Contacts that say why, the first one first: that nobody could reach the person is a reason too."""
    return follow_ups.exclude(reason="").order_by("contacted_on")


def _before(day: date | None, other: date | None) -> bool:
    """Both are known, and the first comes first."""
    return day is not None and other is not None and day < other


def _streaks(absences: Iterable[tuple[int, Departure]], at_least: int, open_days: int) -> list[Departure]:
    """Absences in a row, long enough, each told by its first half-day. Each comes with how often the person had been there: a presence
    between two breaks the row, and so do that many open days."""
    found: list[Departure] = []
    row: list[Departure] = []
    came_before = -1
    for came, absence in absences:
        goes_on = bool(row) and came == came_before and not _far_apart(row[-1].on, absence.on, open_days)
        row = [*row, absence] if goes_on else [absence]
        came_before = came
        if len(row) == at_least:
            found.append(row[0])
    return found


def _far_apart(one: date | None, other: date | None, open_days: int) -> bool:
    """Whether that many open days lie between two days."""
    if one is None or other is None or (other - one).days <= open_days:
        return False
    between = (one + timedelta(days=place) for place in range(1, (other - one).days))
    calendar = OpenDays()
    return sum(calendar.closed(day) is None for day in between) >= open_days


def _worst(departures: list[Departure]) -> Departure | None:
    """The first one nobody followed; otherwise the one followed last."""
    waiting = [departure for departure in departures if departure.followed_on is None]
    if waiting:
        return waiting[0]
    return max(departures, key=lambda departure: departure.followed_on or date.min, default=None)


def _left(
    scope: Scope,
    names: Names,
    departures: defaultdict[str, list[Departure]],
    half_days: Mapping[str, HalfDays],
    *,
    until: date,
    today: date,
) -> tuple[dict[str, NotOwed], dict[str, NotOwed], dict[str, int]]:
    """People who withdrew, came or left on the way: the lines they did not owe, those they left all the same, how it was followed; and
    how many withdrew. Whoever is said to have left before the first day withdrew.

    Somebody who left is followed once a contact is noted with its reason, or what was done is written beside the reason of the end.
    """
    ended, joined = OuterRef("ended_on"), OuterRef("joined_on")
    missed = (
        HalfDay.objects.filter(day__lt=today).filter(session=OuterRef("session"), day__lt=joined).order_by().values("session")
    )
    attended = HalfDay.objects.filter(session=OuterRef("session"), day__lte=ended, day__lt=today).order_by().values("session")
    tells = Q(superseded_by__isnull=True, kind=MarkKind.PRESENT, minutes__isnull=False, half_day__remote=True)
    told = Mark.objects.filter(tells, enrolment=OuterRef("pk")).order_by().values("enrolment")
    left_lines = Mark.objects.filter(enrolment=OuterRef("pk"), supersedes__isnull=True).order_by().values("enrolment")
    contacted = FollowUp.objects.filter(
        enrolment=OuterRef("pk"), subject__in=(FollowUpSubject.INTERRUPTION, FollowUpSubject.ABSENCE), contacted_on__lte=until
    )
    rows = (
        scope.of(Enrolment)
        .filter(~Q(state=EnrolmentState.ENROLLED) | Q(joined_on__isnull=False))
        .annotate(
            missed=_number(missed),
            missed_remote=_number(missed.filter(remote=True)),
            told_before=_number(told.filter(half_day__day__lt=joined)),
            lines_before=_number(left_lines.filter(half_day__day__lt=joined)),
            attended=_number(attended),
            attended_remote=_number(attended.filter(remote=True)),
            every_told=_number(told),
            told_after=_number(told.filter(half_day__day__gt=ended)),
            every_line=_number(left_lines),
            lines_after=_number(left_lines.filter(half_day__day__gt=ended)),
            followed_on=Subquery(_explained(contacted).values("contacted_on")[:1]),
        )
        .order_by()
        .values_list(
            raw("session_id"), raw("session__starts_on"), "state", raw("joined_on"), raw("ended_on"), "end_reason", "end_action",
            "attended", "attended_remote", "missed", "missed_remote", "every_line", "lines_before", "lines_after", "every_told",
            "told_before", "told_after", raw("followed_on"),
        )
    )  # fmt: skip
    not_expected: defaultdict[str, NotOwed] = defaultdict(NotOwed)
    beside: defaultdict[str, NotOwed] = defaultdict(NotOwed)
    withdrawn: defaultdict[str, int] = defaultdict(int)
    for session, starts_on, state, joined_on, ended_on, reason, action, *numbers, followed_on in rows:
        came, came_remote, missed_all, missed_remote, lines, lines_before, lines_after, told_lines, told_before, told_after = (
            numbers
        )
        name, day = names[session], as_day(ended_on)
        if state == EnrolmentState.WITHDRAWN or _before(day, as_day(starts_on)):
            beside[name] = beside[name].and_also(lines, told_lines)
            withdrawn[name] += 1
            continue
        if as_day(joined_on) is not None:
            not_expected[name] = not_expected[name].and_also(missed_all, missed_remote)
            beside[name] = beside[name].and_also(lines_before, told_before)
        if state == EnrolmentState.ENROLLED or (day is not None and day > until):
            continue
        if day is not None:
            there = half_days.get(name, NO_HALF_DAYS)
            not_expected[name] = not_expected[name].and_also(there.held - came, there.remote_held - came_remote)
            beside[name] = beside[name].and_also(lines_after, told_after)
        followed = as_day(followed_on) or (day if reason and action else None)
        departures[name].append(Departure(day, followed))
    return not_expected, beside, withdrawn


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    """How many rows a subquery has, grouped by the one value it gives."""
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)

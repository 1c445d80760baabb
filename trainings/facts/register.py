"""Half-days and the register, by session: how many, never which people. Absences are the only lines read one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Case, Count, DateField, F, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from qualiopi.identifiers import Names, as_day, raw
from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import as_date
from trainings.attendance.models import FollowUp, FollowUpSubject, Mark, MarkKind
from trainings.facts.moments import end_of
from trainings.facts.rows import Departure
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


def read_register(organisation: Organisation, names: Names, *, until: date, today: date, absent_half_days: int) -> Register:
    """Four queries. ``today``: half-days before it were held. ``absent_half_days``: from how many in a row an absence is followed."""
    half_days = _half_days(organisation, names, today)
    departures: defaultdict[str, list[Departure]] = defaultdict(list)
    at_distance = _absences(organisation, names, departures, until=until, at_least=absent_half_days)
    not_expected, beside, withdrawn = _left(organisation, names, departures, half_days, until=until, today=today)
    return Register(
        half_days=half_days,
        lines=_lines(organisation, names, until),
        absences_at_distance=at_distance,
        not_expected=not_expected,
        beside=beside,
        departures={session: tuple(found) for session, found in departures.items()},
        withdrawn=withdrawn,
    )


def _half_days(organisation: Organisation, names: Names, today: date) -> dict[str, HalfDays]:
    held = Q(day__lt=today)
    rows = HalfDay.objects.for_organisation(organisation).order_by().values_list(raw("session_id"), raw("trainer_id"))
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


def _lines(organisation: Organisation, names: Names, until: date) -> dict[str, Lines]:
    """A person and a half-day have one first line, whatever was corrected since; the minutes are those of the last one.

    Read from one index, which holds every column named here: there are hundreds of thousands of lines.
    """
    at_distance = HalfDay.objects.for_organisation(organisation).filter(remote=True).order_by().values("pk")
    first, present = Q(supersedes__isnull=True), Q(kind=MarkKind.PRESENT, half_day__in=at_distance)
    rows = (
        Mark.objects.for_organisation(organisation)
        .filter(created_at__lt=end_of(until))
        .order_by()
        .values_list(raw("session_id"))
        .annotate(
            lines=Count("session", filter=first & ~Q(kind=MarkKind.COUNTERSIGNED)),
            countersigned=Count("session", filter=first & Q(kind=MarkKind.COUNTERSIGNED)),
            timed=Count("minutes", filter=present),
            corrected=Count("supersedes__minutes", filter=Q(supersedes__kind=MarkKind.PRESENT, half_day__in=at_distance)),
            last_at=Max("created_at", filter=first),
        )
    )
    return {
        names[session]: Lines(lines, countersigned, timed - corrected, as_date(last_at) if last_at else None)
        for session, lines, countersigned, timed, corrected, last_at in rows
    }


def _absences(
    organisation: Organisation,
    names: Names,
    departures: defaultdict[str, list[Departure]],
    *,
    until: date,
    at_least: int,
) -> dict[str, int]:
    """Adds to ``departures`` who was absent that often in a row without explanation; gives the absences at a distance by session.

    Only lines that say an absence are read, each with its place among the half-days of its session.
    """
    before = Q(day__lt=OuterRef("half_day__day")) | Q(
        day=OuterRef("half_day__day"), starts_at__lt=OuterRef("half_day__starts_at")
    )
    earlier = HalfDay.objects.filter(before, session=OuterRef("session")).order_by().values("session")
    contacted = FollowUp.objects.filter(
        enrolment=OuterRef("enrolment"), contacted_on__gte=OuterRef("half_day__day"), contacted_on__lte=until
    )
    rows = (
        Mark.objects.for_organisation(organisation)
        .filter(kind__in=_ABSENT, superseded_by__isnull=True, created_at__lt=end_of(until))
        .exclude(enrolment__state=EnrolmentState.WITHDRAWN)
        .annotate(
            place=Coalesce(Subquery(earlier.annotate(number=Count("pk")).values("number")), 0),
            followed_on=Subquery(_explained(contacted).values("contacted_on")[:1]),
        )
        .order_by("session_id", "enrolment_id", "place")
        .values_list(
            raw("session_id"), raw("enrolment_id"), "enrolment__state", raw("enrolment__ended_on"), "kind", "half_day__remote",
            raw("half_day__day"), "place", raw("followed_on"),
        )
    )  # fmt: skip
    at_distance: defaultdict[str, int] = defaultdict(int)
    unexplained: defaultdict[tuple[str, str], list[tuple[int, Departure]]] = defaultdict(list)
    for session, enrolment, state, ended_on, kind, remote, day, place, followed_on in rows:
        name = names[session]
        # Nobody is absent from a half-day after they left.
        gone_on = as_day(ended_on)
        at_distance[name] += remote and (gone_on is None or (as_day(day) or gone_on) <= gone_on)
        # Whoever left is followed as such.
        if kind == MarkKind.ABSENT and state == EnrolmentState.ENROLLED:
            unexplained[name, names[enrolment]].append((place, Departure(as_day(day), as_day(followed_on))))
    for (name, _enrolment), absences in unexplained.items():
        departure = _worst(_streaks(absences, at_least))
        if departure is not None:
            departures[name].append(departure)
    return at_distance


def _explained(follow_ups: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """Contacts that say why, the first one first: that nobody could reach the person is a reason too."""
    return follow_ups.exclude(reason="").order_by("contacted_on")


def _streaks(absences: Iterable[tuple[int, Departure]], at_least: int) -> list[Departure]:
    """Absences in a row, long enough, each told by its first half-day."""
    found: list[Departure] = []
    row: list[Departure] = []
    expected = -1
    for place, absence in absences:
        row = [*row, absence] if place == expected else [absence]
        expected = place + 1
        if len(row) == at_least:
            found.append(row[0])
    return found


def _worst(departures: list[Departure]) -> Departure | None:
    """The first one nobody followed; otherwise the one followed last."""
    waiting = [departure for departure in departures if departure.followed_on is None]
    if waiting:
        return waiting[0]
    return max(departures, key=lambda departure: departure.followed_on or date.min, default=None)


def _left(
    organisation: Organisation,
    names: Names,
    departures: defaultdict[str, list[Departure]],
    half_days: Mapping[str, HalfDays],
    *,
    until: date,
    today: date,
) -> tuple[dict[str, NotOwed], dict[str, NotOwed], dict[str, int]]:
    """People who withdrew or left on the way: the lines they did not owe, those they left all the same, how it was followed; and how
    many withdrew.

    Somebody who left is followed once a contact is noted with its reason, or what was done is written beside the reason of the end.
    """
    ended = OuterRef("ended_on")
    attended = HalfDay.objects.filter(session=OuterRef("session"), day__lte=ended, day__lt=today).order_by().values("session")
    tells = Q(superseded_by__isnull=True, kind=MarkKind.PRESENT, minutes__isnull=False, half_day__remote=True)
    told = Mark.objects.filter(tells, enrolment=OuterRef("pk")).order_by().values("enrolment")
    left_lines = Mark.objects.filter(enrolment=OuterRef("pk"), supersedes__isnull=True).order_by().values("enrolment")
    contacted = FollowUp.objects.filter(
        enrolment=OuterRef("pk"), subject__in=(FollowUpSubject.INTERRUPTION, FollowUpSubject.ABSENCE), contacted_on__lte=until
    )
    rows = (
        Enrolment.objects.for_organisation(organisation)
        .exclude(state=EnrolmentState.ENROLLED)
        .annotate(
            attended=Coalesce(Subquery(attended.annotate(number=Count("pk")).values("number")), 0),
            attended_remote=Coalesce(Subquery(attended.filter(remote=True).annotate(number=Count("pk")).values("number")), 0),
            every_told=Coalesce(Subquery(told.annotate(number=Count("pk")).values("number")), 0),
            told_after=Coalesce(Subquery(told.filter(half_day__day__gt=ended).annotate(number=Count("pk")).values("number")), 0),
            every_line=Coalesce(Subquery(left_lines.annotate(number=Count("pk")).values("number")), 0),
            lines_after=Coalesce(Subquery(left_lines.filter(half_day__day__gt=ended).annotate(number=Count("pk")).values("number")), 0),
            followed_on=Subquery(_explained(contacted).values("contacted_on")[:1]),
        )
        .order_by()
        .values_list(
            raw("session_id"), "state", raw("ended_on"), "end_reason", "end_action", "attended", "attended_remote", "every_line",
            "lines_after", "every_told", "told_after", raw("followed_on"),
        )
    )  # fmt: skip
    not_expected: defaultdict[str, NotOwed] = defaultdict(NotOwed)
    beside: defaultdict[str, NotOwed] = defaultdict(NotOwed)
    withdrawn: defaultdict[str, int] = defaultdict(int)
    for (
        session,
        state,
        ended_on,
        reason,
        action,
        came,
        came_remote,
        lines,
        lines_after,
        told_lines,
        told_after,
        followed_on,
    ) in rows:
        name = names[session]
        if state == EnrolmentState.WITHDRAWN:
            beside[name] = beside[name].and_also(lines, told_lines)
            withdrawn[name] += 1
            continue
        day = as_day(ended_on)
        if day is not None and day > until:
            continue
        if day is not None:
            there = half_days.get(name, NO_HALF_DAYS)
            not_expected[name] = not_expected[name].and_also(there.held - came, there.remote_held - came_remote)
            beside[name] = beside[name].and_also(lines_after, told_after)
        followed = as_day(followed_on) or (day if reason and action else None)
        departures[name].append(Departure(day, followed))
    return not_expected, beside, withdrawn

"""Half-days and the register, by session: how many, never which people. Absences are the only lines read one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from qualiopi.identifiers import Names, as_day, raw
from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import as_date
from trainings.attendance.models import FollowUp, FollowUpSubject, Mark, MarkKind
from trainings.facts.moments import end_of
from trainings.facts.rows import Departure, Taught
from trainings.sessions.models import Enrolment, EnrolmentState, HalfDay

_ABSENT = (MarkKind.ABSENT, MarkKind.EXCUSED)


class HalfDays(NamedTuple):
    """The half-days of one session."""

    planned: int = 0
    held: int = 0
    remote_held: int = 0
    taught: tuple[Taught, ...] = ()


class Lines(NamedTuple):
    """The register of one session. ``timed``: lines that say how many minutes were followed."""

    lines: int = 0
    countersigned: int = 0
    timed: int = 0
    last_on: date | None = None


NO_HALF_DAYS, NO_LINES = HalfDays(), Lines()


@dataclass(frozen=True, slots=True)
class Register:
    """Everything the register says, by session."""

    half_days: Mapping[str, HalfDays]
    lines: Mapping[str, Lines]
    absences_at_distance: Mapping[str, int]
    not_expected: Mapping[str, int]  # lines that people who left did not owe, among those of their half-days
    beside: Mapping[str, int]  # lines that they left all the same
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
    for session, trainer, planned, past, remote, first, last in rows.annotate(
        planned=Count("id"),
        past=Count("id", filter=held),
        remote_past=Count("id", filter=held & Q(remote=True)),
        first=Min("day"),
        last=Max("day"),
    ):
        name = names[session]
        before = found.get(name, NO_HALF_DAYS)
        taught = before.taught if trainer is None else (*before.taught, Taught(names[trainer], first, last))
        found[name] = HalfDays(before.planned + planned, before.held + past, before.remote_held + remote, taught)
    return found


def _lines(organisation: Organisation, names: Names, until: date) -> dict[str, Lines]:
    """A person and a half-day have one first line, whatever was corrected since; the minutes are those of the last one.

    Read from one index, which holds every column named here: there are hundreds of thousands of lines.
    """
    first, present = Q(supersedes__isnull=True), Q(kind=MarkKind.PRESENT)
    rows = (
        Mark.objects.for_organisation(organisation)
        .filter(created_at__lt=end_of(until))
        .order_by()
        .values_list(raw("session_id"))
        .annotate(
            lines=Count("session", filter=first & ~Q(kind=MarkKind.COUNTERSIGNED)),
            countersigned=Count("session", filter=first & Q(kind=MarkKind.COUNTERSIGNED)),
            timed=Count("minutes", filter=present),
            corrected=Count("supersedes__minutes", filter=Q(supersedes__kind=MarkKind.PRESENT)),
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
            raw("session_id"), raw("enrolment_id"), "enrolment__state", "kind", "half_day__remote", raw("half_day__day"), "place",
            raw("followed_on"),
        )
    )  # fmt: skip
    at_distance: defaultdict[str, int] = defaultdict(int)
    unexplained: defaultdict[tuple[str, str], list[tuple[int, Departure]]] = defaultdict(list)
    for session, enrolment, state, kind, remote, day, place, followed_on in rows:
        name = names[session]
        at_distance[name] += remote
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
) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """People who withdrew or left on the way: the lines they did not owe, those they left all the same, how it was followed; and how
    many withdrew.

    Somebody who left is followed once a contact is noted with its reason, or what was done is written beside the reason of the end.
    """
    ended = OuterRef("ended_on")
    attended = HalfDay.objects.filter(session=OuterRef("session"), day__lte=ended, day__lt=today).order_by().values("session")
    left_lines = Mark.objects.filter(enrolment=OuterRef("pk"), supersedes__isnull=True).order_by().values("enrolment")
    contacted = FollowUp.objects.filter(
        enrolment=OuterRef("pk"), subject__in=(FollowUpSubject.INTERRUPTION, FollowUpSubject.ABSENCE), contacted_on__lte=until
    )
    rows = (
        Enrolment.objects.for_organisation(organisation)
        .exclude(state=EnrolmentState.ENROLLED)
        .annotate(
            attended=Coalesce(Subquery(attended.annotate(number=Count("pk")).values("number")), 0),
            every_line=Coalesce(Subquery(left_lines.annotate(number=Count("pk")).values("number")), 0),
            lines_after=Coalesce(Subquery(left_lines.filter(half_day__day__gt=ended).annotate(number=Count("pk")).values("number")), 0),
            followed_on=Subquery(_explained(contacted).values("contacted_on")[:1]),
        )
        .order_by()
        .values_list(
            raw("session_id"), "state", raw("ended_on"), "end_reason", "end_action", "attended", "every_line", "lines_after",
            raw("followed_on"),
        )
    )  # fmt: skip
    not_expected: defaultdict[str, int] = defaultdict(int)
    beside: defaultdict[str, int] = defaultdict(int)
    withdrawn: defaultdict[str, int] = defaultdict(int)
    for session, state, ended_on, reason, action, came, every_line, lines_after, followed_on in rows:
        name = names[session]
        if state == EnrolmentState.WITHDRAWN:
            beside[name] += every_line
            withdrawn[name] += 1
            continue
        day = as_day(ended_on)
        if day is not None and day > until:
            continue
        if day is not None:
            not_expected[name] += half_days.get(name, NO_HALF_DAYS).held - came
            beside[name] += lines_after
        followed = as_day(followed_on) or (day if reason and action else None)
        departures[name].append(Departure(day, followed))
    return not_expected, beside, withdrawn

"""What the attendance register lacks: half-days that are over, whose people did not all sign, or that nobody countersigned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.debts.queries.line import Owed
from evidence.engine.result import ExpectationResult
from evidence.readiness.links import Way
from qualiopi.identifiers import Names, as_day, raw
from qualiopi.organisations.models import Organisation
from trainings.attendance.models import Mark, MarkKind
from trainings.sessions.models import Enrolment, EnrolmentState, HalfDay, SessionState
from trainings.states import NOT_HELD

# Beyond, a look at the whole organisation costs less than one at each session.
_FEW = 400


class About(NamedTuple):
    """What is said of a session beside what it owes: its label, who leads it, and its last day."""

    label: str
    trainers: tuple[str, ...]
    last_day: date


class _Lacks(NamedTuple):
    """A half-day that is over: its people, how many of them have a line, and whether it is countersigned."""

    half_day: str
    session: str
    day: date
    part: str
    trainer: str | None
    people: int
    signed: int
    countersigned: bool

    def named(self) -> str:
        return str(HalfDay(day=self.day, part=self.part))

    def unsigned(self) -> str:
        said = {"half_day": self.named(), "n": self.people - self.signed, "total": self.people}
        return _("%(half_day)s : signatures manquantes, %(n)s sur %(total)s.") % said

    def to_countersign(self) -> str:
        return _("%(half_day)s : à contresigner.") % {"half_day": self.named()}


def of_register(
    register: ExpectationResult, organisation: Organisation, today: date, about: Callable[[str], About]
) -> Iterable[Owed]:
    """Each half-day that lacks something, of sessions whose register is ours to keep and that nothing proves yet; two queries.
    `register`: what the engine says of what is expected of it.

    People and lines are counted apart, each by an index: joined to one another, they would multiply.
    """
    for lacks in _lacking(organisation, today, register.asked - register.proved):
        said = about(lacks.session)
        missing = [lacks.unsigned] if lacks.people > lacks.signed else []
        if not lacks.countersigned:
            missing.append(lacks.to_countersign)
        for words in missing:
            yield Owed(
                key=register.expectation.key,
                since=lacks.day,
                indicator=register.expectation.indicator,
                session=lacks.session,
                label=said.label,
                words=words,
                way=partial(_way, organisation.slug, lacks.half_day),
                trainers=said.trainers if lacks.trainer is None else (lacks.trainer,),
            )


def _way(organisation: str, half_day: str) -> Way:
    return Way(_("Compléter l’émargement"), reverse("attendance:half_day", args=[organisation, half_day]))


def _lacking(organisation: Organisation, today: date, asked: frozenset[str]) -> Iterable[_Lacks]:
    """The half-days that are over and lack something. `asked`: the sessions looked at."""
    if not asked:
        return
    names = Names()
    enrolled = _of(asked, Enrolment.objects.for_organisation(organisation)).filter(state=EnrolmentState.ENROLLED).order_by()
    people: defaultdict[str, int] = defaultdict(int)
    late: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
    for session, joined_on, number in enrolled.values_list(raw("session_id"), raw("joined_on")).annotate(Count("pk")):
        people[names[session]] += number
        if (day := as_day(joined_on)) is not None:
            late[names[session]].append((day, number))
    # Of one half-day, by the index on both columns: whoever has a line has a first one, whatever was corrected since.
    lines = Mark.objects.filter(half_day=OuterRef("pk")).order_by()
    signed = lines.filter(enrolment__isnull=False).values("half_day").annotate(number=Count("enrolment", distinct=True))
    rows = (
        _of(asked, HalfDay.objects.for_organisation(organisation))
        .filter(day__lt=today)
        .exclude(session__state__in=[*NOT_HELD, SessionState.CLOSED])
        .order_by("day", "starts_at")
        .annotate(
            signed=Coalesce(Subquery(signed.values("number")), 0),
            countersigned=Exists(lines.filter(kind=MarkKind.COUNTERSIGNED, supersedes__isnull=True)),
        )
        .values_list(raw("id"), raw("session_id"), raw("day"), "part", raw("trainer_id"), "signed", "countersigned")
    )
    for key, session, held_on, part, trainer, number, countersigned in rows:
        name, day = names[session], as_day(held_on)
        if name not in asked or day is None:
            continue
        # Whoever came later owes nothing of that day.
        expected = people[name] - sum(came for since, came in late[name] if day < since)
        if expected > number or (expected and not countersigned):
            leader = None if trainer is None else names[trainer]
            yield _Lacks(names[key], name, day, part, leader, expected, number, countersigned)


def _of(asked: frozenset[str], rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(session__in=asked) if len(asked) <= _FEW else rows

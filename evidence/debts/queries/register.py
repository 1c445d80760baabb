"""What the attendance register lacks: half-days that are over, whose people did not all sign, or that nobody countersigned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.debts.queries.line import Owed
from evidence.engine.result import ExpectationResult
from qualiopi.identifiers import Names, as_day, raw
from qualiopi.organisations.models import Organisation
from trainings.attendance.models import Mark, MarkKind
from trainings.sessions.models import Enrolment, EnrolmentState, HalfDay, SessionState
from trainings.states import NOT_HELD


class _Lacks(NamedTuple):
    """The people of a half-day, how many of them have a line, and whether it is countersigned."""

    people: int
    signed: int
    countersigned: bool


def of_register(register: ExpectationResult, organisation: Organisation, today: date) -> Iterable[Owed]:
    """Each half-day that lacks something, of sessions whose register is ours to keep and that nothing proves yet; two queries to find
    them, three for what is said of them. `register`: what the engine says of what is expected of it.

    People and lines are counted apart, each by an index: joined to one another, they would multiply.
    """
    lacking = _lacking(organisation, today, register.asked - register.proved)
    rows = (
        HalfDay.objects.for_organisation(organisation)
        .filter(pk__in=lacking)
        .select_related("session__course")
        .prefetch_related("session__trainers")
        .order_by("day", "starts_at")
    )
    for row in rows:
        if row.trainer_id:
            trainers: tuple[str, ...] = (str(row.trainer_id),)
        else:
            trainers = tuple(str(trainer.pk) for trainer in row.session.trainers.all())
        lacks = lacking[str(row.pk)]
        missing = []
        if lacks.people > lacks.signed:
            unsigned = {"half_day": row, "n": lacks.people - lacks.signed, "total": lacks.people}
            missing.append(_("%(half_day)s : signatures manquantes, %(n)s sur %(total)s.") % unsigned)
        if not lacks.countersigned:
            missing.append(_("%(half_day)s : à contresigner.") % {"half_day": row})
        for what in missing:
            yield Owed(
                key=register.expectation.key,
                what=what,
                since=row.day,
                indicator=register.expectation.indicator,
                session=str(row.session_id),
                label=f"{row.session.reference} · {row.session.course.title}",
                url=reverse("attendance:half_day", args=[organisation.slug, row.pk]),
                action=_("Compléter l’émargement"),
                trainers=trainers,
            )


def _lacking(organisation: Organisation, today: date, asked: frozenset[str]) -> dict[str, _Lacks]:
    """The half-days that are over and lack something, by identifier. `asked`: the sessions looked at."""
    names = Names()
    enrolled = Enrolment.objects.for_organisation(organisation).filter(state=EnrolmentState.ENROLLED).order_by()
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
        HalfDay.objects.for_organisation(organisation)
        .filter(day__lt=today)
        .exclude(session__state__in=[*NOT_HELD, SessionState.CLOSED])
        .order_by()
        .annotate(
            signed=Coalesce(Subquery(signed.values("number")), 0),
            countersigned=Exists(lines.filter(kind=MarkKind.COUNTERSIGNED, supersedes__isnull=True)),
        )
        .values_list(raw("id"), raw("session_id"), raw("day"), "signed", "countersigned")
    )
    found = {}
    for key, session, held_on, number, countersigned in rows:
        name, day = names[session], as_day(held_on)
        if name not in asked:
            continue
        # Whoever came later owes nothing of that day.
        expected = people[name] - sum(came for since, came in late[name] if day is not None and day < since)
        if expected > number or (expected and not countersigned):
            found[names[key]] = _Lacks(expected, number, countersigned)
    return found

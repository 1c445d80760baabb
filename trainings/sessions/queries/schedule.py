"""Reading the half-days of a session: which are settled, who would have to be in two places at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from qualiopi.organisations.models import Organisation
from trainings.people.models import Trainer
from trainings.sessions.models import HalfDay, Session
from trainings.states import CALLED_OFF

# What the register above keeps of a half-day: it then stays where it was.
_SETTLED = Q(marks__isnull=False) | Q(connection_reports__isnull=False)


def half_days_of(session: Session) -> QuerySet[HalfDay]:
    """The half-days of a session in order, with who leads each, in one query."""
    half_days: QuerySet[HalfDay] = session.half_days.select_related("trainer").order_by("day", "starts_at", "pk")
    return half_days


def settled_half_days(session: Session) -> set[UUID]:
    """The half-days that somebody signed, or that have a connection report: they can neither move nor go."""
    return set(session.half_days.filter(_SETTLED).order_by().values_list("pk", flat=True).distinct())


def free_half_days(session: Session) -> QuerySet[HalfDay]:
    """The half-days that can still move."""
    half_days: QuerySet[HalfDay] = session.half_days.exclude(pk__in=session.half_days.filter(_SETTLED).order_by().values("pk"))
    return half_days


@dataclass(frozen=True, slots=True)
class Wanted:
    """A time that somebody is asked for: by a half-day, stored or not."""

    day: date
    starts_at: time
    ends_at: time
    trainers: frozenset[UUID]

    def meets(self, other: HalfDay | Wanted) -> bool:
        """Whether both take the same time."""
        return self.day == other.day and self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Clash:
    """A trainer asked for in two places at once. `other`: the half-day of another session, None within the same one."""

    trainer: Trainer
    wanted: Wanted
    other: HalfDay | None


def wanted_by(half_days: Iterable[HalfDay], trainers: Iterable[Trainer]) -> list[Wanted]:
    """What stored half-days ask for: of who leads each, of all the session's trainers when nobody is named."""
    everybody = frozenset(trainer.pk for trainer in trainers)
    return [
        Wanted(each.day, each.starts_at, each.ends_at, frozenset({each.trainer_id}) if each.trainer_id else everybody)
        for each in half_days
    ]


def clashes(
    organisation: Organisation, wanted: Iterable[Wanted], trainers: Iterable[Trainer], *, session: Session | None = None
) -> list[Clash]:
    """Who would have to be in two places at once, by day, in one query; `session` is the one that asks, left out of the others.

    Sessions cancelled or postponed take nobody's time. Nothing is refused: somebody decides.
    """
    asked = sorted(wanted, key=lambda each: (each.day, each.starts_at))
    known: Mapping[UUID, Trainer] = {trainer.pk: trainer for trainer in trainers}
    if not asked or not known:
        return []
    others = (
        HalfDay.objects.for_organisation(organisation)
        .filter(day__range=(asked[0].day, asked[-1].day))
        .exclude(session__state__in=CALLED_OFF)
        .annotate(who=Coalesce(F("trainer"), F("session__assignments__trainer")))
        .filter(who__in=known)
        .select_related("session__course")
        .order_by("day", "starts_at", "pk")
        .distinct()
    )
    if session is not None:
        others = others.exclude(session=session)
    taken: dict[tuple[date, UUID], list[HalfDay]] = {}
    for other in others:
        taken.setdefault((other.day, other.who), []).append(other)
    found = [
        Clash(known[pk], each, other)
        for each in asked
        for pk in sorted(each.trainers & known.keys())
        for other in taken.get((each.day, pk), ())
        if each.meets(other)
    ]
    return found + [
        Clash(known[pk], later, None)
        for place, each in enumerate(asked)
        for later in asked[place + 1 :]
        if each.meets(later)
        for pk in sorted(each.trainers & later.trainers & known.keys())
    ]

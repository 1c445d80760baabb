"""Reading trainers' files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from qualiopi.links import Behind, until
from qualiopi.organisations.models import Organisation
from trainings.people.models import Trainer, TrainerLink, TrainerRecord
from trainings.people.queries.former import look_behind_merged
from trainings.people.rules import days_taught, qualified_on
from trainings.states import NOT_HELD

# What was taught in the last year, or is about to be, says which qualifications a trainer needs.
LOOKING_BACK = timedelta(days=365)


def records_of(trainer: Trainer) -> list[TrainerRecord]:
    """Every line of a file, those that were withdrawn too, by kind then the last first; one query."""
    rows = trainer.records.select_related("file", "checked_by", "covers_said_by", "trainer").order_by(
        "kind", "-dated_on", "-created_at", "id"
    )
    return list(rows)


def record_of(organisation: Organisation, pk: UUID) -> TrainerRecord:
    """One line with its trainer and its file. Raises TrainerRecord.DoesNotExist."""
    rows = TrainerRecord.objects.for_organisation(organisation).select_related("trainer", "file", "checked_by")
    found: TrainerRecord = rows.get(pk=pk)
    return found


def waiting_records(organisation: Organisation) -> QuerySet[TrainerRecord]:
    """What trainers sent and nobody looked at yet, the oldest first."""
    waiting: QuerySet[TrainerRecord] = (
        TrainerRecord.objects.for_organisation(organisation)
        .filter(dropped=True, checked_at__isnull=True, withdrawn_at__isnull=True)
        .select_related("trainer", "file")
        .order_by("created_at", "id")
    )
    return waiting


def required_of(trainer: Trainer, *, today: date) -> list[str]:
    """The qualifications that the courses this person teaches require, as the courses word them; one query."""
    since = today - LOOKING_BACK
    rows = Trainer.objects.filter(
        pk=trainer.pk, sessions__starts_on__gte=since, sessions__course__required_qualification__gt=""
    ).values_list("sessions__course__required_qualification", "sessions__state")
    return sorted({name for name, state in rows if state not in NOT_HELD})


def requirements_of(organisation: Organisation) -> list[str]:
    """The qualifications that the courses given by its trainers require, each wording once; one query."""
    rows = Trainer.objects.for_organisation(organisation).filter(sessions__course__required_qualification__gt="")
    return sorted(set(rows.values_list("sessions__course__required_qualification", flat=True)))


def first_session_on(trainer: Trainer) -> date | None:
    """The first day this person ever led a session that was held; one query."""
    days = Trainer.objects.filter(pk=trainer.pk).values_list("sessions__starts_on", "sessions__state")
    return min((starts for starts, state in days if starts is not None and state not in NOT_HELD), default=None)


@dataclass(frozen=True, slots=True)
class Unqualified:
    """A session led by somebody whose required qualification did not cover every day they taught."""

    trainer_id: UUID
    trainer: str
    session_id: UUID
    reference: str
    course: str
    required: str
    first_day: date


def unqualified_sessions(
    organisation: Organisation, *, from_day: date, to_day: date, trainer: Trainer | None = None
) -> list[Unqualified]:
    """Sessions begun between two days and led while not qualified, the oldest first; three queries, whatever their number.

    Only courses that require a qualification are looked at, with those assigned and whoever leads a half-day. The days are those of the
    half-days that the person leads (or that nobody in particular leads), else every day of the session, up to the last of the two: what
    is renewed later does not mend the past, and what is to come asks for nothing yet.
    """
    people = Trainer.objects.for_organisation(organisation)
    if trainer is not None:
        people = people.filter(pk=trainer.pk)
    rows = people.filter(
        sessions__course__required_qualification__gt="", sessions__starts_on__gte=from_day, sessions__starts_on__lte=to_day
    ).values_list(
        "pk", "first_name", "last_name", "sessions__pk", "sessions__reference", "sessions__state", "sessions__starts_on",
        "sessions__ends_on", "sessions__course__title", "sessions__course__required_qualification",
        "sessions__half_days__day", "sessions__half_days__trainer",
    )  # fmt: skip
    led = people.filter(
        half_days__session__course__required_qualification__gt="", half_days__session__starts_on__gte=from_day,
        half_days__session__starts_on__lte=to_day,
    ).values_list(
        "pk", "first_name", "last_name", "half_days__session__pk", "half_days__session__reference", "half_days__session__state",
        "half_days__session__starts_on", "half_days__session__ends_on", "half_days__session__course__title",
        "half_days__session__course__required_qualification", "half_days__day", "half_days__trainer",
    )  # fmt: skip
    found: dict[tuple[UUID, UUID], Unqualified] = {}
    half_days: defaultdict[tuple[UUID, UUID], list[tuple[date, UUID | None]]] = defaultdict(list)
    ends_on: dict[tuple[UUID, UUID], date] = {}
    for pk, first, last, session, reference, state, starts, ends, course, required, day, led_by in chain(rows, led):
        if state in NOT_HELD or starts is None:
            continue
        key = (pk, session)
        if key not in found:
            found[key] = Unqualified(pk, f"{first} {last}".strip(), session, reference, course, required, starts)
            ends_on[key] = ends or to_day
        if day is not None:
            half_days[key].append((day, led_by))
    held: defaultdict[UUID, list[TrainerRecord]] = defaultdict(list)
    for record in TrainerRecord.objects.for_organisation(organisation).filter(trainer__in={pk for pk, _session in found}):
        held[record.trainer_id].append(record)
    missing = []
    for key, each in found.items():
        days = days_taught(half_days[key], key[0], first=each.first_day, last=ends_on[key], today=to_day)
        if days and not qualified_on(held[key[0]], each.required, days):
            missing.append(each)
    return sorted(missing, key=lambda each: (each.first_day, each.reference, each.trainer))


def trainer_behind(token: str, *, today: date | None = None) -> Behind[TrainerLink] | None:
    """The file a token opens, with its trainer and organisation. One query. `today`: the organisation's unless said."""
    links = TrainerLink.objects.select_related("trainer__organisation", "organisation")
    return look_behind_merged(token, links, lambda link: until(link.expires_on, today=today or timezone.localdate()))

"""Reading the journal of one organisation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from qualiopi.accounts.models import User
from qualiopi.journal.models import Entry, EntryKind

# How far back among the lines of one thing a change is looked for.
MOST_LINES = 30


def entries_of(
    organisation_id: UUID, *, kind: str = "", actor_id: UUID | None = None, since: date | None = None, until: date | None = None
) -> QuerySet[Entry]:
    """The organisation's lines, last first, filtered by what is given; both days are included."""
    found = Entry.objects.filter(organisation_id=organisation_id)
    if kind:
        found = found.filter(kind=kind)
    if actor_id:
        found = found.filter(actor_id=actor_id)
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until + timedelta(days=1)))
    return found


def actors_of(organisation_id: UUID) -> QuerySet[User]:
    """Everybody who signed a line of this journal, by name."""
    signed = Entry.objects.filter(organisation_id=organisation_id, actor__isnull=False).order_by().values("actor")
    return User.objects.filter(pk__in=signed).order_by("full_name", "email")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def last_change_of(organisation_id: UUID, rows: Sequence[Model], name: str, *, since: datetime) -> Entry | None:
    """The last line that tells of a change of this field in one of these rows; None when no line names it.

    Verbs name what they change in `fields` (names), `changes` or `before` (values by name), or by a detail of that name. One query.
    """
    targets = [Q(object_type=row._meta.label, object_id=str(row.pk)) for row in rows]
    if not targets:
        return None
    told = Entry.objects.filter(reduce(or_, targets), organisation_id=organisation_id, kind=EntryKind.CHANGE, at__gte=since)
    for entry in told[:MOST_LINES]:
        details = entry.details
        places = (details.get("fields", ()), details.get("changes", ()), details.get("before", ()), details)
        if any(name in place for place in places):
            return entry
    return None

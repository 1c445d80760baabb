"""Reading the journal of one organisation."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from qualiopi.accounts.models import User
from qualiopi.journal.models import Entry


def entries_of(
    organisation_id: UUID, *, kind: str = "", actor_id: UUID | None = None, since: date | None = None, until: date | None = None
) -> QuerySet[Entry]:
    """The organisation's lines, last first, filtered by what is given; both days are included (Europe/Paris)."""
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

"""Keeping what boards are read from before somebody waits for it (ADR 163)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django_tasks import task

from evidence.readiness.gathering import reading_of_today
from evidence.readiness.keeping import board_of_today
from qualiopi.organisations.models import Organisation
from qualiopi.zones import on_days_of
from trainings.facts.keeping import gather_ahead, left_unread

# Fewer changes than that, a first reader reads without noticing.
MANY = 50
# So many portions are kept by one task: what is left is asked for again.
_PORTIONS = 100


@task()
def keep_ahead(organisation_id: str) -> None:
    """Keep what its sessions tell, by portions, then its board of today. Whatever is kept stays kept, were it to end at once."""
    for organisation in Organisation.objects.filter(pk=organisation_id):
        with on_days_of(organisation):
            reading = reading_of_today(organisation)
            for _portion in range(_PORTIONS):
                if not gather_ahead(organisation, reading):
                    board_of_today(organisation)
                    break


def behind() -> tuple[Any, Iterable[UUID]]:
    """The task that keeps ahead, and the organisations whose next reader would wait: after an import, after `migrate`. One query."""
    return keep_ahead, left_unread(most=MANY).order_by("pk").values_list("pk", flat=True)

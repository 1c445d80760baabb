"""Reading trainers."""

from __future__ import annotations

from django.db.models import Count, Max, QuerySet

from qualiopi.organisations.models import Organisation
from trainings.people.models import Trainer
from trainings.people.queries.names import people_saying


def trainers_of(organisation: Organisation, *, search: str = "") -> QuerySet[Trainer]:
    """Trainers by name, with `session_count` and `last_session_on`."""
    trainers: QuerySet[Trainer] = (
        Trainer.objects.for_organisation(organisation)
        .select_related("subcontractor", "user")
        .annotate(session_count=Count("assignments"), last_session_on=Max("sessions__starts_on"))
        .order_by("last_name", "first_name", "pk")
    )
    return trainers.filter(people_saying(organisation, Trainer, search)) if search.strip() else trainers

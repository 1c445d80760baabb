"""Reading trainees."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from qualiopi.organisations.models import Organisation
from qualiopi.text import search_words
from trainings.people.models import Trainee


def trainees_of(organisation: Organisation, *, search: str = "") -> QuerySet[Trainee]:
    """Trainees by name, with `enrolment_count`."""
    trainees: QuerySet[Trainee] = (
        Trainee.objects.for_organisation(organisation)
        .annotate(enrolment_count=Count("enrolments"))
        .order_by("last_name", "first_name", "pk")
    )
    for word in search_words(search):
        trainees = trainees.filter(name_key__contains=word)
    return trainees

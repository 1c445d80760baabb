"""Finding people by what they are called, or were before two pages became one."""

from __future__ import annotations

from django.db.models import Q

from qualiopi.folding import holding, saying
from qualiopi.organisations.models import Organisation
from trainings.people.models import FormerIdentity, Trainee, Trainer


def people_saying(organisation: Organisation, model: type[Trainee] | type[Trainer], text: str, *, names_alone: bool = False) -> Q:
    """Condition on trainees or trainers of this organisation: what is known of them, or was, says each word of this text.

    `names_alone` leaves out how to reach them, for who may not read it.
    """
    column, whose = "name_key" if names_alone else "found_by", model._meta.model_name
    former = FormerIdentity.objects.for_organisation(organisation).filter(**{f"{whose}__isnull": False}).order_by()

    def held(word: str) -> Q:
        said = holding(column)(word)
        return said | Q(pk__in=former.filter(said).values(f"{whose}"))

    return saying(text, held)

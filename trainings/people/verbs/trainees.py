"""What can be done with trainees."""

from __future__ import annotations

from django.db import transaction

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.text import person_key
from trainings.people.models import Trainee


def find_or_create_trainee(
    *, organisation: Organisation, first_name: str, last_name: str, email: str, actor: User | None
) -> Trainee:
    """The trainee of that name and address, or a new one. Same name with another address is somebody else."""
    key = person_key(first_name, last_name)
    known: Trainee | None = Trainee.objects.for_organisation(organisation).filter(name_key=key, email=email.lower()).first()
    if known is not None:
        return known
    with transaction.atomic():
        trainee = Trainee(organisation=organisation, first_name=first_name, last_name=last_name, email=email.lower())
        trainee.full_clean()
        trainee.save()
        record(verb="trainee.create", actor=actor, organisation_id=organisation.pk, target=trainee)
    return trainee

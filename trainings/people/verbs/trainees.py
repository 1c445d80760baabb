"""What can be done with trainees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from qualiopi.accounts.models import User
from qualiopi.journal.changes import set_fields
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


def change_trainee(*, trainee: Trainee, fields: Mapping[str, Any], actor: User | None) -> Trainee:
    """Correct what is known of a person; documents already issued keep what they said.

    `fields`: `civility`, `first_name`, `last_name`, `birth_name`, `email`, `phone`, `birth_date`, `postcode`. Writes the journal with the
    names of what changed, and nothing when nothing did. Raises ValidationError on a broken rule.
    """
    with transaction.atomic():
        locked: Trainee = Trainee.objects.for_organisation(trainee.organisation).select_for_update().get(pk=trainee.pk)
        changed = set_fields(locked, {**fields, "email": fields["email"].lower()} if "email" in fields else fields)
        locked.full_clean()
        if changed:
            locked.save()
            record(
                verb="trainee.change",
                actor=actor,
                organisation_id=locked.organisation_id,
                target=locked,
                details={"fields": changed},
            )
    return locked

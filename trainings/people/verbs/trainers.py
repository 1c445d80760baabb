"""What can be done with trainers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from qualiopi.accounts.models import User
from qualiopi.journal.changes import set_fields
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.text import person_key
from trainings.people.models import Trainer


def save_trainer(
    *, organisation: Organisation, fields: Mapping[str, Any], actor: User | None, trainer: Trainer | None = None
) -> Trainer:
    """Create a trainer, or change one; writes the journal. Raises ValidationError on a broken rule."""
    with transaction.atomic():
        verb = "trainer.change" if trainer else "trainer.create"
        if trainer is None:
            trainer = Trainer(organisation=organisation)
        else:
            trainer = Trainer.objects.for_organisation(organisation).select_for_update().get(pk=trainer.pk)
        changed = set_fields(trainer, fields)
        # The compared name is set on saving; the rule about names needs it before.
        trainer.name_key = person_key(trainer.first_name, trainer.last_name)
        trainer.full_clean()
        trainer.save()
        record(verb=verb, actor=actor, organisation_id=organisation.pk, target=trainer, details={"fields": changed})
    return trainer

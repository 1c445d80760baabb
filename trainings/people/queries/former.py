"""Finding somebody by what a page said of them before it was merged with another."""

from __future__ import annotations

from uuid import UUID

from qualiopi.organisations.models import Organisation
from trainings.people.models import FormerIdentity, Trainee, Trainer


def person_formerly(organisation: Organisation, model: type[Trainee] | type[Trainer], pk: UUID) -> UUID | None:
    """The page that took over the one of this identifier, None when there is none."""
    name = "trainee_id" if model is Trainee else "trainer_id"
    rows = FormerIdentity.objects.for_organisation(organisation).filter(former_id=pk, **{f"{name}__isnull": False})
    found: UUID | None = rows.values_list(name, flat=True).first()
    return found


def known_as(trainee: Trainee) -> tuple[set[str], set[str]]:
    """Every compared name and every address, in small letters, under which somebody is or was known. Reads `former_identities`."""
    before = trainee.former_identities.all()
    names = {trainee.name_key, *(identity.name_key for identity in before)}
    return names, {trainee.email.lower(), *(identity.email for identity in before)} - {""}

"""Finding somebody by what a page said of them before it was merged with another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from qualiopi.links import Behind, LinkState, look_behind
from qualiopi.organisations.models import Organisation
from qualiopi.tenancy import TenantModel
from trainings.people.models import FormerIdentity, FormerLink, Trainee, Trainer

Row = TypeVar("Row", bound=TenantModel)


def person_formerly(organisation: Organisation, model: type[Trainee] | type[Trainer], pk: UUID) -> UUID | None:
    """The page that took over the one of this identifier, None when there is none."""
    name = "trainee_id" if model is Trainee else "trainer_id"
    rows = FormerIdentity.objects.for_organisation(organisation).filter(former_id=pk, **{f"{name}__isnull": False})
    found: UUID | None = rows.values_list(name, flat=True).first()
    return found


def formerly(person: Trainee | Trainer) -> list[str]:
    """What pages merged with this one said, and that is not said any more: « Léa Dupond, lea.dupond@exemple.fr ». One query."""
    now = {str(person), person.email.lower()}
    told = []
    for identity in person.former_identities.order_by("created_at", "pk"):
        words = ", ".join(part for part in (identity.name, identity.email) if part and part not in now)
        if words and words not in told:
            told.append(words)
    return told


def known_as(trainee: Trainee) -> tuple[set[str], set[str]]:
    """Every compared name and every address, in small letters, under which somebody is or was known. Reads `former_identities`."""
    before = trainee.former_identities.all()
    names = {trainee.name_key, *(identity.name_key for identity in before)}
    return names, {trainee.email.lower(), *(identity.email for identity in before)} - {""}


def look_behind_merged(token: str, links: QuerySet[Row], state: Callable[[Row], LinkState]) -> Behind[Row] | None:
    """As `look_behind`; a token given before two pages became one opens the link that took its place. One query, three for others."""
    found = look_behind(token, links, state)
    if found is not None:
        return found
    former = look_behind(token, FormerLink.objects.all(), lambda _link: LinkState.OPEN)
    row = links.filter(pk=former.row.leads_to).first() if former is not None else None
    if former is None or row is None or getattr(row, "number", None) != former.row.number:
        return None
    return Behind(row, state(row))

"""Companies and funders: found by name or created whole, completed later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.changes import set_fields
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.text import comparison_key
from trainings.people.funders import funder_kind
from trainings.people.models import Company, Funder
from trainings.people.queries.parties import party_named

Party = TypeVar("Party", bound=Company | Funder)


def find_or_create_company(*, organisation: Organisation, name: str, actor: User | None) -> Company:
    """The company of that name, whatever its capitals and accents, or a new one; writes the journal when it is new."""
    known: Company | None = party_named(organisation, Company, name)
    return known or create_party(organisation=organisation, model=Company, fields={"name": name.strip()}, actor=actor)


def find_or_create_funder(*, organisation: Organisation, name: str, actor: User | None) -> Funder:
    """The funder of that name, or a new one whose nature its name tells (« CPF », « OPCO », « région »…); writes the journal."""
    known: Funder | None = party_named(organisation, Funder, name)
    fields = {"name": name.strip(), "kind": funder_kind(comparison_key(name))}
    return known or create_party(organisation=organisation, model=Funder, fields=fields, actor=actor)


def create_party(*, organisation: Organisation, model: type[Party], fields: Mapping[str, Any], actor: User | None) -> Party:
    """Create a company or a funder with what is known of it: the fields of `change_party`. Writes the journal.

    Raises ValidationError on a broken rule: a name is held once, whatever its capitals and accents.
    """
    with transaction.atomic():
        party = model(organisation=organisation)
        set_fields(party, fields)
        _check(party)
        party.save()
        record(verb=f"{model.__name__.lower()}.create", actor=actor, organisation_id=organisation.pk, target=party)
    return party


def change_party(*, party: Company | Funder, fields: Mapping[str, Any], actor: User | None) -> Company | Funder:
    """Complete what is known of a company or a funder; documents already issued keep what they said.

    `fields`: `name`; of a company `email`, `representative`, `siret`, `address`; of a funder `email`, `kind`. Writes the
    journal with the names of what changed, and nothing when nothing did. Raises ValidationError on a broken rule.
    """
    with transaction.atomic():
        locked: Company | Funder = type(party).objects.for_organisation(party.organisation).select_for_update().get(pk=party.pk)
        changed = set_fields(locked, fields)
        _check(locked)
        if changed:
            locked.save()
            record(
                verb=f"{type(party).__name__.lower()}.change",
                actor=actor,
                organisation_id=locked.organisation_id,
                target=locked,
                details={"fields": changed},
            )
    return locked


def _check(party: Company | Funder) -> None:
    # The compared name is set on saving; the rule about names needs it before.
    party.name_key = comparison_key(party.name)[:200]
    if not party.name_key:
        raise ValidationError({"name": _("Écrivez le nom en lettres ou en chiffres.")})
    party.full_clean()

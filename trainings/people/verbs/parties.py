"""Companies and funders: found by name, completed later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction

from qualiopi.accounts.models import User
from qualiopi.journal.changes import set_fields
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.text import comparison_key
from trainings.people.funders import funder_kind
from trainings.people.models import Company, Funder

Party = TypeVar("Party", Company, Funder)


def find_or_create_company(*, organisation: Organisation, name: str, actor: User | None) -> Company:
    """The company of that name, whatever its capitals and accents, or a new one; writes the journal when it is new."""
    known: Company | None = _known(Company, organisation, name)
    if known is not None:
        return known
    with transaction.atomic():
        company = Company(organisation=organisation, name=name.strip(), name_key=comparison_key(name)[:200])
        company.full_clean()
        company.save()
        record(verb="company.create", actor=actor, organisation_id=organisation.pk, target=company)
    return company


def find_or_create_funder(*, organisation: Organisation, name: str, actor: User | None) -> Funder:
    """The funder of that name, or a new one whose nature its name tells (« CPF », « OPCO », « région »…); writes the journal."""
    known: Funder | None = _known(Funder, organisation, name)
    if known is not None:
        return known
    key = comparison_key(name)[:200]
    with transaction.atomic():
        funder = Funder(organisation=organisation, name=name.strip(), name_key=key, kind=funder_kind(key))
        funder.full_clean()
        funder.save()
        record(verb="funder.create", actor=actor, organisation_id=organisation.pk, target=funder)
    return funder


def change_party(*, party: Company | Funder, fields: Mapping[str, Any], actor: User | None) -> Company | Funder:
    """Complete what is known of a company or a funder; documents already issued keep what they said.

    `fields`: of a company `email`, `representative`, `siret`, `address`; of a funder `email`, `kind`. Writes the journal with the names
    of what changed, and nothing when nothing did. Raises ValidationError on a broken rule.
    """
    with transaction.atomic():
        locked: Company | Funder = type(party).objects.for_organisation(party.organisation).select_for_update().get(pk=party.pk)
        changed = set_fields(locked, fields)
        locked.full_clean()
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


def _known(model: type[Party], organisation: Organisation, name: str) -> Party | None:
    rows = model.objects.for_organisation(organisation)
    found: Party | None = rows.filter(name_key=comparison_key(name)[:200]).first()
    return found

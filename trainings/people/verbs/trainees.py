"""What can be done with trainees."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.accounts.models import User
from qualiopi.journal.changes import set_fields
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.text import person_key
from trainings.people.models import Trainee
from trainings.people.queries.trainees import look_alikes


def find_or_create_trainee(
    *, organisation: Organisation, first_name: str, last_name: str, email: str, actor: User | None
) -> Trainee:
    """The trainee of that name and address, or a new one. Same name with another address is somebody else.

    Somebody whose page was merged with another is found by what each of the two said.
    """
    key, address = person_key(first_name, last_name), email.lower()
    of_that_name = Q(name_key=key) | Q(former_identities__name_key=key)
    of_that_address = Q(email=address) | Q(former_identities__email=address)
    rows = Trainee.objects.for_organisation(organisation).filter(of_that_name).filter(of_that_address)
    known: Trainee | None = rows.order_by("created_at", "pk").first()
    if known is not None:
        return known
    fields = {"first_name": first_name, "last_name": last_name, "email": email}
    return _add(organisation=organisation, fields=fields, actor=actor)


class LookAlikes(ValidationError):
    """Somebody who may be the same person is known; `people`: who."""

    def __init__(self, people: list[Trainee]) -> None:
        sentence = ngettext(
            "Une personne connue a ce nom ou cette adresse : ouvrez sa fiche, ou dites que c’est quelqu’un d’autre.",
            "Des personnes connues ont ce nom ou cette adresse : ouvrez la bonne fiche, ou dites que c’est quelqu’un d’autre.",
            len(people),
        )
        super().__init__(sentence, code="look_alikes")
        self.people = people


def create_trainee(
    *, organisation: Organisation, fields: Mapping[str, Any], seen: Collection[UUID], actor: User | None
) -> Trainee:
    """Add a person whom no enrolment names yet. `fields`: those of `change_trainee`. Writes the journal.

    `seen`: those of the same name or address of whom the actor said that they are somebody else. Raises LookAlikes when there is
    another one, ValidationError on a broken rule.
    """
    asked = {name: fields.get(name, "") for name in ("first_name", "last_name", "email")}
    known = list(look_alikes(organisation, **asked))
    if not {person.pk for person in known} <= set(seen):
        raise LookAlikes(known)
    return _add(organisation=organisation, fields=fields, actor=actor)


def _add(*, organisation: Organisation, fields: Mapping[str, Any], actor: User | None) -> Trainee:
    with transaction.atomic():
        trainee = Trainee(organisation=organisation)
        _set(trainee, fields)
        trainee.save()
        record(verb="trainee.create", actor=actor, organisation_id=organisation.pk, target=trainee)
    return trainee


def _set(trainee: Trainee, fields: Mapping[str, Any]) -> list[str]:
    """Set and check the fields of a person; the names of those that changed."""
    changed = set_fields(trainee, {**fields, "email": fields["email"].lower()} if "email" in fields else fields)
    if not person_key(trainee.first_name, trainee.last_name):
        raise ValidationError({"last_name": _("Écrivez le nom en lettres.")})
    trainee.full_clean()
    return changed


def change_trainee(*, trainee: Trainee, fields: Mapping[str, Any], actor: User | None) -> Trainee:
    """Correct what is known of a person; documents already issued keep what they said.

    `fields`: `civility`, `first_name`, `last_name`, `birth_name`, `email`, `phone`, `birth_date`, `postcode`. Writes the journal with the
    names of what changed, and nothing when nothing did. Raises ValidationError on a broken rule.
    """
    with transaction.atomic():
        locked: Trainee = Trainee.objects.for_organisation(trainee.organisation).select_for_update().get(pk=trainee.pk)
        changed = _set(locked, fields)
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

"""What can be done with subcontractors, their contracts and their reviews."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.files.verbs import all_or_nothing, receive
from qualiopi.journal.changes import set_fields
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.text import comparison_key
from trainings.people.missions import Mission
from trainings.people.models import Subcontract, Subcontractor, SubcontractorReview, Trainer, TrainerStatus


def save_subcontractor(
    *, organisation: Organisation, fields: Mapping[str, Any], actor: User | None, subcontractor: Subcontractor | None = None
) -> Subcontractor:
    """Create a subcontractor, or change one; writes the journal. Raises ValidationError on a broken rule."""
    with transaction.atomic():
        verb = "subcontractor.change" if subcontractor else "subcontractor.create"
        row = Subcontractor(organisation=organisation)
        if subcontractor is not None:
            row = Subcontractor.objects.for_organisation(organisation).select_for_update().get(pk=subcontractor.pk)
        changed = set_fields(row, fields)
        # The compared name is set on saving; the rule about names needs it before.
        row.name_key = comparison_key(row.name)[:200]
        row.full_clean()
        row.save()
        record(verb=verb, actor=actor, organisation_id=organisation.pk, target=row, details={"fields": changed})
    return row


def subcontractor_of_trainer(*, trainer: Trainer, actor: User | None) -> Subcontractor:
    """The subcontractor that a self-employed trainer is: theirs, one of the same name, or a new one made from their page.

    The trainer becomes one of its people, with the status that goes with it; writes the journal.
    """
    with transaction.atomic():
        person = Trainer.objects.select_related("subcontractor", "organisation").get(pk=trainer.pk)
        if person.subcontractor is not None:
            return person.subcontractor
        rows = Subcontractor.objects.for_organisation(person.organisation)
        row: Subcontractor | None = rows.filter(name_key=comparison_key(str(person))).first()
        if row is None:
            fields = {"name": str(person), "activity_number": person.activity_number, "email": person.email}
            row = save_subcontractor(organisation=person.organisation, fields=fields, actor=actor)
        person.subcontractor, person.status = row, TrainerStatus.SUBCONTRACTOR
        person.save(update_fields=["subcontractor", "status"])
        record(
            verb="trainer.change",
            actor=actor,
            organisation_id=person.organisation_id,
            target=person,
            details={"fields": ["status", "subcontractor"]},
        )
    return row


def save_subcontract(
    *,
    subcontractor: Subcontractor,
    fields: Mapping[str, Any],
    actor: User | None,
    contract: Subcontract | None = None,
    upload: File[Any] | None = None,
) -> Subcontract:
    """Create a contract, or change one; a new signed file replaces the one before, which is kept. Writes the journal.

    Raises RefusedFile for the file, ValidationError on a broken rule or an unknown mission.
    """
    unknown = set(fields.get("missions", ())) - set(Mission.values)
    if unknown:
        raise ValidationError({"missions": _("Mission inconnue : %(keys)s.") % {"keys": ", ".join(sorted(unknown))}})
    with all_or_nothing():
        stored = receive(organisation=subcontractor.organisation, upload=upload, actor=actor) if upload else None
        with transaction.atomic():
            verb = "subcontract.change" if contract else "subcontract.create"
            row = Subcontract(organisation_id=subcontractor.organisation_id, subcontractor=subcontractor)
            if contract is not None:
                row = Subcontract.objects.select_for_update().get(pk=contract.pk, subcontractor=subcontractor)
            changed = set_fields(row, fields)
            details: dict[str, Any] = {"fields": changed, "subcontractor": str(subcontractor)}
            if stored is not None:
                stored.save()
                row.file = stored
                details |= {"file": stored.name, "sha256": stored.sha256}
            row.full_clean()
            row.save()
            record(verb=verb, actor=actor, organisation_id=row.organisation_id, target=row, details=details)
    return row


def review_subcontractor(*, subcontractor: Subcontractor, fields: Mapping[str, Any], actor: User | None) -> SubcontractorReview:
    """Date a check of a subcontractor, with its conclusion; writes the journal. Raises ValidationError on a broken rule."""
    with transaction.atomic():
        review = SubcontractorReview(
            organisation_id=subcontractor.organisation_id, subcontractor=subcontractor, reviewed_by=actor, **fields
        )
        if review.held_on is not None and review.held_on > timezone.localdate():
            raise ValidationError({"held_on": _("Une revue se note une fois faite : cette date est à venir.")})
        review.full_clean()
        review.save()
        details = {"held_on": review.held_on.isoformat(), "goes_on": review.goes_on}
        record(
            verb="subcontractor.review",
            actor=actor,
            organisation_id=review.organisation_id,
            target=subcontractor,
            details=details,
        )
    return review

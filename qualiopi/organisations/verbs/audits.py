"""The certifier's visits: those that took place, and the one that is prepared."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.organisations.enums import AuditKind, Category
from qualiopi.organisations.models import CertifierAudit, Organisation


def record_certifier_audit(
    *,
    organisation: Organisation,
    kind: AuditKind,
    held_on: date,
    categories: Collection[str],
    actor: User | None,
    certifier: str = "",
    auditor_name: str = "",
) -> CertifierAudit:
    """Note a visit that took place. It opens the period in which the next visit looks for proofs.

    `categories`: codes of the categories of action it covered, one at least. Raises ValidationError when the day is still to come
    or the visit is already noted. Writes the journal.
    """
    if held_on > timezone.localdate():
        raise ValidationError({"held_on": _("Cet audit n’a pas encore eu lieu : planifiez-le plutôt.")})
    return _add("audit.recorded", organisation, kind, held_on, categories, actor, certifier, auditor_name)


def plan_audit(
    *,
    organisation: Organisation,
    kind: AuditKind,
    held_on: date,
    categories: Collection[str],
    actor: User | None,
    certifier: str = "",
    auditor_name: str = "",
) -> CertifierAudit:
    """Set the day of a visit to come: every page then reads the indicators for that day, with the grid of that day.

    Raises ValidationError when the day is past or the visit is already planned. Writes the journal.
    """
    _check_to_come(held_on)
    return _add("audit.planned", organisation, kind, held_on, categories, actor, certifier, auditor_name)


@transaction.atomic
def move_audit(*, audit: CertifierAudit, held_on: date, actor: User | None) -> CertifierAudit:
    """Give a visit to come another day. Raises ValidationError when either day is past. Writes the journal."""
    audit = CertifierAudit.objects.select_for_update().get(pk=audit.pk)
    _check_still_to_come(audit)
    _check_to_come(held_on)
    before, audit.held_on = audit.held_on, held_on
    audit.full_clean()
    audit.save(update_fields=["held_on"])
    details = {"changes": {"held_on": [before.isoformat(), held_on.isoformat()]}}
    record(verb="audit.moved", actor=actor, organisation_id=audit.organisation_id, target=audit, details=details)
    return audit


@transaction.atomic
def cancel_audit(*, audit: CertifierAudit, actor: User | None) -> None:
    """Forget a visit to come. Raises ValidationError when it already took place. Writes the journal."""
    audit = CertifierAudit.objects.select_for_update().get(pk=audit.pk)
    _check_still_to_come(audit)
    record(verb="audit.cancelled", actor=actor, organisation_id=audit.organisation_id, target=audit)
    audit.delete()


@transaction.atomic
def _add(
    verb: str,
    organisation: Organisation,
    kind: AuditKind,
    held_on: date,
    categories: Collection[str],
    actor: User | None,
    certifier: str,
    auditor_name: str,
) -> CertifierAudit:
    covers = {f"covers_{category.value.lower()}": category.value in categories for category in Category}
    audit = CertifierAudit(
        organisation=organisation,
        kind=kind,
        held_on=held_on,
        certifier=certifier.strip(),
        auditor_name=auditor_name.strip(),
        **covers,
    )
    audit.full_clean()
    audit.save()
    details = {"categories": audit.categories, "certifier": audit.certifier}
    record(verb=verb, actor=actor, organisation_id=organisation.pk, target=audit, details=details)
    return audit


def _check_to_come(held_on: date) -> None:
    if held_on < timezone.localdate():
        raise ValidationError({"held_on": _("Cette date est passée : choisissez aujourd’hui ou un jour à venir.")})


def _check_still_to_come(audit: CertifierAudit) -> None:
    if audit.held_on < timezone.localdate():
        raise ValidationError(_("Cet audit a eu lieu : il ne se déplace plus et ne s’efface plus."))

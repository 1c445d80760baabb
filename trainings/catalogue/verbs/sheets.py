"""Writing what the public is told of a course, proofreading it, opening and closing its page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.changes import set_fields
from qualiopi.journal.verbs import record
from trainings.catalogue.completeness import SHEET_COLUMNS, SHEET_TEXTS, is_empty
from trainings.catalogue.models import Course, PublicSheet


def save_sheet(*, course: Course, fields: Mapping[str, Any], actor: User | None) -> PublicSheet:
    """Write headings of the public sheet of a course, made if there is none. Writes the journal, with the names of what changed.

    `fields`: columns of PublicSheet among the headings and `found_at`. A proofreading stays what it was: the page says that the
    sheet changed since. Raises ValidationError on a broken rule.
    """
    with transaction.atomic():
        sheet = _locked(course) or PublicSheet(organisation=course.organisation, course=course)
        allowed = {*SHEET_TEXTS, "found_at"}
        changed = set_fields(sheet, {name: value for name, value in fields.items() if name in allowed})
        sheet.full_clean()
        sheet.save()
        record(verb="sheet.change", actor=actor, organisation_id=sheet.organisation_id, target=sheet, details={"fields": changed})
    return sheet


def proofread(*, course: Course, on: date, found_at: str, said_alike: bool | None, actor: User) -> PublicSheet:
    """Note that a person read everything that is published on a course on this day, and where it is found (indicator 1).

    `said_alike`: every place says the same and misleads nobody (text in force since 1 November 2026); None when it was not looked
    at. Raises ValidationError: nothing written yet, no place, a day to come. Writes the journal.
    """
    with transaction.atomic():
        sheet = _written(course)
        errors = {}
        if not found_at.strip():
            errors["found_at"] = _("Dites où l’on trouve cette information : l’adresse de la page, ou qui l’envoie.")
        if on > timezone.localdate():
            errors["proofread_on"] = _("Une relecture ne se date pas d’avance.")
        if errors:
            raise ValidationError(errors)
        sheet.found_at, sheet.proofread_on, sheet.proofread_by, sheet.said_alike = found_at.strip(), on, actor, said_alike
        sheet.full_clean()
        # `updated_at` says when the headings changed: it is left out.
        sheet.save(update_fields=["found_at", "proofread_on", "proofread_by", "said_alike"])
        record(
            verb="sheet.proofread",
            actor=actor,
            organisation_id=sheet.organisation_id,
            target=sheet,
            details={"on": on.isoformat(), "found_at": sheet.found_at, "said_alike": said_alike},
        )
    return sheet


def publish(*, course: Course, actor: User | None) -> PublicSheet:
    """Open the public page of a course. Raises ValidationError when nothing is written, or when it is withdrawn from sale."""
    with transaction.atomic():
        sheet = _written(course)
        if course.archived_on is not None and course.archived_on <= timezone.localdate():
            raise ValidationError(_("Cette formation est retirée de la vente : sa page publique reste fermée."))
        if sheet.published_at is None:
            sheet.published_at = timezone.now()
            sheet.save(update_fields=["published_at"])
            record(verb="sheet.published", actor=actor, organisation_id=sheet.organisation_id, target=sheet)
    return sheet


def unpublish(*, course: Course, actor: User | None) -> PublicSheet | None:
    """Close the public page of a course: its address answers as if it had never been. Nothing to do when it is closed."""
    with transaction.atomic():
        sheet = _locked(course)
        if sheet is not None and sheet.published_at is not None:
            sheet.published_at = None
            sheet.save(update_fields=["published_at"])
            record(verb="sheet.unpublished", actor=actor, organisation_id=sheet.organisation_id, target=sheet)
    return sheet


def _locked(course: Course) -> PublicSheet | None:
    sheet: PublicSheet | None = (
        PublicSheet.objects.for_organisation(course.organisation).select_for_update().filter(course=course).first()
    )
    return sheet


def _written(course: Course) -> PublicSheet:
    sheet = _locked(course)
    if sheet is None or all(is_empty(getattr(sheet, column)) for column in SHEET_COLUMNS):
        raise ValidationError(_("Rien n’est encore écrit sur cette formation : remplissez d’abord sa fiche publique."))
    return sheet

"""Rights to prepare for a certification: added, corrected, never silently lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import transaction

from qualiopi.accounts.models import User
from qualiopi.files.models import StoredFile
from qualiopi.files.verbs import all_or_nothing, discard, receive
from qualiopi.journal.changes import set_fields
from qualiopi.journal.verbs import record
from trainings.catalogue.models import Accreditation, Course

FIELDS = ("kind", "reference", "valid_from", "valid_until")


def save_accreditation(
    *,
    course: Course,
    fields: Mapping[str, Any],
    upload: File[Any] | None,
    actor: User | None,
    accreditation: Accreditation | None = None,
) -> Accreditation:
    """Add a right to prepare for the certification of a course, or correct one. A renewal is one more: it mends no past session.

    `fields` among FIELDS; `upload` is its file, which replaces the former one. Raises RefusedFile for the file, ValidationError for
    the rest. Writes the journal with the digests of both files.
    """
    with all_or_nothing():
        stored = receive(organisation=course.organisation, upload=upload, actor=actor) if upload else None
        with transaction.atomic():
            verb = "accreditation.change" if accreditation else "accreditation.create"
            row = _locked(accreditation) if accreditation else Accreditation(organisation=course.organisation, course=course)
            former = row.file
            changed = set_fields(row, {name: fields[name] for name in FIELDS if name in fields})
            details: dict[str, Any] = {"course": str(course), "fields": changed}
            if stored is not None:
                stored.save()
                row.file = stored
                details["file"] = _fingerprint(stored)
            row.full_clean()
            row.save()
            if stored is not None and former is not None:
                details["replaced"] = _fingerprint(former)
                discard(stored=former)
            record(verb=verb, actor=actor, organisation_id=row.organisation_id, target=row, details=details)
    return row


def remove_accreditation(*, accreditation: Accreditation, actor: User | None) -> None:
    """Take away a right that was entered by mistake, with its file. Writes the journal with what it said."""
    with transaction.atomic():
        row = _locked(accreditation)
        details: dict[str, Any] = {
            "course": str(row.course),
            "kind": row.kind,
            "valid_from": row.valid_from.isoformat(),
            "valid_until": row.valid_until.isoformat() if row.valid_until else None,
        }
        stored = row.file
        if stored is not None:
            details["file"] = _fingerprint(stored)
        record(verb="accreditation.removed", actor=actor, organisation_id=row.organisation_id, target=row, details=details)
        row.delete()
        if stored is not None:
            discard(stored=stored)


def _locked(accreditation: Accreditation) -> Accreditation:
    row: Accreditation = (
        Accreditation.objects.for_organisation(accreditation.organisation)
        .select_related("course", "file")
        .select_for_update(of=("self",))
        .get(pk=accreditation.pk)
    )
    return row


def _fingerprint(stored: StoredFile) -> dict[str, str]:
    return {"name": stored.name, "sha256": stored.sha256}

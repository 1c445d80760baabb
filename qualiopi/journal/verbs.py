"""Writing in the journal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models

from qualiopi.accounts.models import User
from qualiopi.journal.models import Entry, EntryKind


def record(
    *,
    verb: str,
    actor: User | None,
    organisation_id: UUID | None,
    target: models.Model | None = None,
    details: dict[str, Any] | None = None,
    kind: EntryKind = EntryKind.CHANGE,
) -> Entry:
    """Add a line: who did what to which object. `actor` is None for the public and for commands."""
    return Entry.objects.create(
        organisation_id=organisation_id,
        actor=actor,
        actor_name=str(actor) if actor else "",
        kind=kind,
        verb=verb,
        object_type=target._meta.label if target is not None else "",
        object_id=str(target.pk) if target is not None else "",
        object_label=str(target)[:250] if target is not None else "",
        details=details or {},
    )


def record_reading(
    *,
    verb: str,
    actor: User | None,
    organisation_id: UUID,
    target: models.Model | None = None,
    details: dict[str, Any] | None = None,
) -> Entry:
    """Add a line for the opening of something sensitive (a piece of evidence, a pack)."""
    return record(verb=verb, actor=actor, organisation_id=organisation_id, target=target, details=details, kind=EntryKind.READING)

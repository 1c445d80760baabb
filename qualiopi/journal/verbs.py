"""Writing in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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
    entry = _entry(verb, actor, organisation_id, Noted(target, details or {}), kind)
    entry.save()
    return entry


@dataclass(frozen=True, slots=True)
class Noted:
    """What a line is about, and what it says of it."""

    target: models.Model | None
    details: dict[str, Any] = field(default_factory=dict)


def record_each(*, verb: str, actor: User | None, organisation_id: UUID | None, subjects: Sequence[Noted]) -> None:
    """Add a line for each of these objects, to which the same was done at once. One query."""
    Entry.objects.bulk_create(_entry(verb, actor, organisation_id, subject, EntryKind.CHANGE) for subject in subjects)


def _entry(verb: str, actor: User | None, organisation_id: UUID | None, subject: Noted, kind: EntryKind) -> Entry:
    target = subject.target
    return Entry(
        organisation_id=organisation_id,
        actor=actor,
        actor_name=str(actor) if actor else "",
        kind=kind,
        verb=verb,
        object_type=target._meta.label if target is not None else "",
        object_id=str(target.pk) if target is not None else "",
        object_label=str(target)[:250] if target is not None else "",
        details=subject.details,
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

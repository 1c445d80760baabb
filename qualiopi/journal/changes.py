"""What a verb changes in a row, for the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model


def set_fields(row: Model, fields: Mapping[str, Any]) -> list[str]:
    """Set the fields of a row, not saved, and give the names of those that changed, sorted."""
    changed = []
    for name, value in fields.items():
        # A row that is not stored yet may have nothing to compare with (a required relation raises when it is read).
        if row._state.adding or getattr(row, name) != value:
            changed.append(name)
        setattr(row, name, value)
    return sorted(changed)

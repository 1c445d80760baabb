"""What a verb changes in a row, and all that a row says, for the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from qualiopi.exchange.outcome import as_json
from qualiopi.folding import Folded


def set_fields(row: Model, fields: Mapping[str, Any]) -> list[str]:
    """Set the fields of a row, not saved, and give the names of those that changed, sorted."""
    changed = []
    for name, value in fields.items():
        # A row that is not stored yet may have nothing to compare with (a required relation raises when it is read).
        if row._state.adding or getattr(row, name) != value:
            changed.append(name)
        setattr(row, name, value)
    return sorted(changed)


def picture(row: Model) -> dict[str, Any]:
    """Every value of a row, as the journal keeps them; the organisation, what is empty and what follows other values are left out."""
    values = {field.name: field.value_from_object(row) for field in row._meta.concrete_fields if not isinstance(field, Folded)}
    return {name: as_json(value) for name, value in values.items() if value not in (None, "", [], {}) and name != "organisation"}

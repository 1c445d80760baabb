"""Identifiers read in bulk: as text, without building a UUID for each row."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import ExpressionWrapper, F, TextField


def raw(path: str) -> ExpressionWrapper:
    """A key column as the database driver gives it; for `values_list`, in queries that bring tens of thousands of rows."""
    return ExpressionWrapper(F(path), output_field=TextField())


class Names(dict[Any, str]):
    """From what the driver gives (a UUID, or 32 hexadecimal digits) to the identifier in its usual form, worked out once for each."""

    def __missing__(self, key: Any) -> str:
        self[key] = name = str(key if isinstance(key, UUID) else UUID(key))
        return name

"""Columns read in bulk, by tens of thousands of rows: as the driver gives them, worked out once for each different value."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import ExpressionWrapper, F, TextField


def raw(path: str) -> ExpressionWrapper:
    """A column as the database driver gives it (a key, a day, JSON), for `values_list`: nothing is converted row by row."""
    return ExpressionWrapper(F(path), output_field=TextField())


class Names(dict[Any, str]):
    """From what the driver gives (a UUID, or 32 hexadecimal digits) to the identifier in its usual form, worked out once for each."""

    def __missing__(self, key: Any) -> str:
        # Cutting 32 digits into five groups is ten times faster than building a UUID to write it.
        self[key] = name = str(key) if isinstance(key, UUID) else f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"
        return name


@lru_cache(maxsize=8192)
def as_day(value: Any) -> date | None:
    """A raw day: SQLite gives a text, PostgreSQL a date."""
    return date.fromisoformat(value) if isinstance(value, str) else value

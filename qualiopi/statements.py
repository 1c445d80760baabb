"""Statements written by hand, where many people wait for one another (ADR 0068): keys as the database keeps them, and trips to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection


def as_stored(key: UUID) -> UUID | str:
    """A key, as a statement written by hand gives it to the database: SQLite keeps 32 digits."""
    return key if connection.features.has_native_uuid_field else key.hex


def as_key(stored: UUID | str) -> UUID:
    """The key that a statement written by hand read."""
    return stored if isinstance(stored, UUID) else UUID(stored)


def in_one_trip(*said: tuple[str, list[Any]]) -> list[list[Any]]:
    """Say these statements one after the other, each seeing what was done before it; the rows of each. A database that is another
    process hears them all at once: every trip to it is waited for by everybody else.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return [_rows(cursor.execute(words, values)) for words, values in said]
        cursor.execute(";".join(words for words, _values in said), [value for _words, values in said for value in values])
        given = [_rows(cursor)]
        while cursor.nextset():
            given.append(_rows(cursor))
        return given


def _rows(cursor: Any) -> list[Any]:
    return cursor.fetchall() if cursor.description else []

"""What an organisation already knows of one kind of thing, by key, and what a file adds to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)
BATCH = 1_000


class Directory(Generic[M]):
    """Rows of a tenant model found by key in one query, completed by new ones written together at the end."""

    def __init__(self, model: type[M], organisation: Any, *, key: str) -> None:
        self.model = model
        self.known: dict[str, M] = {
            getattr(row, key): row
            for row in model._default_manager.for_organisation(organisation)  # type: ignore[attr-defined]
        }
        self.added: list[M] = []

    def get(self, key: str) -> M | None:
        """The row with this key, known or added."""
        return self.known.get(key)

    def get_or_add(self, key: str, build: Callable[[], M]) -> M:
        """The row with this key, built (not yet saved) when there is none."""
        row = self.known.get(key)
        if row is None:
            row = build()
            self.known[key] = row
            self.added.append(row)
        return row

    def keep_only(self, used: set[Any]) -> None:
        """Forget what was added and that nothing refers to in the end. ``used``: primary keys."""
        self.added = [row for row in self.added if row.pk in used]

    def write(self) -> None:
        """Save what was added."""
        self.model._default_manager.bulk_create(self.added, batch_size=BATCH)

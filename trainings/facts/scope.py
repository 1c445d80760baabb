"""Whose facts are read: those of a whole organisation, or of some of its sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from qualiopi.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Scope:
    """One organisation; ``sessions``: these alone, by identifier or by a query that finds them, or all of them when None.
    Whoever gives some fetched them through the organisation."""

    organisation: Organisation
    sessions: Sequence[str] | QuerySet[Any, Any] | None = None

    def of(self, model: type[Model], session: str = "session", organisation: str = "organisation") -> QuerySet[Any]:
        """The rows of a table that go with these sessions. ``session``: the way from a row to its session."""
        rows = model._default_manager.order_by()
        if self.sessions is None:
            return rows.filter(**{organisation: self.organisation})
        # They are of this organisation. Named beside them, it would have SQLite walk through all its rows.
        return rows.filter(**{f"{session}__in": self.sessions})

"""What pages say of an indicator that somebody set aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from evidence.readiness.models import SetAside
from qualiopi.standard.book import expectations
from qualiopi.web.dates import long_date


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declaration in words: what allows it and why, then who said so, when and until when."""

    pk: UUID
    said: str
    by: str


def declarations_told(rows: Iterable[SetAside]) -> list[Declaration]:
    """In the order they were made. A ground that the standard no longer has is left out: the reason stays."""
    grounds = expectations().grounds
    return [
        Declaration(
            pk=row.pk,
            said=" ".join(filter(None, (grounds[row.ground].says if row.ground in grounds else "", row.reason))),
            by=_("par %(person)s le %(day)s, jusqu’au %(until)s")
            % {"person": row.decided_by, "day": long_date(row.created_at), "until": long_date(row.until)},
        )
        for row in rows
    ]

"""Reading the pieces of an indicator, of which the engine gives the identifiers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from evidence.library.models import Document, IndicatorLink, ReviewState, Version
from qualiopi.identifiers import Names, raw
from qualiopi.organisations.models import Organisation


def versions_listed(organisation: Organisation, pieces: Iterable[str]) -> list[Version]:
    """The last version of these pieces, in their order, as their cards show it. Two queries."""
    rows = _last_versions(organisation).filter(document__in=list(pieces))
    found = {str(row.document_id): row for row in rows.prefetch_related("document__indicator_links")}
    return [found[piece] for piece in pieces if piece in found]


def last_filed(organisation: Organisation, number: int, *, most: int) -> list[Version]:
    """The versions filed last among the pieces linked to an indicator; withdrawn ones are left out. One query."""
    linked = IndicatorLink.objects.filter(document=OuterRef("document"), indicator=number)
    rows = _last_versions(organisation).filter(Exists(linked), document__withdrawn_at__isnull=True)
    return list(rows.order_by("-created_at", "id")[:most])


def _last_versions(organisation: Organisation) -> Any:
    newer = Version.objects.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
    rows = Version.objects.for_organisation(organisation).filter(~Exists(newer))
    return rows.select_related("document__reviewed_by", "file", "created_by")


def refused_pieces(organisation: Organisation, number: int) -> int:
    """How many pieces linked to an indicator were refused in review: they count nowhere. One query."""
    refused = Document.objects.for_organisation(organisation).filter(
        review_state=ReviewState.REFUSED, withdrawn_at__isnull=True, indicator_links__indicator=number
    )
    return refused.count()


def unread_among(organisation: Organisation, pieces: Iterable[str]) -> list[str]:
    """Those that nobody accepted in review yet, in the same order. One query."""
    unread = Document.objects.for_organisation(organisation).filter(review_state=ReviewState.NOT_REVIEWED)
    names = Names()
    waiting = {names[key] for key in unread.order_by().values_list(raw("pk"), flat=True)}
    return [piece for piece in pieces if piece in waiting]

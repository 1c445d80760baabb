"""What the search finds of pieces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evidence.library.models import Document, ReviewState
from evidence.library.proposals import type_label
from evidence.library.queries import documents_of, pieces_named
from qualiopi.organisations.enums import Capability as C
from qualiopi.search.kinds import Hit, Kind, Reader
from qualiopi.web.dates import long_date


class Pieces(Kind):
    """By title, type or name of a file; withdrawn ones are left out, as in their list, which finds them by what they speak of too."""

    title = gettext_lazy("pièces")
    icon = "files"
    capabilities = (C.VIEW_EVIDENCE,)

    def hits(self, reader: Reader, text: str, most: int) -> Sequence[Hit]:
        said = Q(pieces_named(reader.organisation, text), withdrawn_at__isnull=True)
        rows = first_saying(reader, said, documents_of(reader.organisation), most)
        return [piece_hit(row, reverse("library:detail", args=[reader.organisation.slug, row.pk])) for row in rows]

    def list_url(self, reader: Reader) -> str:
        return reverse("library:list", args=[reader.organisation.slug])


def first_saying(reader: Reader, said: Q, pieces: QuerySet[Any], most: int) -> QuerySet[Any]:
    """The first of these pieces that meet the condition, in their order: found first, since what is told of each costs more than it."""
    order = pieces.query.order_by
    found = Document.objects.for_organisation(reader.organisation).filter(said).order_by(*order).values_list("pk", flat=True)
    return pieces.filter(pk__in=list(found[:most]))


def piece_hit(document: Any, url: str) -> Hit:
    """A piece read by `documents_of`; one that proves nothing yet says why."""
    filed = document.current_versions[0] if document.current_versions else None
    numbers = [str(link.indicator) for link in document.indicator_links.all()]
    told = [
        type_label(document.type) if document.type else "",
        long_date(filed.created_at) if filed else "",
        (ngettext("indicateur %(n)s", "indicateurs %(n)s", len(numbers)) % {"n": ", ".join(numbers)}) if numbers else "",
    ]
    return Hit(
        title=document.title, url=url, detail=" · ".join(filter(None, told)), mark=_mark(document, filed=filed is not None)
    )


def _mark(document: Document, *, filed: bool) -> str:
    if not filed:
        return _("à déposer")
    return _("refusée") if document.review_state == ReviewState.REFUSED else ""

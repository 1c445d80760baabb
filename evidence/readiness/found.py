"""What the search finds of indicators."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.readiness.finding import indicator_says
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.queries import audit_date_for
from qualiopi.search.kinds import Hit, Kind, Reader
from qualiopi.standard.grids import grid_for


class Indicators(Kind):
    """By number or by words, in the grid of the next audit."""

    title = gettext_lazy("indicateurs")
    icon = "list-check"
    capabilities = (C.VIEW_READINESS,)
    address = "indicators:page"

    def hits(self, reader: Reader, text: str, most: int) -> Sequence[Hit]:
        grid = grid_for(audit_date_for(reader.organisation, today=timezone.localdate()))
        found = [indicator for indicator in grid.indicators if indicator_says(indicator, text)]
        return [
            Hit(
                title=_("Indicateur %(number)s : %(label)s") % {"number": each.number, "label": each.label},
                url=reverse(self.address, args=[reader.organisation.slug, each.number]),
                detail=each.summary,
            )
            for each in found[:most]
        ]

    def list_url(self, reader: Reader) -> str:
        return reverse("readiness:board", args=[reader.organisation.slug])

"""What the search finds of courses."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qualiopi.folding import sought
from qualiopi.organisations.enums import Capability as C
from qualiopi.search.kinds import Hit, Kind, Reader
from trainings.catalogue.models import Course


class Courses(Kind):
    """By title, code or certification; a trainer finds those they lead."""

    title = _("formations")
    icon = "book"
    capabilities = (C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)

    def hits(self, reader: Reader, text: str, most: int) -> Sequence[Hit]:
        rows = Course.objects.for_organisation(reader.organisation)
        if not reader.allows(C.VIEW_SESSIONS):
            rows = rows.filter(pk__in=Course.objects.filter(sessions__trainers__user=reader.user).values("pk"))
        return [
            Hit(
                title=row.title,
                url=reverse("catalogue:detail", args=[reader.organisation.slug, row.pk]),
                detail=" · ".join(filter(None, [row.code, row.certification_code, row.certification_title])),
                mark=str(_("retirée de la vente")) if row.archived_on else "",
            )
            for row in sought(rows, text, "found_by").order_by("title", "pk")[:most]
        ]

    def list_url(self, reader: Reader) -> str:
        return reverse("catalogue:list", args=[reader.organisation.slug]) if reader.allows(C.VIEW_SESSIONS) else ""

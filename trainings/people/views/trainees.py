"""Pages of trainees."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from qualiopi.exchange.export import export_response
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.lists import page_of
from trainings.people.queries import trainees_of


@requires(C.VIEW_SESSIONS)
def trainees(request: TenantRequest) -> HttpResponseBase:
    """Trainees of the organisation."""
    search = request.GET.get("q", "").strip()
    rows = trainees_of(request.organisation, search=search)
    if request.GET.get("format") and request.access.allows(C.EXPORT):
        headings = [_("Nom"), _("Prénom"), _("Adresse e-mail"), _("Téléphone"), _("Code postal"), _("Inscriptions")]
        lines: Any = (
            [row.last_name, row.first_name, row.email, row.phone, row.postcode, row.enrolment_count]
            for row in rows.iterator(chunk_size=500)
        )
        return export_response(request.GET["format"], "stagiaires", headings, lines)
    return render(
        request,
        "people/trainees.html",
        {
            "page": page_of(request, rows),
            "search": search,
            "can_import": request.access.allows(C.IMPORT),
            "can_export": request.access.allows(C.EXPORT),
        },
    )

"""What one indicator lacks for one of its expectations, and its pieces: whole lists."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from evidence.readiness import wording
from evidence.readiness.asked import indicator_asked
from evidence.readiness.blocks import hole_of, leaders_of
from evidence.readiness.cards import shelves_of
from evidence.readiness.pieces import unread_among
from evidence.readiness.tables import indicator_url
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.lists import page_of


@requires(C.VIEW_READINESS)
def missing(request: TenantRequest, number: int, key: str) -> HttpResponse:
    """Every hole of one expectation, fifty a page."""
    found, status, query = indicator_asked(request, number)
    result = next((result for result in status.expectations if result.expectation.key == key), None)
    if result is None or result.expectation.sensitive:
        raise Http404
    page = page_of(request, result.missing)
    leaders = leaders_of(found, [result])
    context = {
        "board": found,
        "status": status,
        "text": found.indicator(number),
        "result": result,
        "page": page,
        "holes": [hole_of(request.organisation.slug, result, subject, leaders) for subject in page.object_list],
        "indicator_url": indicator_url(request.organisation.slug, number, query),
        "date_shown": found.audit_date,
        "can_conclude": request.access.allows(C.CONCLUDE),
    }
    return render(request, "readiness/missing.html", context)


@requires(C.VIEW_READINESS)
def pieces(request: TenantRequest, number: int) -> HttpResponse:
    """Every piece of an indicator, fifty a page; those that nobody read yet alone with `?etat=a-relire`."""
    found, status, query = indicator_asked(request, number)
    unread = request.GET.get("etat") == "a-relire"
    listed = unread_among(request.organisation, status.piece_ids) if unread else status.piece_ids
    page = page_of(request, listed)
    context = {
        "board": found,
        "text": found.indicator(number),
        "unread": unread,
        "page": page,
        "shelves": shelves_of(found, status, list(page.object_list)),
        "pieces_told": wording.pieces_told(status.pieces),
        "query": query,
        "indicator_url": indicator_url(request.organisation.slug, number, query),
        "date_shown": found.audit_date,
    }
    return render(request, "readiness/pieces.html", context)

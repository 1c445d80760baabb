"""Pieces that nobody has read yet: a named person ticks those they have read and keeps them, in one act."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.library import verbs
from evidence.library.pieces import piece_of
from evidence.library.queries import waiting_to_be_read
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.queries import audit_date_for
from qualiopi.standard.grids import grid_for
from qualiopi.web.lists import page_of


@requires(C.CONCLUDE, writes=True)
def to_read(request: TenantRequest) -> HttpResponseBase:
    """The pieces to be read, fifty a page, none ticked beforehand; POST keeps those that were ticked."""
    organisation, today = request.organisation, timezone.localdate()
    waiting = waiting_to_be_read(organisation)
    status = 200
    if request.method == "POST":
        ticked = set(request.POST.getlist("document"))
        chosen = [document for document in page_of(request, waiting).object_list if str(document.pk) in ticked]
        kept = verbs.accept_together(organisation=organisation, documents=chosen, actor=request.user) if chosen else 0
        if kept:
            said = ngettext("%(n)s pièce est retenue, à votre nom.", "%(n)s pièces sont retenues, à votre nom.", kept)
            messages.success(request, said % {"n": kept})
            return redirect("library:to_read", organisation=organisation.slug)
        status = 422
    audit_date = audit_date_for(organisation, today=today)
    page, grid = page_of(request, waiting), grid_for(audit_date)
    context = {
        "page": page,
        "pieces": [
            piece_of(document, grid=grid, today=today, audit_date=audit_date, organisation_slug=organisation.slug)
            for document in page.object_list
        ],
        "nothing_ticked": status == 422,
        "answer": _("Ouvrez chaque pièce, cochez celles que vous avez lues : jusque-là, elles mettent au mieux à risque.")
        if page.object_list
        else _("Toutes les pièces déposées ont été relues."),
    }
    return render(request, "library/to_read.html", context, status=status)

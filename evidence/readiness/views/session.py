"""What one session shows and lacks: a panel of the session's page, and a page of its own without JavaScript."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from evidence.readiness import wording
from evidence.readiness.expected import dossier_of
from evidence.readiness.keeping import board_of_today
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.sessions.models import Session


@requires(C.VIEW_READINESS)
def show(request: TenantRequest, pk: UUID) -> HttpResponse:
    """What one session must show, line by line."""
    session = Session.objects.for_organisation(request.organisation).filter(pk=pk).select_related("course").first()
    if session is None:
        raise Http404
    found = board_of_today(request.organisation)
    lines = dossier_of(found, str(pk))
    holes = sum(1 for line in lines if line.status == "insufficient")
    context = {
        "session": session,
        "board": found,
        "lines": lines,
        "answer": wording.missing_in_session(holes) if lines else "",
        "date_shown": found.audit_date,
    }
    return render(request, "readiness/session.html", context)

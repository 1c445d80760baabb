"""The page of one session, as everybody who may see it opens it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.sessions.access import find_session
from trainings.sessions.queries import enrolments_of


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def detail(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One session: trainees, landmarks; the panels of higher floors come by their own addresses."""
    session = find_session(request, pk)
    return render(
        request,
        "sessions/detail.html",
        {
            "session": session,
            "enrolments": enrolments_of(session),
            "today": timezone.localdate(),
            "can_edit": request.access.allows(C.EDIT_SESSIONS),
            "can_view_readiness": request.access.allows(C.VIEW_READINESS),
            "can_view_surveys": request.access.allows(C.VIEW_SURVEYS),
            "can_edit_evidence": request.access.allows(C.EDIT_EVIDENCE),
        },
    )

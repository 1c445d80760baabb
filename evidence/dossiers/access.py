"""The session whose dossier is asked for: any of the organisation's, a trainer's own, and no draft for an auditor."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest
from trainings.sessions.access import find_session
from trainings.sessions.models import Session, SessionState
from trainings.sessions.queries import sessions_of


def find_dossier(request: TenantRequest, pk: UUID) -> Session:
    """The session with its course, programme and trainers, or 404."""
    if request.access.allows(C.VIEW_SESSIONS) or request.access.allows(C.VIEW_OWN_SESSIONS):
        return find_session(request, pk)
    session: Session | None = sessions_of(request.organisation).exclude(state=SessionState.DRAFT).filter(pk=pk).first()
    if session is None:
        raise Http404
    return session

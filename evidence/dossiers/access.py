"""The session whose dossier is asked for, and who asks: any of the organisation's, a trainer's own, and no draft for an auditor."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from evidence.dossiers.readers import WHOLE, Reader
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest
from trainings.people.models import Trainer
from trainings.sessions.access import find_session
from trainings.sessions.models import Session, SessionState
from trainings.sessions.queries import session_of


def find_dossier(request: TenantRequest, pk: UUID) -> Session:
    """The session with its course, programme, contracts and trainers, or 404."""
    if request.access.allows(C.VIEW_SESSIONS) or request.access.allows(C.VIEW_OWN_SESSIONS):
        return find_session(request, pk)
    return find_shown(request, pk)


def find_shown(request: TenantRequest, pk: UUID) -> Session:
    """The same as an auditor finds it: 404 for a draft, which is nobody's evidence."""
    try:
        session = session_of(request.organisation, pk)
    except Session.DoesNotExist:
        raise Http404 from None
    if session.state == SessionState.DRAFT:
        raise Http404
    return session


def reader_of(request: TenantRequest) -> Reader:
    """Who reads: the team and the auditor are shown every piece, a trainer what is theirs to see."""
    if request.access.allows(C.VIEW_EVIDENCE) or request.access.allows(C.AUDIT_ROOM):
        return WHOLE
    own = Trainer.objects.for_organisation(request.organisation).filter(user=request.user).values_list("pk", flat=True)
    return Reader(whole=False, trainer=own.first())

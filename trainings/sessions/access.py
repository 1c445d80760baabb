"""The session that an address names, for whoever may see it: a trainer reaches only the sessions they lead."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from qualiopi.accounts.models import User
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest
from trainings.sessions.models import Session
from trainings.sessions.queries import session_of


def only_own(request: TenantRequest) -> User | None:
    """The account whose sessions alone may be seen, None for who sees them all."""
    return None if request.access.allows(C.VIEW_SESSIONS) else request.user


def find_session(request: TenantRequest, pk: UUID) -> Session:
    """The session with its course and trainers, or 404."""
    try:
        return session_of(request.organisation, pk, led_by=only_own(request))
    except Session.DoesNotExist:
        raise Http404 from None

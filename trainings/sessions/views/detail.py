"""The page of one session, as everybody who may see it opens it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils.module_loading import import_string

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.sessions.access import find_session


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def detail(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The session that is asked for, on the page that a setting names: what is expected of it is known above this floor (ADR 168)."""
    page: HttpResponse = import_string(settings.SESSION_PAGE)(request, find_session(request, pk))
    return page

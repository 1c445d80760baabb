"""How an auditor's page is asked for: in the reader's language, and noted in the organisation's journal."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils import translation

from qualiopi.journal.verbs import record_reading
from qualiopi.organisations.enums import Role
from qualiopi.organisations.policy import TenantRequest
from qualiopi.web.languages import readers_language


def in_readers_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Run a view in the language asked for by `?lang=`, else in the one of the reader's account."""

    @wraps(view)
    def wrapper(request: TenantRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(readers_language(request)):
            return view(request, *args, **kwargs)

    return wrapper


def note_reading(request: TenantRequest, verb: str, **details: Any) -> None:
    """Write in the journal what an auditor opened. The organisation's own people read their room without a line."""
    if request.access.role is Role.AUDITOR:
        record_reading(
            verb=verb, actor=request.user, organisation_id=request.organisation.pk, target=request.organisation, details=details
        )

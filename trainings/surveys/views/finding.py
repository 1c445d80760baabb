"""What the pages of one session's survey have in common."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest
from trainings.sessions.models import Session
from trainings.sessions.queries import session_of
from trainings.surveys.models import Campaign
from trainings.surveys.queries import campaign_of
from trainings.surveys.questionnaire import Questionnaire, shipped


def find_session(request: TenantRequest, pk: UUID) -> Session:
    """The session through its organisation; for who has no right on all of them, one that they lead. Raises Http404."""
    led_by = None if request.access.allows(C.VIEW_SURVEYS) else request.user
    try:
        return session_of(request.organisation, pk, led_by=led_by)
    except Session.DoesNotExist:
        raise Http404 from None


def find_questionnaire(key: str) -> Questionnaire:
    """The questionnaire an address names. Raises Http404 when there is none."""
    try:
        return shipped()[key]
    except KeyError:
        raise Http404 from None


def find_campaign(request: TenantRequest, pk: UUID, questionnaire: str) -> Campaign:
    """A survey of the session. Raises Http404 when nobody opened it."""
    campaign = campaign_of(request.organisation, find_session(request, pk), questionnaire=questionnaire)
    if campaign is None:
        raise Http404
    return campaign


def tell_refusal(request: TenantRequest, error: ValidationError) -> None:
    """Say why nothing was done."""
    for sentence in error.messages:
        messages.error(request, sentence)


def site_of(request: TenantRequest) -> str:
    """Where the product is reached, for links that leave it."""
    return request.build_absolute_uri("/").rstrip("/")

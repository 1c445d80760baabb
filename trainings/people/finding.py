"""What an address of people names, through the organisation, or 404."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from qualiopi.accounts.models import User
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest
from trainings.people.models import Subcontract, Subcontractor, Trainee, Trainer, TrainerRecord
from trainings.people.queries import person_formerly, record_of, subcontract_of, trainee_of


def own_sessions_of(request: TenantRequest) -> User | None:
    """The account whose sessions alone may be seen, None for who sees them all."""
    return None if request.access.allows(C.VIEW_SESSIONS) else request.user


def find_trainee(request: TenantRequest, pk: UUID) -> Trainee:
    """The person; a trainer finds those of the sessions they lead."""
    try:
        return trainee_of(request.organisation, pk, led_by=own_sessions_of(request))
    except Trainee.DoesNotExist:
        raise Http404 from None


def find_trainer(request: TenantRequest, pk: UUID) -> Trainer:
    """The trainer with their organisation and subcontractor."""
    rows = Trainer.objects.for_organisation(request.organisation).select_related("organisation", "subcontractor", "user")
    trainer: Trainer | None = rows.filter(pk=pk).first()
    if trainer is None:
        raise Http404
    return trainer


def kept_after_merging(request: TenantRequest, model: type[Trainee] | type[Trainer], pk: UUID) -> UUID:
    """The page that took over the one of this identifier, or 404: addresses written down before two pages became one still lead."""
    kept = person_formerly(request.organisation, model, pk)
    if kept is None:
        raise Http404
    return kept


def find_record(request: TenantRequest, pk: UUID) -> TrainerRecord:
    """One line of a trainer's file."""
    try:
        return record_of(request.organisation, pk)
    except TrainerRecord.DoesNotExist:
        raise Http404 from None


def find_subcontractor(request: TenantRequest, pk: UUID) -> Subcontractor:
    """The subcontractor with their organisation."""
    rows = Subcontractor.objects.for_organisation(request.organisation).select_related("organisation")
    subcontractor: Subcontractor | None = rows.filter(pk=pk).first()
    if subcontractor is None:
        raise Http404
    return subcontractor


def find_subcontract(request: TenantRequest, pk: UUID) -> Subcontract:
    """One contract with its subcontractor."""
    try:
        return subcontract_of(request.organisation, pk)
    except Subcontract.DoesNotExist:
        raise Http404 from None


def site_of(request: HttpRequest) -> str:
    """Where the product is reached, for links that leave it."""
    return request.build_absolute_uri("/").rstrip("/")

"""The course that an address names, for whoever may see it: a trainer reaches those of which they lead a session."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest
from trainings.catalogue.models import Accreditation, Course, Programme
from trainings.catalogue.queries import course_of, programme_of


def find_course(request: TenantRequest, pk: UUID) -> Course:
    """The course with its public sheet, or 404."""
    try:
        return course_of(request.organisation, pk, led_by=None if request.access.allows(C.VIEW_SESSIONS) else request.user)
    except Course.DoesNotExist:
        raise Http404 from None


def find_programme(request: TenantRequest, pk: UUID) -> Programme:
    """A version of a programme with everything in it, or 404. A trainer sees what is in force, not what is being written."""
    try:
        programme = programme_of(request.organisation, pk)
    except Programme.DoesNotExist:
        raise Http404 from None
    if not request.access.allows(C.VIEW_SESSIONS):
        find_course(request, programme.course_id)
        if programme.in_force_from is None:
            raise Http404
    return programme


def find_accreditation(request: TenantRequest, pk: UUID) -> Accreditation:
    """A right to prepare for a certification, with its course and file, or 404."""
    try:
        accreditation: Accreditation = (
            Accreditation.objects.for_organisation(request.organisation).select_related("course", "file").get(pk=pk)
        )
    except Accreditation.DoesNotExist:
        raise Http404 from None
    return accreditation


def tell_refusal(request: TenantRequest, error: ValidationError) -> None:
    """Say why nothing was done."""
    for sentence in error.messages:
        messages.error(request, sentence)

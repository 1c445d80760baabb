"""What an address of the register names, for whoever may see it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404

from qualiopi.organisations.policy import TenantRequest
from trainings.attendance.models import ConnectionReport, Mark
from trainings.people.models import Trainer
from trainings.sessions.access import find_session, only_own
from trainings.sessions.models import Enrolment, HalfDay, Session, SessionTrainer


def _check_own(request: TenantRequest, session_id: UUID) -> None:
    """Raise Http404 for somebody who only sees the sessions that they lead, when this is not one of them."""
    user = only_own(request)
    if user is not None and not SessionTrainer.objects.filter(session=session_id, trainer__user=user).exists():
        raise Http404


def find_half_day(request: TenantRequest, pk: UUID) -> HalfDay:
    """The half-day, with its session as `find_session` gives it, or 404."""
    try:
        half_day: HalfDay = HalfDay.objects.for_organisation(request.organisation).select_related("trainer").get(pk=pk)
    except HalfDay.DoesNotExist:
        raise Http404 from None
    half_day.session = find_session(request, half_day.session_id)
    return half_day


def find_enrolment(request: TenantRequest, pk: UUID, session: Session | None = None) -> Enrolment:
    """The enrolment (of this session), with its trainee and session, or 404."""
    try:
        rows = Enrolment.objects.for_organisation(request.organisation).select_related("trainee", "session__course")
        enrolment: Enrolment = (rows.filter(session=session) if session else rows).get(pk=pk)
    except Enrolment.DoesNotExist:
        raise Http404 from None
    _check_own(request, enrolment.session_id)
    return enrolment


def find_mark(request: TenantRequest, pk: UUID) -> Mark:
    """A trainee's line of the register, with what surrounds it, or 404."""
    try:
        mark: Mark = (
            Mark.objects.for_organisation(request.organisation)
            .select_related("half_day", "session__course", "enrolment__trainee", "file", "made_by")
            .get(pk=pk, enrolment__isnull=False)
        )
    except Mark.DoesNotExist:
        raise Http404 from None
    _check_own(request, mark.session_id)
    return mark


def find_report(request: TenantRequest, pk: UUID) -> ConnectionReport:
    """A connection report, with its half-day and session, or 404."""
    try:
        report: ConnectionReport = (
            ConnectionReport.objects.for_organisation(request.organisation).select_related("half_day", "file").get(pk=pk)
        )
    except ConnectionReport.DoesNotExist:
        raise Http404 from None
    report.half_day.session = find_session(request, report.half_day.session_id)
    return report


def own_trainer(request: TenantRequest, half_day: HalfDay) -> Trainer | None:
    """The trainer that this account is, when they lead the session or the half-day."""
    trainer: Trainer | None = Trainer.objects.for_organisation(request.organisation).filter(user=request.user).first()
    if trainer is None:
        return None
    leads = half_day.trainer_id == trainer.pk or SessionTrainer.objects.filter(session=half_day.session, trainer=trainer).exists()
    return trainer if leads else None


def tell_refusal(request: TenantRequest, error: ValidationError) -> None:
    """Say why nothing was done."""
    for sentence in error.messages:
        messages.error(request, sentence)

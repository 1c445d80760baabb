"""The certification cycle: visits past and to come, the packs made for them, and the auditors who may read."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evidence.audits.cycle import moments, warning, window_of
from evidence.audits.forms import MoveForm
from evidence.audits.queries import ready_packs
from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.enums import Role
from qualiopi.organisations.forms import AuditForm
from qualiopi.organisations.models import CertifierAudit
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.queries import open_members, past_audits, planned_audits
from qualiopi.organisations.verbs import cancel_audit, move_audit, plan_audit
from qualiopi.web.dates import short_date
from qualiopi.web.parts import Point

PACKS_SHOWN = 3


@requires(C.VIEW_READINESS)
def index(request: TenantRequest) -> HttpResponse:
    """Where the organisation stands in its cycle, and what is ready for the next visit."""
    organisation = request.organisation
    today = timezone.localdate()
    planned = planned_audits(organisation, today=today)
    past = past_audits(organisation, today=today)
    context = {
        "next_audit": planned[0] if planned else None,
        "planned": planned,
        "past": past,
        "window": window_of(organisation),
        "warning": warning(organisation, planned, past, today=today),
        "points": [
            Point(when=short_date(moment.day), what=moment.what, state=moment.state, detail=moment.detail)
            for moment in moments(organisation, [*planned, *past], today=today)
        ],
        "packs": list(ready_packs(organisation)[:PACKS_SHOWN]),
        "auditors": list(open_members(organisation, role=Role.AUDITOR, today=today)),
        "may_plan": request.access.allows(C.EDIT_SETTINGS),
        "may_build": request.access.allows(C.BUILD_PACK),
        "may_read_room": request.access.allows(C.AUDIT_ROOM),
    }
    return render(request, "audits/index.html", context)


@requires(C.EDIT_SETTINGS, writes=True)
def plan(request: TenantRequest) -> HttpResponse:
    """Set the day of a visit to come."""
    organisation = request.organisation
    initial = {"kind": "surveillance", "categories": organisation.profile.categories, "certifier": organisation.certifier}
    form = AuditForm(request.POST if request.method == "POST" else None, initial=initial)
    if carry_out(form, lambda: plan_audit(organisation=organisation, actor=request.user, **form.cleaned_data)):
        return done(request, _("L’audit est prévu. Les indicateurs se lisent désormais pour ce jour."), "audits:index")
    return form_page(request, "audits/plan.html", form, window=window_of(organisation))


@requires(C.EDIT_SETTINGS, writes=True)
def move(request: TenantRequest, audit: UUID) -> HttpResponse:
    """Give a visit to come another day."""
    found = _audit(request, audit)
    with editing(request, found) as edit:
        form = MoveForm(request.POST if request.method == "POST" else None, initial={"held_on": found.held_on})
        moved = edit.carry_out(form, lambda: move_audit(audit=found, actor=request.user, **form.cleaned_data))
    if moved:
        return done(request, _("La nouvelle date est enregistrée."), "audits:index")
    return form_page(request, "audits/move.html", form, audit=found)


@requires(C.EDIT_SETTINGS, writes=True)
@require_POST
def cancel(request: TenantRequest, audit: UUID) -> HttpResponse:
    """Forget a visit to come."""
    try:
        cancel_audit(audit=_audit(request, audit), actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("L’audit n’est plus prévu."))
    return redirect("audits:index", organisation=request.organisation.slug)


def _audit(request: TenantRequest, pk: UUID) -> CertifierAudit:
    return get_object_or_404(CertifierAudit.objects.for_organisation(request.organisation), pk=pk)

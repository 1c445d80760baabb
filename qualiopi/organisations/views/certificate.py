"""Settings: the certificate, and the certifier's visits that took place."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.forms import AuditForm, CertificateForm
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.queries import past_audits
from qualiopi.organisations.verbs import record_certifier_audit, update_card
from qualiopi.web.forms import take_errors


@requires(C.EDIT_SETTINGS, writes=True)
def certificate(request: TenantRequest) -> HttpResponse:
    """The certificate in force, and the visits since the first."""
    form = CertificateForm(request.POST if request.method == "POST" else None, instance=request.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            update_card(organisation=request.organisation, card=form.cleaned_data, actor=request.user)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("Le certificat est enregistré."))
            return redirect("organisations:certificate", organisation=request.organisation.slug)
    past = past_audits(request.organisation, today=timezone.localdate())
    return render(request, "organisations/certificate.html", {"form": form, "past": past})


@requires(C.EDIT_SETTINGS, writes=True)
def record_audit(request: TenantRequest) -> HttpResponse:
    """Note a visit that took place."""
    held = request.organisation.profile.categories
    form = AuditForm(
        request.POST if request.method == "POST" else None,
        initial={"categories": held, "certifier": request.organisation.certifier},
    )
    if request.method == "POST" and form.is_valid():
        try:
            record_certifier_audit(organisation=request.organisation, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("L’audit est noté."))
            return redirect("organisations:certificate", organisation=request.organisation.slug)
    return render(request, "organisations/record_audit.html", {"form": form})

"""Settings: the certificate, and the certifier's visits that took place."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.forms import AuditForm, CertificateForm
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.queries import past_audits
from qualiopi.organisations.verbs import record_certifier_audit, update_card


@requires(C.EDIT_SETTINGS, writes=True)
def certificate(request: TenantRequest) -> HttpResponse:
    """The certificate in force, and the visits since the first."""
    organisation = request.organisation
    with editing(request, organisation) as edit:
        form = CertificateForm(request.POST if request.method == "POST" else None, instance=organisation)
        saved = edit.carry_out(form, lambda: update_card(organisation=organisation, card=form.cleaned_data, actor=request.user))
    if saved is not None:
        return done(request, _("Le certificat est enregistré."), "organisations:certificate")
    past = past_audits(organisation, today=timezone.localdate())
    return form_page(request, "organisations/certificate.html", form, past=past)


@requires(C.EDIT_SETTINGS, writes=True)
def record_audit(request: TenantRequest) -> HttpResponse:
    """Note a visit that took place."""
    organisation = request.organisation
    initial = {"categories": organisation.profile.categories, "certifier": organisation.certifier}
    form = AuditForm(request.POST if request.method == "POST" else None, initial=initial)
    if carry_out(form, lambda: record_certifier_audit(organisation=organisation, actor=request.user, **form.cleaned_data)):
        return done(request, _("L’audit est noté."), "organisations:certificate")
    return form_page(request, "organisations/record_audit.html", form)

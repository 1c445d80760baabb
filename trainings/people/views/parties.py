"""Companies and funders: how to write to them, and what a contract says of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from qualiopi.editing import editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.people.forms import CompanyForm, FunderForm
from trainings.people.models import Company, Funder
from trainings.people.verbs import change_party


@requires(C.EDIT_SESSIONS, writes=True)
def edit_company(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Complete what is known of a company."""
    return _edit(request, Company.objects.for_organisation(request.organisation).filter(pk=pk).first(), CompanyForm)


@requires(C.EDIT_SESSIONS, writes=True)
def edit_funder(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Complete what is known of a funder."""
    return _edit(request, Funder.objects.for_organisation(request.organisation).filter(pk=pk).first(), FunderForm)


def _edit(request: TenantRequest, party: Company | Funder | None, shape: type[CompanyForm] | type[FunderForm]) -> HttpResponse:
    if party is None:
        raise Http404
    with editing(request, party) as edit:
        form = shape(request.POST or None, instance=party)
        saved = edit.carry_out(form, lambda: change_party(party=party, fields=form.cleaned_data, actor=request.user))
    if saved:
        messages.success(request, _("La fiche de %(name)s est enregistrée.") % {"name": saved})
        return redirect(_back(request) or request.path)
    context = {"party": party, "is_company": isinstance(party, Company), "back": _back(request)}
    return form_page(request, "people/edit_party.html", form, **context)


def _back(request: TenantRequest) -> str:
    """The page of this organisation one came from, empty when the address names none of ours."""
    asked = request.GET.get("retour", "")
    own = asked.startswith(f"/o/{request.organisation.slug}/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if own else ""

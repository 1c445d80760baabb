"""Companies and funders: how to write to them, and what a contract says of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.forms import take_errors
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
    form = shape(request.POST or None, instance=party)
    if request.method == "POST" and form.is_valid():
        try:
            saved = change_party(party=party, fields=form.cleaned_data, actor=request.user)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("La fiche de %(name)s est enregistrée.") % {"name": saved})
            return redirect(_back(request) or request.path)
    context = {"form": form, "party": party, "is_company": isinstance(party, Company), "back": _back(request)}
    return render(request, "people/edit_party.html", context, status=422 if form.errors else 200)


def _back(request: TenantRequest) -> str:
    """The page of this organisation one came from, empty when the address names none of ours."""
    asked = request.GET.get("retour", "")
    own = asked.startswith(f"/o/{request.organisation.slug}/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if own else ""

"""Pages of subcontractors: who they are, their contracts, their reviews, the sessions they were given."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.exchange.export import export_response
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.standard.subcontracting import cpf_rules
from qualiopi.web.lists import page_of
from trainings.people.finding import find_subcontract, find_subcontractor
from trainings.people.forms import ReviewForm, SubcontractForm, SubcontractorForm
from trainings.people.models import Subcontract, Subcontractor
from trainings.people.partner import contracts_of, partner_of, rule_lines
from trainings.people.queries import cpf_share, given_sessions, subcontractors_of
from trainings.people.telling import SUBCONTRACTORS
from trainings.people.verbs import review_subcontractor, save_subcontract, save_subcontractor

MOST_SESSIONS = 50


@requires(C.VIEW_SESSIONS)
def subcontractors(request: TenantRequest) -> HttpResponseBase:
    """Subcontractors of the organisation."""
    search = request.GET.get("q", "").strip()
    rows = subcontractors_of(request.organisation, search=search)
    if request.GET.get("format") and request.access.allows(C.EXPORT):
        headings = [
            _("Nom"),
            _("SIREN"),
            _("Numéro d’activité"),
            _("Certifié jusqu’au"),
            _("Sessions confiées"),
            _("Dernière revue"),
        ]
        lines: Any = (
            [row.name, row.siren, row.activity_number, row.certified_until, row.session_count, row.last_review_on] for row in rows
        )
        return export_response(request.GET["format"], "sous-traitants", headings, lines)
    context = {
        "words": SUBCONTRACTORS,
        "page": page_of(request, rows),
        "search": search,
        "today": timezone.localdate(),
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
        "can_export": request.access.allows(C.EXPORT),
    }
    return render(request, "people/subcontractors.html", context)


@requires(C.VIEW_SESSIONS)
def subcontractor(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One subcontractor: what is asked, what is there, contracts, reviews, sessions given, rules of the CPF."""
    row = find_subcontractor(request, pk)
    today = timezone.localdate()
    rules = cpf_rules()
    contracts = contracts_of(row, today=today)
    reviews = list(row.reviews.select_related("reviewed_by").order_by("-held_on", "-created_at"))
    sessions = given_sessions(row, rules, limit=MOST_SESSIONS)
    share = cpf_share(request.organisation, today.year)
    context = {
        "row": row,
        "partner": partner_of(row, contracts, reviews, sessions, today=today),
        "contracts": contracts,
        "reviews": reviews,
        "sessions": sessions,
        "trainers": row.trainers.order_by("last_name", "first_name"),
        "rules": rules,
        "figures": rule_lines(rules, share, today=today),
        "today": today,
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
    }
    return render(request, "people/subcontractor.html", context)


@requires(C.EDIT_SESSIONS, writes=True)
def edit(request: TenantRequest, pk: UUID | None = None) -> HttpResponse:
    """Create or change a subcontractor."""
    row = find_subcontractor(request, pk) if pk else None
    with editing(request, *([row] if row else [])) as edit:
        form = SubcontractorForm(request.POST or None, instance=row, organisation=request.organisation)
        saved = edit.carry_out(
            form,
            lambda: save_subcontractor(
                organisation=request.organisation, fields=form.cleaned_data, actor=request.user, subcontractor=row
            ),
        )
    if saved:
        sentence = _("La fiche de %(name)s est enregistrée.") % {"name": saved}
        return done(request, sentence, "people:subcontractor", pk=saved.pk)
    return form_page(request, "people/edit_subcontractor.html", form, row=row)


@requires(C.EDIT_SESSIONS, writes=True)
def add_contract(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Write down a contract with a subcontractor."""
    return _contract(request, find_subcontractor(request, pk), None)


@requires(C.EDIT_SESSIONS, writes=True)
def edit_contract(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Change what a contract says, or give it its signed file."""
    contract = find_subcontract(request, pk)
    return _contract(request, find_subcontractor(request, contract.subcontractor_id), contract)


def _contract(request: TenantRequest, row: Subcontractor, contract: Subcontract | None) -> HttpResponse:
    with editing(request, *([contract] if contract else [])) as edit:
        form = SubcontractForm(request.POST or None, request.FILES or None, instance=contract, subcontractor=row)

        def save() -> Subcontract:
            upload = form.cleaned_data["upload"]
            return save_subcontract(
                subcontractor=row, fields=form.fields_of_contract, upload=upload, actor=request.user, contract=contract
            )

        saved = edit.carry_out(form, save)
    if saved:
        sentence = _("Le contrat %(reference)s est enregistré.") % {"reference": saved.reference}
        return done(request, sentence, "people:subcontractor", pk=row.pk)
    return form_page(request, "people/edit_subcontract.html", form, row=row, contract=contract)


@requires(C.EDIT_SESSIONS, writes=True)
def review(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Date a check of a subcontractor, with its conclusion."""
    row = find_subcontractor(request, pk)
    form = ReviewForm(request.POST or None, subcontractor=row, initial={"held_on": timezone.localdate()})
    if carry_out(form, lambda: review_subcontractor(subcontractor=row, fields=form.cleaned_data, actor=request.user)):
        return done(request, _("La revue de %(name)s est datée.") % {"name": row}, "people:subcontractor", pk=row.pk)
    return form_page(request, "people/review_subcontractor.html", form, row=row)

"""Companies and funders: which there are, how to write to them, and what a contract says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.exchange.export import export_response
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.lists import page_of
from trainings.people.forms import CompanyForm, FunderForm
from trainings.people.models import Company, Funder
from trainings.people.queries import parties_of, party_named, with_counts
from trainings.people.telling import WORDS, found_sentence, nothing_sentence
from trainings.people.verbs import change_party, create_party

LINES = 25
FORMS: Final[dict[type[Company] | type[Funder], type[CompanyForm] | type[FunderForm]]] = {
    Company: CompanyForm,
    Funder: FunderForm,
}


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One company or funder of the list; `under`: what stands below its name."""

    party: Company | Funder
    under: str
    url: str


@requires(C.VIEW_SESSIONS)
def companies(request: TenantRequest) -> HttpResponseBase:
    """Companies of the organisation."""
    return _list(request, Company)


@requires(C.VIEW_SESSIONS)
def funders(request: TenantRequest) -> HttpResponseBase:
    """Funders of the organisation."""
    return _list(request, Funder)


@requires(C.EDIT_SESSIONS, writes=True)
def create_company(request: TenantRequest) -> HttpResponse:
    """Add a company that no enrolment names yet."""
    return _create(request, Company)


@requires(C.EDIT_SESSIONS, writes=True)
def create_funder(request: TenantRequest) -> HttpResponse:
    """Add a funder that no enrolment names yet."""
    return _create(request, Funder)


@requires(C.EDIT_SESSIONS, writes=True)
def edit_company(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Complete what is known of a company."""
    return _edit(request, Company, pk)


@requires(C.EDIT_SESSIONS, writes=True)
def edit_funder(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Complete what is known of a funder."""
    return _edit(request, Funder, pk)


def _list(request: TenantRequest, model: type[Company] | type[Funder]) -> HttpResponseBase:
    search = request.GET.get("q", "").strip()
    rows = parties_of(request.organisation, model, search=search)
    words, can_export = WORDS[model], request.access.allows(C.EXPORT)
    if request.GET.get("format") and can_export:
        columns = _columns(model)
        return export_response(request.GET["format"], words.file, list(columns), _values(with_counts(rows), columns))
    page = page_of(request, rows, lines=LINES)
    # Sessions and people are counted for the lines shown, not for the whole list.
    shown = with_counts(parties_of(request.organisation, model).filter(pk__in=[row.pk for row in page.object_list]))
    context = {
        "words": words,
        "page": page,
        "lines": [_line(request, row) for row in shown],
        "answer": found_sentence(model, page.paginator.count, search=search),
        "nothing": nothing_sentence(model, search=search),
        "search": search,
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
        "can_export": can_export,
    }
    return render(request, "people/parties.html", context)


def _line(request: TenantRequest, party: Company | Funder) -> PartyLine:
    under = party.siret if isinstance(party, Company) else party.get_kind_display()
    return PartyLine(party, under, reverse(WORDS[type(party)].edit_url, args=[request.organisation.slug, party.pk]))


def _columns(model: type[Company] | type[Funder]) -> dict[str, str]:
    """Heading -> what the row tells there."""
    own = (
        {_("SIRET"): "siret", _("Adresse postale"): "address", _("Représentée par"): "representative"}
        if model is Company
        else {_("Nature"): "get_kind_display"}
    )
    counts = {_("Sessions"): "session_count", _("Stagiaires"): "trainee_count"}
    return {_("Nom"): "name", _("Adresse e-mail"): "email"} | own | counts


def _values(rows: Any, columns: dict[str, str]) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=500):
        told = [getattr(row, name) for name in columns.values()]
        yield [value() if callable(value) else value for value in told]


def _create(request: TenantRequest, model: type[Company] | type[Funder]) -> HttpResponse:
    words, form = WORDS[model], FORMS[model](request.POST or None)

    def add() -> Company | Funder:
        return create_party(organisation=request.organisation, model=model, fields=form.cleaned_data, actor=request.user)

    if added := carry_out(form, add):
        return done(request, words.created % {"name": added}, words.list_url)
    known = party_named(request.organisation, model, form["name"].value() or "") if form.errors else None
    return form_page(request, "people/create_party.html", form, words=words, known=known and _line(request, known))


def _edit(request: TenantRequest, model: type[Company] | type[Funder], pk: UUID) -> HttpResponse:
    party = model.objects.for_organisation(request.organisation).filter(pk=pk).first()
    if party is None:
        raise Http404
    with editing(request, party) as edit:
        form = FORMS[model](request.POST or None, instance=party)
        saved = edit.carry_out(form, lambda: change_party(party=party, fields=form.cleaned_data, actor=request.user))
    if saved:
        messages.success(request, _("La fiche de %(name)s est enregistrée.") % {"name": saved})
        return redirect(_back(request) or request.path)
    delete = reverse(f"removal:{model._meta.model_name}", args=[request.organisation.slug, party.pk])
    context = {"party": party, "words": WORDS[model], "back": _back(request), "delete": delete}
    return form_page(request, "people/edit_party.html", form, **context)


def _back(request: TenantRequest) -> str:
    """The page of this organisation one came from, empty when the address names none of ours."""
    asked = request.GET.get("retour", "")
    own = asked.startswith(f"/o/{request.organisation.slug}/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if own else ""

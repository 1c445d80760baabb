"""Pages of trainers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qualiopi.exchange.export import export_response
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.forms import take_errors
from qualiopi.web.lists import page_of
from trainings.people.forms import TrainerForm
from trainings.people.models import Trainer
from trainings.people.queries import trainers_of
from trainings.people.verbs import save_trainer


@requires(C.VIEW_SESSIONS)
def trainers(request: TenantRequest) -> HttpResponseBase:
    """Trainers of the organisation."""
    search = request.GET.get("q", "").strip()
    rows = trainers_of(request.organisation, search=search)
    if request.GET.get("format") and request.access.allows(C.EXPORT):
        headings = [_("Nom"), _("Prénom"), _("Adresse e-mail"), _("Statut"), _("Sessions")]
        lines: Any = ([row.last_name, row.first_name, row.email, row.get_status_display(), row.session_count] for row in rows)
        return export_response(request.GET["format"], "formateurs", headings, lines)
    return render(
        request,
        "people/trainers.html",
        {
            "page": page_of(request, rows),
            "search": search,
            "can_edit": request.access.allows(C.EDIT_SESSIONS),
            "can_export": request.access.allows(C.EXPORT),
        },
    )


@requires(C.EDIT_SESSIONS, writes=True)
def edit_trainer(request: TenantRequest, pk: UUID | None = None) -> HttpResponse:
    """Create or change a trainer."""
    trainer = Trainer.objects.for_organisation(request.organisation).filter(pk=pk).first() if pk else None
    if pk and trainer is None:
        raise Http404
    form = TrainerForm(request.POST or None, instance=trainer, organisation=request.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_trainer(organisation=request.organisation, fields=form.cleaned_data, actor=request.user, trainer=trainer)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("La fiche de %(trainer)s est enregistrée.") % {"trainer": saved})
            return redirect("people:trainers", organisation=request.organisation.slug)
    return render(request, "people/edit_trainer.html", {"form": form, "trainer": trainer}, status=422 if form.errors else 200)

"""Pages of trainees."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from qualiopi.editing import done, editing, form_page
from qualiopi.exchange.export import export_response
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.lists import page_of
from trainings.people.finding import find_trainee, own_sessions_of
from trainings.people.forms import TraineeForm
from trainings.people.queries import followed_by, trainees_of
from trainings.people.verbs import change_trainee


@requires(C.VIEW_SESSIONS)
def trainees(request: TenantRequest) -> HttpResponseBase:
    """Trainees of the organisation."""
    search = request.GET.get("q", "").strip()
    rows = trainees_of(request.organisation, search=search)
    if request.GET.get("format") and request.access.allows(C.EXPORT):
        headings = [_("Nom"), _("Prénom"), _("Adresse e-mail"), _("Téléphone"), _("Code postal"), _("Inscriptions")]
        lines: Any = (
            [row.last_name, row.first_name, row.email, row.phone, row.postcode, row.enrolment_count]
            for row in rows.iterator(chunk_size=500)
        )
        return export_response(request.GET["format"], "stagiaires", headings, lines)
    return render(
        request,
        "people/trainees.html",
        {
            "page": page_of(request, rows),
            "search": search,
            "can_import": request.access.allows(C.IMPORT),
            "can_export": request.access.allows(C.EXPORT),
        },
    )


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def trainee(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One person: every session, who pays, how to reach them. The rooms above show signatures and documents in their own panels.

    A trainer reads the sessions they lead, and nothing of who pays nor of how to reach the person.
    """
    person = find_trainee(request, pk)
    page = page_of(request, followed_by(person, led_by=own_sessions_of(request)))
    context = {
        "trainee": person,
        "page": page,
        "sees_money": request.access.allows(C.VIEW_SESSIONS),
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
    }
    return render(request, "people/trainee.html", context)


@requires(C.EDIT_SESSIONS, writes=True)
def edit_trainee(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Correct the name of a person, or how to reach them."""
    person = find_trainee(request, pk)
    with editing(request, person) as edit:
        form = TraineeForm(request.POST or None, instance=person)
        saved = edit.carry_out(form, lambda: change_trainee(trainee=person, fields=form.cleaned_data, actor=request.user))
    if saved:
        sentence = _("La fiche de %(trainee)s est enregistrée.") % {"trainee": saved}
        return done(request, sentence, "people:trainee", pk=saved.pk)
    return form_page(request, "people/edit_trainee.html", form, trainee=person)

"""Pages of trainees."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.exchange.export import export_response
from qualiopi.optouts.queries import has_refused
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.lists import page_of
from trainings.people import verbs as people
from trainings.people.finding import find_trainee, kept_after_merging, own_sessions_of
from trainings.people.forms import TraineeForm
from trainings.people.models import Trainee
from trainings.people.queries import followed_by, formerly, trainees_of
from trainings.people.telling import TRAINEES, told_apart


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
            "words": TRAINEES,
            "page": page_of(request, rows),
            "search": search,
            "can_edit": request.access.allows(C.EDIT_SESSIONS),
            "can_import": request.access.allows(C.IMPORT),
            "can_export": request.access.allows(C.EXPORT),
        },
    )


@requires(C.EDIT_SESSIONS, writes=True)
def create_trainee(request: TenantRequest) -> HttpResponse:
    """Add a person whom no enrolment names yet. Who has the same name or address is shown first, with the choice."""
    form = TraineeForm(request.POST or None)
    found: list[Trainee] = []

    def add() -> Trainee:
        try:
            return people.create_trainee(
                organisation=request.organisation, fields=form.cleaned_data, seen=_others(request), actor=request.user
            )
        except people.LookAlikes as refusal:
            found.extend(refusal.people)
            raise

    if added := carry_out(form, add):
        sentence = _("La fiche de %(trainee)s est créée.") % {"trainee": added}
        return done(request, sentence, "people:trainee", pk=added.pk)
    return form_page(
        request, "people/create_trainee.html", form, found=[(each.pk, str(each), told_apart(each)) for each in found]
    )


def _others(request: TenantRequest) -> set[UUID]:
    """The people shown before, when the button was pressed that says that they are somebody else."""
    shown = request.POST.getlist("shown") if request.POST.get("others") else []
    found = set()
    for key in shown:
        with suppress(ValueError):
            found.add(UUID(key))
    return found


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def trainee(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One person: every session, who pays, how to reach them. The rooms above show signatures and documents in their own panels.

    A trainer reads the sessions they lead, and nothing of who pays nor of how to reach the person.
    """
    try:
        person = find_trainee(request, pk)
    except Http404:
        kept = kept_after_merging(request, Trainee, pk)
        return redirect("people:trainee", organisation=request.organisation.slug, pk=find_trainee(request, kept).pk)
    page = page_of(request, followed_by(person, led_by=own_sessions_of(request)))
    everything = request.access.allows(C.VIEW_SESSIONS)
    context = {
        "trainee": person,
        "page": page,
        "sees_money": everything,
        "formerly": formerly(person) if everything else [],
        "declined": everything and has_refused(request.organisation, person.email),
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
    }
    return render(request, "people/trainee.html", context)


@requires(C.EDIT_SESSIONS, writes=True)
def edit_trainee(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Correct the name of a person, or how to reach them."""
    person = find_trainee(request, pk)
    with editing(request, person) as edit:
        form = TraineeForm(request.POST or None, instance=person)
        saved = edit.carry_out(form, lambda: people.change_trainee(trainee=person, fields=form.cleaned_data, actor=request.user))
    if saved:
        sentence = _("La fiche de %(trainee)s est enregistrée.") % {"trainee": saved}
        return done(request, sentence, "people:trainee", pk=saved.pk)
    return form_page(request, "people/edit_trainee.html", form, trainee=person)

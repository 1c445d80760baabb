"""Pages of trainers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.editing import done, editing, form_page
from qualiopi.exchange.export import export_response
from qualiopi.optouts.queries import has_refused
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.lists import page_of
from trainings.people.file import file_of
from trainings.people.finding import find_trainer, kept_after_merging, site_of
from trainings.people.forms import TrainerForm
from trainings.people.links import current_token
from trainings.people.models import Trainer, TrainerLink
from trainings.people.queries import formerly, trainers_of, waiting_records
from trainings.people.rules import Standing
from trainings.people.telling import TRAINERS
from trainings.people.verbs import (
    NotDeliveredError,
    renew_link,
    save_trainer,
    send_link,
    subcontractor_of_trainer,
    trainer_link,
)
from trainings.people.wording import words_of_status


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
            "words": TRAINERS,
            "page": page_of(request, rows),
            "search": search,
            "waiting": waiting_records(request.organisation).count(),
            "can_edit": request.access.allows(C.EDIT_SESSIONS),
            "can_export": request.access.allows(C.EXPORT),
        },
    )


@requires(C.VIEW_SESSIONS)
def trainer(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The file of a trainer: what it holds, what it lacks, what expires, which sessions were led while not qualified."""
    try:
        person = find_trainer(request, pk)
    except Http404:
        kept = kept_after_merging(request, Trainer, pk)
        return redirect("people:trainer", organisation=request.organisation.slug, pk=find_trainer(request, kept).pk)
    link = TrainerLink.objects.for_organisation(request.organisation).filter(trainer=person).first()
    token = current_token(link) if link else None
    today = timezone.localdate()
    file = file_of(person, today=today)
    can_edit = request.access.allows(C.EDIT_SESSIONS)
    return render(
        request,
        "people/trainer.html",
        {
            "trainer": person,
            "declined": has_refused(request.organisation, person.email),
            "file": file,
            "link": link,
            "link_open": bool(link and token and link.expires_on >= today),
            "link_url": site_of(request) + reverse("drop:start", args=[token]) if token else "",
            "formerly": formerly(person),
            "can_edit": can_edit,
            "becomes_subcontractor": can_edit and file.standing is Standing.SUBCONTRACTOR,
        },
    )


@requires(C.EDIT_SESSIONS, writes=True)
def edit_trainer(request: TenantRequest, pk: UUID | None = None) -> HttpResponse:
    """Create or change a trainer; a status that the number typed contradicts is explained before it is kept."""
    organisation = request.organisation
    person = find_trainer(request, pk) if pk else None
    with editing(request, *([person] if person else [])) as edit:
        form = TrainerForm(request.POST or None, instance=person, organisation=organisation)
        saved = edit.carry_out(
            form,
            lambda: save_trainer(organisation=organisation, fields=form.fields_of_trainer, actor=request.user, trainer=person),
        )
    if saved:
        sentence = _("La fiche de %(trainer)s est enregistrée.") % {"trainer": saved}
        return done(request, sentence, "people:trainer", pk=saved.pk)
    words = words_of_status(form.reading) if form.reading else None
    return form_page(request, "people/edit_trainer.html", form, trainer=person, words=words)


@requires(C.EDIT_SESSIONS, writes=True)
def link(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Send a trainer their personal link, make it to be copied, or replace it; back to their page."""
    person = find_trainer(request, pk)
    if request.method == "POST":
        action = request.POST.get("action", "send")
        if action == "renew" and TrainerLink.objects.for_organisation(request.organisation).filter(trainer=person).exists():
            renew_link(trainer=person, actor=request.user)
            messages.success(request, _("Le lien est remplacé : l’ancien ne fonctionne plus."))
        elif action == "make":
            trainer_link(trainer=person, actor=request.user)
            messages.success(request, _("Le lien est prêt : copiez-le."))
        else:
            _send(request, person)
    return redirect("people:trainer", organisation=request.organisation.slug, pk=person.pk)


def _send(request: TenantRequest, person: Any) -> None:
    missing = [each.sentence for each in file_of(person, today=timezone.localdate()).missing if each.by_trainer]
    try:
        send_link(trainer=person, missing=missing, site=site_of(request), actor=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    except NotDeliveredError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Le lien est parti à %(address)s.") % {"address": person.email})


@requires(C.EDIT_SESSIONS, writes=True)
def become_subcontractor(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Make the subcontractor that a self-employed trainer is, to hold their contracts and reviews."""
    person = find_trainer(request, pk)
    if request.method != "POST":
        return redirect("people:trainer", organisation=request.organisation.slug, pk=person.pk)
    made = subcontractor_of_trainer(trainer=person, actor=request.user)
    messages.success(request, _("La fiche de sous-traitant de %(trainer)s est prête.") % {"trainer": person})
    return redirect("people:subcontractor", organisation=request.organisation.slug, pk=made.pk)

"""Pages of the rights to prepare for a certification."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualiopi.editing import done, editing, form_page
from qualiopi.files import responses
from qualiopi.files.errors import AlteredFile
from qualiopi.journal.verbs import record_reading
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.catalogue.access import find_accreditation, find_course
from trainings.catalogue.forms import AccreditationForm
from trainings.catalogue.models import Accreditation, Course
from trainings.catalogue.verbs import remove_accreditation, save_accreditation


@requires(C.EDIT_SESSIONS, writes=True)
def add(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One more right: a first one, or the renewal of another."""
    return _form(request, find_course(request, pk), None)


@requires(C.EDIT_SESSIONS, writes=True)
def edit(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Correct a right, or give it its file."""
    accreditation = find_accreditation(request, pk)
    return _form(request, accreditation.course, accreditation)


def _form(request: TenantRequest, course: Course, accreditation: Accreditation | None) -> HttpResponse:
    with editing(request, *([accreditation] if accreditation else [])) as edit:
        form = AccreditationForm(request.POST or None, request.FILES or None, instance=accreditation, course=course)

        def save() -> Accreditation:
            fields = {name: value for name, value in form.cleaned_data.items() if name != "upload"}
            upload = form.cleaned_data["upload"]
            return save_accreditation(
                course=course, fields=fields, upload=upload, actor=request.user, accreditation=accreditation
            )

        saved = edit.carry_out(form, save)
    if saved:
        return done(request, _("L’habilitation est enregistrée."), "catalogue:detail", pk=course.pk)
    return form_page(request, "catalogue/accreditation.html", form, course=course, accreditation=accreditation)


@requires(C.EDIT_SESSIONS, writes=True)
@require_POST
def remove(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Take away a right entered by mistake."""
    accreditation = find_accreditation(request, pk)
    remove_accreditation(accreditation=accreditation, actor=request.user)
    messages.success(request, _("L’habilitation est retirée ; le journal garde ce qu’elle disait."))
    return redirect("catalogue:detail", organisation=request.organisation.slug, pk=accreditation.course_id)


@requires(C.VIEW_SESSIONS)
def download(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """The file of a right; 404 when it has none. Its reading is noted in the journal."""
    accreditation = find_accreditation(request, pk)
    if accreditation.file is None:
        raise Http404
    said = {"file": accreditation.file.name, "sha256": accreditation.file.sha256}
    verb = "accreditation.downloaded"
    response: HttpResponseBase
    try:
        response = responses.download(accreditation.file)
    except AlteredFile as altered:
        verb = "accreditation.found_altered"
        context = {"accreditation": accreditation, "course": accreditation.course, "sentence": altered.sentence}
        response = render(request, "catalogue/altered.html", context, status=409)
    record_reading(verb=verb, actor=request.user, organisation_id=request.organisation.pk, target=accreditation, details=said)
    return response

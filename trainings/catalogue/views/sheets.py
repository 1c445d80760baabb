"""Pages of the public sheet: writing it, proofreading it, opening and closing the public page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualiopi.editing import done, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.catalogue.access import find_course, tell_refusal
from trainings.catalogue.forms import ProofreadForm, SheetForm
from trainings.catalogue.models import Course, PublicSheet
from trainings.catalogue.page import address_of
from trainings.catalogue.queries import programme_in_force
from trainings.catalogue.verbs import proofread, publish, save_sheet, unpublish


@requires(C.EDIT_SESSIONS, writes=True)
def edit(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Write the public sheet; empty headings are proposed from the programme in force."""
    course = find_course(request, pk)
    with editing(request, course) as edit:
        programme = programme_in_force(course, on=timezone.localdate())
        form = SheetForm(request.POST or None, instance=_sheet(course), course=course, programme=programme)
        saved = edit.carry_out(form, lambda: save_sheet(course=course, fields=form.cleaned_data, actor=request.user))
    if saved:
        return done(request, _("La fiche publique est enregistrée."), "catalogue:detail", pk=course.pk)
    return form_page(request, "catalogue/sheet.html", form, course=course, proposed=[] if form.is_bound else form.proposed)


@requires(C.EDIT_SESSIONS, writes=True)
def reading(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Note that a person read everything that is published."""
    course = find_course(request, pk)
    with editing(request, course) as edit:
        sheet = _sheet(course)
        found_at = sheet.found_at if sheet else ""
        if not found_at and sheet is not None and sheet.published_at is not None:
            found_at = address_of(request, course)
        form = ProofreadForm(request.POST or None, initial={"proofread_on": timezone.localdate(), "found_at": found_at})

        def note() -> PublicSheet:
            data = form.cleaned_data
            said = {"found_at": data["found_at"], "said_alike": data["said_alike"]}
            return proofread(course=course, on=data["proofread_on"], actor=request.user, **said)

        noted = edit.carry_out(form, note)
    if noted:
        return done(request, _("La relecture est notée."), "catalogue:detail", pk=course.pk)
    return form_page(request, "catalogue/proofread.html", form, course=course)


def _sheet(course: Course) -> PublicSheet | None:
    sheet: PublicSheet | None = PublicSheet.objects.for_organisation(course.organisation).filter(course=course).first()
    return sheet


@requires(C.EDIT_SESSIONS, writes=True)
@require_POST
def opening(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Open or close the public page (`open`: 1 or 0)."""
    course = find_course(request, pk)
    try:
        if request.POST.get("open") == "1":
            publish(course=course, actor=request.user)
            messages.success(request, _("La page publique est ouverte."))
        else:
            unpublish(course=course, actor=request.user)
            messages.success(request, _("La page publique est fermée : son adresse ne répond plus."))
    except ValidationError as error:
        tell_refusal(request, error)
    return redirect("catalogue:detail", organisation=request.organisation.slug, pk=course.pk)

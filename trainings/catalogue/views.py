"""Pages of the courses."""

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
from trainings.catalogue.forms import CourseForm
from trainings.catalogue.models import Course
from trainings.catalogue.queries import courses_of
from trainings.catalogue.verbs import save_course


@requires(C.VIEW_SESSIONS)
def course_list(request: TenantRequest) -> HttpResponseBase:
    """Courses of the organisation."""
    search = request.GET.get("q", "").strip()
    rows = courses_of(request.organisation, search=search)
    if request.GET.get("format") and request.access.allows(C.EXPORT):
        headings = [_("Intitulé"), _("Code"), _("Catégorie"), _("Durée (heures)"), _("RNCP ou RS"), _("Sessions")]
        lines: Any = (
            [row.title, row.code, row.get_category_display(), row.duration_hours, row.certification_code, row.session_count]
            for row in rows
        )
        return export_response(request.GET["format"], "formations", headings, lines)
    return render(
        request,
        "catalogue/list.html",
        {
            "page": page_of(request, rows),
            "search": search,
            "can_edit": request.access.allows(C.EDIT_SESSIONS),
            "can_export": request.access.allows(C.EXPORT),
        },
    )


@requires(C.EDIT_SESSIONS, writes=True)
def edit(request: TenantRequest, pk: UUID | None = None) -> HttpResponse:
    """Create or change a course."""
    course = Course.objects.for_organisation(request.organisation).filter(pk=pk).first() if pk else None
    if pk and course is None:
        raise Http404
    form = CourseForm(request.POST or None, instance=course, organisation=request.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_course(organisation=request.organisation, fields=form.cleaned_data, actor=request.user, course=course)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("La formation « %(course)s » est enregistrée.") % {"course": saved})
            return redirect("catalogue:list", organisation=request.organisation.slug)
    return render(request, "catalogue/edit.html", {"form": form, "course": course}, status=422 if form.errors else 200)

"""Pages of the courses: the list, the page of one, its form, its copy."""

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
from qualiopi.standard.grids import grid_for
from qualiopi.web.lists import page_of
from qualiopi.web.typography import listed
from trainings.catalogue.access import find_course
from trainings.catalogue.forms import CourseForm, DuplicateForm
from trainings.catalogue.looks import certification_words
from trainings.catalogue.page import page_of_course
from trainings.catalogue.queries import course_states, courses_of
from trainings.catalogue.sentences import COURSES, lacks
from trainings.catalogue.verbs import duplicate_course, save_course


@requires(C.VIEW_SESSIONS)
def course_list(request: TenantRequest) -> HttpResponseBase:
    """Courses of the organisation, with what each lacks today."""
    search = request.GET.get("q", "").strip()
    rows = courses_of(request.organisation, search=search)
    if request.GET.get("format") and request.access.allows(C.EXPORT):
        return export_response(request.GET["format"], "formations", _export_headings(), _export_rows(rows))
    page = page_of(request, rows)
    today = timezone.localdate()
    states = course_states(list(page.object_list), grid=grid_for(today).id, as_of=today)
    lines = [
        (course, listed(lacks(states[course.pk])), certification_words(course.certification_code, course.certifying))
        for course in page.object_list
    ]
    return render(
        request,
        "catalogue/list.html",
        {
            "words": COURSES,
            "page": page,
            "lines": lines,
            "wanting": sum(1 for _course, missing, _unsaid in lines if missing),
            "search": search,
            "can_edit": request.access.allows(C.EDIT_SESSIONS),
            "can_export": request.access.allows(C.EXPORT),
        },
    )


def _export_headings() -> list[str]:
    return [
        _("Intitulé"),
        _("Code"),
        _("Catégorie"),
        _("Durée (heures)"),
        _("RNCP ou RS"),
        _("Certification"),
        _("Certificateur"),
        _("Spécialité"),
        _("Sessions"),
    ]


def _export_rows(courses: Any) -> Any:
    for row in courses.iterator(chunk_size=500):
        yield [
            row.title,
            row.code,
            row.get_category_display(),
            row.duration_hours,
            row.certification_code,
            row.certification_title,
            row.certifier,
            row.speciality,
            row.session_count,
        ]


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def detail(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One course: what is missing, its programme, its public sheet, its rights, its sessions."""
    course = find_course(request, pk)
    context = page_of_course(course, today=timezone.localdate()) | {
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
        "can_manage": request.access.allows(C.VIEW_SESSIONS),
    }
    return render(request, "catalogue/detail.html", context)


@requires(C.EDIT_SESSIONS, writes=True)
def edit(request: TenantRequest, pk: UUID | None = None) -> HttpResponse:
    """Create or change a course."""
    organisation = request.organisation
    course = find_course(request, pk) if pk else None
    with editing(request, *([course] if course else [])) as edit:
        form = CourseForm(request.POST or None, instance=course, organisation=organisation)
        saved = edit.carry_out(
            form,
            lambda: save_course(organisation=organisation, fields=form.cleaned_data, actor=request.user, course=course),
        )
    if saved:
        return done(
            request, _("La formation « %(course)s » est enregistrée.") % {"course": saved}, "catalogue:detail", pk=saved.pk
        )
    return form_page(request, "catalogue/edit.html", form, course=course)


@requires(C.EDIT_SESSIONS, writes=True)
def duplicate(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Make another course out of this one."""
    course = find_course(request, pk)
    form = DuplicateForm(request.POST or None, initial={"title": _("%(title)s (copie)") % {"title": course.title}})
    copy = carry_out(form, lambda: duplicate_course(course=course, title=form.cleaned_data["title"], actor=request.user))
    if copy:
        sentence = _("« %(course)s » est créée : relisez sa fiche et son programme.") % {"course": copy}
        return done(request, sentence, "catalogue:detail", pk=copy.pk)
    return form_page(request, "catalogue/duplicate.html", form, course=course)

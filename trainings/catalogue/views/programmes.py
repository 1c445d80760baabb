"""Pages of the versions of a programme: reading one, preparing the next, putting it in force."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.catalogue.access import find_course, find_programme, tell_refusal
from trainings.catalogue.completeness import leads_to_certification
from trainings.catalogue.forms import AdoptForm, DraftEditor
from trainings.catalogue.looks import OBJECTIVES, SEQUENCES, SKILLS, version_words
from trainings.catalogue.models import Programme
from trainings.catalogue.page import programme_lacks
from trainings.catalogue.verbs import adopt, discard_draft, save_draft, start_draft


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def read(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One version, as it is or as it was."""
    programme = find_programme(request, pk)
    today = timezone.localdate()
    return render(
        request,
        "catalogue/programme.html",
        {
            "programme": programme,
            "course": programme.course,
            "lacks": programme_lacks(programme),
            "standing": version_words(programme.in_force_from, today=today, sessions=programme.sessions.count()),
            "can_edit": request.access.allows(C.EDIT_SESSIONS),
            "can_manage": request.access.allows(C.VIEW_SESSIONS),
        },
    )


@requires(C.EDIT_SESSIONS, writes=True)
@require_POST
def start(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Prepare the next version, copied from the one in force."""
    course = find_course(request, pk)
    try:
        draft = start_draft(course=course, on=timezone.localdate(), actor=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("catalogue:detail", organisation=request.organisation.slug, pk=course.pk)
    return redirect("catalogue:edit_programme", organisation=request.organisation.slug, pk=draft.pk)


@requires(C.EDIT_SESSIONS, writes=True)
def edit(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Write a draft. « Enregistrer et ajouter des lignes » comes back with blank lines."""
    programme = find_programme(request, pk)
    if programme.in_force_from is not None:
        return _adopted(request, programme)
    with editing(request, programme) as edit:
        editor = DraftEditor(programme, request.POST or None)
        saved = edit.carry_out(
            editor,
            lambda: save_draft(programme=programme, fields=editor.fields(), actor=request.user, **editor.lines()),
        )
    if saved:
        if "more" in request.POST:
            return redirect("catalogue:edit_programme", organisation=request.organisation.slug, pk=programme.pk)
        sentence = _("La version %(number)s est enregistrée.") % {"number": programme.number}
        return done(request, sentence, "catalogue:programme", pk=programme.pk)
    certifying = leads_to_certification(programme.course.category, programme.course.certifying)
    # Skills are asked of certifying courses; what was already written stays visible.
    show_skills = certifying is not False or bool(programme.skills.all())
    context = {
        "editor": editor,
        "programme": programme,
        "course": programme.course,
        "lists": {"objectives": OBJECTIVES, "skills": SKILLS, "sequences": SEQUENCES},
        "show_skills": show_skills,
        "left_out": () if show_skills else ("skills",),
    }
    return render(request, "catalogue/edit_programme.html", context, status=422 if editor.errors else 200)


@requires(C.EDIT_SESSIONS, writes=True)
def put_in_force(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Adopt a draft, once one has read what it lacks."""
    programme = find_programme(request, pk)
    if programme.in_force_from is not None:
        return _adopted(request, programme)
    form = AdoptForm(request.POST or None, initial={"in_force_from": timezone.localdate()})

    def put() -> Programme:
        data = form.cleaned_data
        return adopt(programme=programme, on=data["in_force_from"], change_note=data["change_note"], actor=request.user)

    if carry_out(form, put):
        sentence = _("La version %(number)s est adoptée : elle ne change plus.") % {"number": programme.number}
        return done(request, sentence, "catalogue:detail", pk=programme.course_id)
    context = {"programme": programme, "course": programme.course, "lacks": programme_lacks(programme)}
    return form_page(request, "catalogue/adopt.html", form, **context)


@requires(C.EDIT_SESSIONS, writes=True)
@require_POST
def discard(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Give up a draft."""
    programme = find_programme(request, pk)
    try:
        discard_draft(programme=programme, actor=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        messages.success(request, _("La version %(number)s est abandonnée.") % {"number": programme.number})
    return redirect("catalogue:detail", organisation=request.organisation.slug, pk=programme.course_id)


def _adopted(request: TenantRequest, programme: Programme) -> HttpResponse:
    messages.info(
        request,
        _("La version %(number)s est adoptée : elle ne change plus. Préparez une nouvelle version.")
        % {"number": programme.number},
    )
    return redirect("catalogue:programme", organisation=request.organisation.slug, pk=programme.pk)

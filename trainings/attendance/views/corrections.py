"""Saying otherwise what a line says; reading the sheet that stands behind it."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from qualiopi.editing import carry_out, done, form_page
from qualiopi.files.errors import AlteredFile
from qualiopi.files.responses import download
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.attendance.addresses import address_of
from trainings.attendance.finding import find_mark, tell_refusal
from trainings.attendance.forms import CorrectionForm
from trainings.attendance.models import Mark
from trainings.attendance.telling import file_words
from trainings.attendance.verbs import correct
from trainings.sessions.access import find_session
from trainings.states import OVER


@requires(C.TEACH, writes=True)
def edit(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Every line about one person and one half-day, and the form that adds another."""
    mark = find_mark(request, pk)
    history = list(
        Mark.objects.filter(half_day=mark.half_day, enrolment=mark.enrolment_id)
        .select_related("file", "made_by")
        .order_by("number")
    )
    current = history[-1]
    form = CorrectionForm(request.POST or None, initial={"kind": current.kind, "minutes": current.minutes})
    if carry_out(form, lambda: correct(mark=mark, actor=request.user, address=address_of(request), **form.cleaned_data)):
        sentence = _("La correction est notée ; la ligne d’avant reste lisible à côté.")
        return done(request, sentence, "attendance:half_day", pk=mark.half_day_id)
    context = {
        "mark": current,
        "trainee": mark.enrolment.trainee if mark.enrolment else "",
        "half_day": mark.half_day,
        "history": [(line, file_words(line)) for line in history],
        "session": find_session(request, mark.session_id),
        "open": mark.session.state not in OVER,
        "here": "attendance",
        "latest": current.pk == mark.pk,
    }
    return form_page(request, "attendance/correct.html", form, **context)


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def scanned(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """The scanned sheet behind a line."""
    mark = find_mark(request, pk)
    if mark.file is None:
        raise Http404
    try:
        return download(mark.file)
    except AlteredFile as error:
        tell_refusal(request, ValidationError(error.sentence))
        return redirect("attendance:session", organisation=request.organisation.slug, pk=mark.session_id)

"""How the people of a session were evaluated, and the files of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualiopi.files.errors import AlteredFile, RefusedFile
from qualiopi.files.responses import download
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.forms import take_errors
from trainings.learning.forms import EvaluationForm
from trainings.learning.models import Evaluation
from trainings.learning.queries import usual_moment
from trainings.learning.verbs import add_evaluation, remove_evaluation
from trainings.sessions.access import find_session


@requires(C.TEACH, writes=True)
def add(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Note an evaluation, with its file."""
    session = find_session(request, pk)
    today = timezone.localdate()
    initial = {"moment": usual_moment(session, today=today), "held_on": min(session.ends_on or today, today)}
    form = EvaluationForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = add_evaluation(
                session=session,
                title=data["title"],
                moment=data["moment"],
                held_on=data["held_on"],
                upload=data["file"],
                actor=request.user,
            )
        except RefusedFile as refusal:
            form.add_error("file", str(refusal))
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("L’évaluation « %(title)s » est au dossier.") % {"title": made.title})
            return redirect("learning:results", organisation=request.organisation.slug, pk=session.pk)
    context = {"session": session, "here": "results", "form": form}
    return render(request, "learning/evaluation.html", context, status=422 if form.errors else 200)


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def file(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """The file of an evaluation, as it was filed."""
    evaluation = _find(request, pk)
    if evaluation.file is None:
        raise Http404
    try:
        return download(evaluation.file)
    except AlteredFile as altered:
        context = {"session": evaluation.session, "here": "results", "sentence": altered.sentence}
        return render(request, "learning/altered.html", context, status=409)


@requires(C.TEACH, writes=True)
@require_POST
def remove(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Take away one that was noted by mistake."""
    evaluation = _find(request, pk)
    session = evaluation.session_id
    try:
        remove_evaluation(evaluation=evaluation, actor=request.user)
        messages.success(request, _("L’évaluation est retirée."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("learning:results", organisation=request.organisation.slug, pk=session)


def _find(request: TenantRequest, pk: UUID) -> Evaluation:
    evaluation: Evaluation | None = (
        Evaluation.objects.for_organisation(request.organisation).select_related("session__course", "file").filter(pk=pk).first()
    )
    if evaluation is None:
        raise Http404
    find_session(request, evaluation.session_id)
    return evaluation

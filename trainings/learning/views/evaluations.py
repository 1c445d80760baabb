"""How the people of a session were evaluated, and the files of it."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualiopi.editing import carry_out, form_page
from qualiopi.files.errors import AlteredFile
from qualiopi.files.responses import download
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.learning.forms import EvaluationForm
from trainings.learning.models import Evaluation, Moment
from trainings.learning.queries import objectives_of, usual_moment
from trainings.learning.verbs import add_evaluation, remove_evaluation
from trainings.sessions.access import find_session
from trainings.sessions.models import Session


@requires(C.TEACH, writes=True)
def add(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Note an evaluation, with its file. Whoever came from a person or an objective goes back there."""
    session = find_session(request, pk)
    today = timezone.localdate()
    asked = request.GET.get("moment", "")
    moment = asked if asked in Moment.values else usual_moment(session, today=today)
    usual = session.starts_on if moment == Moment.ENTRY else session.ends_on
    initial = {"moment": moment, "held_on": min(usual or today, today)}
    form = EvaluationForm(request.POST or None, request.FILES or None, initial=initial)

    def make() -> Evaluation:
        said = {name: form.cleaned_data[name] for name in ("title", "moment", "held_on")}
        return add_evaluation(session=session, upload=form.cleaned_data["file"], actor=request.user, **said)

    back = _where_from(request, session)
    if made := carry_out(form, make):
        sentence = _("L’évaluation « %(title)s » est au dossier.") % {"title": made.title}
        if back and made.moment == moment:
            sentence += " " + _("Enregistrez pour y rattacher ces résultats.")
        messages.success(request, sentence)
        return redirect(back or reverse("learning:results", args=[request.organisation.slug, session.pk]))
    return form_page(request, "learning/evaluation.html", form, session=session, here="results", back=back)


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


def _where_from(request: TenantRequest, session: Session) -> str:
    """The address of the results one came from, empty when it is none of this session."""
    person, objective = request.GET.get("personne", ""), request.GET.get("objectif", "")
    moment = urlencode({"moment": request.GET.get("moment", "")})
    try:
        if person and session.enrolments.filter(pk=UUID(person)).exists():
            return f"{reverse('learning:results_of', args=[request.organisation.slug, UUID(person)])}?{moment}"
        if objective and int(objective) in {one.pk for one in objectives_of(session)}:
            return f"{reverse('learning:objective', args=[request.organisation.slug, session.pk, int(objective)])}?{moment}"
    except ValueError:
        return ""
    return ""


def _find(request: TenantRequest, pk: UUID) -> Evaluation:
    evaluation: Evaluation | None = (
        Evaluation.objects.for_organisation(request.organisation).select_related("session__course", "file").filter(pk=pk).first()
    )
    if evaluation is None:
        raise Http404
    find_session(request, evaluation.session_id)
    return evaluation

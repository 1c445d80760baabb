"""The restricted room: needs of adaptation of one session. Every opening is written in the journal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.forms import take_errors
from trainings.adaptations.forms import AnswerForm, DecisionForm, FollowForm, MeasureForm
from trainings.adaptations.models import AdaptationRequest, Measure
from trainings.adaptations.queries import counts_of, people_of
from trainings.adaptations.verbs import add_measure, decide, follow_measure, note_reading, record_answer
from trainings.sessions.access import find_session
from trainings.sessions.models import Enrolment, Session
from trainings.sessions.queries import enrolment_of


@requires(C.SENSITIVE)
def session(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Who was asked, who needs something, what was decided, where each measure stands."""
    found = find_session(request, pk)
    note_reading(session=found, actor=request.user)
    lines = people_of(found)
    context = {"session": found, "here": "before", "lines": lines, "counts": counts_of(lines)}
    return render(request, "adaptations/session.html", context)


@requires(C.SENSITIVE, writes=True)
def answer(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Note what one person answered by word of mouth or on paper."""
    try:
        enrolment = enrolment_of(request.organisation, pk)
    except Enrolment.DoesNotExist:
        raise Http404 from None
    known = AdaptationRequest.objects.for_organisation(request.organisation).filter(enrolment=enrolment).first()
    initial = {"wish": known.wish, "need": known.need, "answered_on": known.answered_on} if known else {}

    def act(data: dict[str, Any]) -> None:
        record_answer(enrolment=enrolment, actor=request.user, **data)

    title = _("Noter la réponse de %(person)s") % {"person": enrolment.trainee}
    return _form(request, enrolment.session, AnswerForm(request.POST or None, initial=initial), act, title)


@requires(C.SENSITIVE, writes=True)
def decision(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Note what was decided with the person."""
    need = _find(request, AdaptationRequest, pk)
    initial = {"decision": need.decision, "decided_on": need.decided_on} if need.decided_on else {}

    def act(data: dict[str, Any]) -> None:
        decide(request=need, actor=request.user, **data)

    title = _("Décider avec %(person)s") % {"person": need.enrolment.trainee}
    return _form(request, need.enrolment.session, DecisionForm(request.POST or None, initial=initial), act, title, need)


@requires(C.SENSITIVE, writes=True)
def measure(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Plan a measure that follows from a decision."""
    need = _find(request, AdaptationRequest, pk)

    def act(data: dict[str, Any]) -> None:
        add_measure(request=need, actor=request.user, **data)

    title = _("Prévoir une mesure pour %(person)s") % {"person": need.enrolment.trainee}
    return _form(request, need.enrolment.session, MeasureForm(request.POST or None), act, title, need)


@requires(C.SENSITIVE, writes=True)
def follow(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Say where a measure stands."""
    found = _find(request, Measure, pk)

    def act(data: dict[str, Any]) -> None:
        follow_measure(measure=found, actor=request.user, **data)

    form = FollowForm(request.POST or None, initial={"state": found.state, "reason": found.reason})
    title = _("Suivre la mesure « %(measure)s »") % {"measure": found.text}
    return _form(request, found.request.enrolment.session, form, act, title, found.request)


def _find(request: TenantRequest, model: Any, pk: UUID) -> Any:
    """A row of the room through the tenant, or 404."""
    path = "enrolment" if model is AdaptationRequest else "request__enrolment"
    rows = model.objects.for_organisation(request.organisation)
    try:
        return rows.select_related(f"{path}__session__course", f"{path}__trainee").get(pk=pk)
    except model.DoesNotExist:
        raise Http404 from None


def _form(
    request: TenantRequest,
    session: Session,
    form: Form,
    act: Callable[[dict[str, Any]], None],
    title: str,
    need: AdaptationRequest | None = None,
) -> HttpResponse:
    """Show one form of the room, noting the reading, or act and go back to the list."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("C’est noté."))
            return redirect("adaptations:session", organisation=request.organisation.slug, pk=session.pk)
    note_reading(session=session, actor=request.user)
    context = {"session": session, "here": "before", "form": form, "title": title, "need": need}
    return render(request, "adaptations/form.html", context, status=422 if form.errors else 200)

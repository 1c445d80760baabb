"""The restricted room: needs of adaptation of one session. Every opening is written in the journal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
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
    with editing(request, enrolment) as edit:
        known = AdaptationRequest.objects.for_organisation(request.organisation).filter(enrolment=enrolment).first()
        initial = {"wish": known.wish, "need": known.need, "answered_on": known.answered_on} if known else {}
        form = AnswerForm(request.POST or None, initial=initial)
        noted = edit.carry_out(form, lambda: record_answer(enrolment=enrolment, actor=request.user, **form.cleaned_data))
    title = _("Noter la réponse de %(person)s") % {"person": enrolment.trainee}
    return _page(request, enrolment.session, form, title, noted=noted)


@requires(C.SENSITIVE, writes=True)
def decision(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Note what was decided with the person."""
    need = _find(request, AdaptationRequest, pk)
    with editing(request, need) as edit:
        initial = {"decision": need.decision, "decided_on": need.decided_on} if need.decided_on else {}
        form = DecisionForm(request.POST or None, initial=initial)
        noted = edit.carry_out(form, lambda: decide(request=need, actor=request.user, **form.cleaned_data))
    title = _("Décider avec %(person)s") % {"person": need.enrolment.trainee}
    return _page(request, need.enrolment.session, form, title, need, noted=noted)


@requires(C.SENSITIVE, writes=True)
def measure(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Plan a measure that follows from a decision."""
    need = _find(request, AdaptationRequest, pk)
    form = MeasureForm(request.POST or None)
    noted = carry_out(form, lambda: add_measure(request=need, actor=request.user, **form.cleaned_data))
    title = _("Prévoir une mesure pour %(person)s") % {"person": need.enrolment.trainee}
    return _page(request, need.enrolment.session, form, title, need, noted=noted)


@requires(C.SENSITIVE, writes=True)
def follow(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Say where a measure stands."""
    found = _find(request, Measure, pk)
    with editing(request, found) as edit:
        form = FollowForm(request.POST or None, initial={"state": found.state, "reason": found.reason})
        noted = edit.carry_out(form, lambda: follow_measure(measure=found, actor=request.user, **form.cleaned_data))
    title = _("Suivre la mesure « %(measure)s »") % {"measure": found.text}
    return _page(request, found.request.enrolment.session, form, title, found.request, noted=noted)


def _find(request: TenantRequest, model: Any, pk: UUID) -> Any:
    """A row of the room through the tenant, or 404."""
    path = "enrolment" if model is AdaptationRequest else "request__enrolment"
    rows = model.objects.for_organisation(request.organisation)
    try:
        return rows.select_related(f"{path}__session__course", f"{path}__trainee").get(pk=pk)
    except model.DoesNotExist:
        raise Http404 from None


def _page(
    request: TenantRequest,
    session: Session,
    form: Form,
    title: str,
    need: AdaptationRequest | None = None,
    *,
    noted: object,
) -> HttpResponse:
    """Show one form of the room, noting the reading; once it is noted, go back to the list."""
    if noted:
        return done(request, _("C’est noté."), "adaptations:session", pk=session.pk)
    note_reading(session=session, actor=request.user)
    return form_page(request, "adaptations/form.html", form, session=session, here="before", title=title, need=need)

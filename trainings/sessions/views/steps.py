"""The steps around a session: done by hand, handed to somebody, set aside with a reason."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualiopi.editing import carry_out, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.sessions.access import find_session
from trainings.sessions.forms import SkipForm, StepForm
from trainings.sessions.models import Session, Step
from trainings.sessions.verbs import add_step, give_checklist, hand_step, reopen_step, skip_step, tick_step


def _step(request: TenantRequest, pk: UUID) -> Step:
    """A step of a session that the reader may open; a trainer's own steps alone. Http404 otherwise."""
    steps = Step.objects.for_organisation(request.organisation).select_related("session__course", "trainer", "owner")
    try:
        found: Step = steps.get(pk=pk)
    except Step.DoesNotExist:
        raise Http404 from None
    find_session(request, found.session_id)
    mine = found.trainer is not None and found.trainer.user_id == request.user.pk
    if not mine and not request.access.allows(C.EDIT_SESSIONS):
        raise Http404
    return found


def _back(request: TenantRequest, session_pk: UUID) -> HttpResponse:
    answer = redirect("dossiers:session", organisation=request.organisation.slug, pk=session_pk)
    answer["Location"] += "#etapes"
    return answer


@requires(C.EDIT_SESSIONS, C.TEACH, writes=True)
@require_POST
def tick(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Say that a step is done."""
    step = tick_step(step=_step(request, pk), actor=request.user)
    messages.success(request, _("C’est noté : « %(step)s » est fait.") % {"step": step.label})
    return _back(request, step.session_id)


@requires(C.EDIT_SESSIONS, C.TEACH, writes=True)
@require_POST
def reopen(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Put a step back among what is to be done."""
    step = _step(request, pk)
    try:
        reopen_step(step=step, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(request, step.session_id)


@requires(C.EDIT_SESSIONS, writes=True)
def change(request: TenantRequest, pk: UUID) -> HttpResponse:
    """By when and by whom a step is done; or why it does not apply."""
    step = _step(request, pk)
    session = find_session(request, step.session_id)
    sent = request.POST if request.method == "POST" else None
    skipping = sent is not None and "skip" in sent
    with editing(request, step) as edit:
        in_charge = f"user.{step.owner_id}" if step.owner_id else f"trainer.{step.trainer_id}" if step.trainer_id else ""
        shown = {"due_on": step.due_on, "in_charge": in_charge}
        form = StepForm(None if skipping else sent, session=session, new=False, initial=shown)
        skip_form = SkipForm(sent if skipping else None, initial={"reason": step.skipped_reason})

        def hand() -> Step:
            return hand_step(step=step, due_on=form.cleaned_data["due_on"], actor=request.user, **form.owners())

        changed = edit.carry_out(form, hand) or edit.carry_out(
            skip_form, lambda: skip_step(step=step, actor=request.user, **skip_form.cleaned_data)
        )
    if changed:
        messages.success(request, _("L’étape « %(step)s » est changée.") % {"step": step.label})
        return _back(request, session.pk)
    context = {"session": session, "here": "session", "step": step, "form": form, "skip_form": skip_form}
    return render(request, "sessions/step.html", context, status=422 if form.errors or skip_form.errors else 200)


@requires(C.EDIT_SESSIONS, writes=True)
def add(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One more step."""
    session: Session = find_session(request, pk)
    form = StepForm(request.POST or None, session=session, new=True, initial={"in_charge": f"user.{request.user.pk}"})

    def make() -> Step:
        data = form.cleaned_data
        return add_step(session=session, label=data["label"], due_on=data["due_on"], actor=request.user, **form.owners())

    if made := carry_out(form, make):
        messages.success(request, _("L’étape « %(step)s » est ajoutée.") % {"step": made.label})
        return _back(request, session.pk)
    return form_page(request, "sessions/step.html", form, session=session, here="session")


@requires(C.EDIT_SESSIONS, writes=True)
@require_POST
def prepare(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Give a session that has none, or lacks some, the steps of the checklist."""
    session = find_session(request, pk)
    if session.starts_on is None:
        messages.error(request, _("Fixez d’abord les dates : les étapes se comptent à partir d’elles."))
    else:
        give_checklist(session=session, actor=request.user)
    return _back(request, session.pk)

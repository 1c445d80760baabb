"""The life of a session: its states, its contract."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.files import responses
from qualiopi.files.errors import AlteredFile
from qualiopi.journal.verbs import record_reading
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.sessions.access import find_session
from trainings.sessions.forms import ContractForm, ReasonForm
from trainings.sessions.forms.contracts import FOR_ANOTHER, GIVEN
from trainings.sessions.models import Session, SessionState
from trainings.sessions.page_words import confirm_words, consequence
from trainings.sessions.rules import may_become, needs_reason
from trainings.sessions.verbs import change_state, give_to_subcontractor, refused_change, run_for_another, run_for_ourselves


@requires(C.EDIT_SESSIONS, writes=True)
def change(request: TenantRequest, pk: UUID, state: str) -> HttpResponse:
    """Ask whether, and why, then take the session to this state; closing has a page of its own."""
    session = find_session(request, pk)
    if state not in SessionState.values or state == SessionState.CLOSED:
        raise Http404
    target = SessionState(state)
    if not may_become(session.state, target):
        messages.error(request, refused_change(SessionState(session.state), target))
        return redirect("dossiers:session", organisation=request.organisation.slug, pk=pk)
    needed = needs_reason(session.state, target)
    form = ReasonForm(request.POST if request.method == "POST" else None, needed=needed)
    if carry_out(form, lambda: change_state(session=session, to=target, actor=request.user, reason=form.cleaned_data["reason"])):
        return done(request, _("La session est %(state)s.") % {"state": target.label}, "dossiers:session", pk=pk)
    words = {"consequence": consequence(target), "confirm_words": confirm_words(target)}
    return form_page(request, "sessions/state.html", form, session=session, here="session", target=target, **words)


@requires(C.EDIT_SESSIONS, writes=True)
def contract(request: TenantRequest, pk: UUID) -> HttpResponse:
    """For whom the session is run, by whom, under which contract."""
    session = find_session(request, pk)
    with editing(request, session) as edit:
        form = ContractForm(request.POST or None, request.FILES or None, session=session)
        bound = edit.carry_out(form, lambda: _bind(request, session, form))
    if bound:
        return done(request, _("Le contrat de la session est noté."), "dossiers:session", pk=pk)
    return form_page(request, "sessions/contract.html", form, session=session, here="session")


def _bind(request: TenantRequest, session: Session, form: ContractForm) -> Session:
    data = form.cleaned_data
    if data["way"] == FOR_ANOTHER:
        names = ("run_for", "contract_reference", "contract_signed_on", "missions", "upload")
        return run_for_another(session=session, actor=request.user, **{name: data[name] for name in names})
    if data["way"] == GIVEN:
        return give_to_subcontractor(
            session=session, subcontractor=data["given_to"], subcontract=data["subcontract"], actor=request.user
        )
    return run_for_ourselves(session=session, actor=request.user)


@requires(C.VIEW_SESSIONS)
def contract_file(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """The contract by which another organisation gives us the session."""
    session = find_session(request, pk)
    if session.contract_file is None:
        raise Http404
    try:
        response = responses.download(session.contract_file)
    except AlteredFile as altered:
        messages.error(request, altered.sentence)
        return redirect("dossiers:session", organisation=request.organisation.slug, pk=pk)
    record_reading(
        verb="session.contract_read",
        actor=request.user,
        organisation_id=request.organisation.pk,
        target=session,
        details={"file": session.contract_file.name, "sha256": session.contract_file.sha256},
    )
    return response

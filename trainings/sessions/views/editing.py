"""Changing a session."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qualiopi.editing import done, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.sessions.access import find_session
from trainings.sessions.forms import SessionForm
from trainings.sessions.models import Session
from trainings.sessions.queries import said_by
from trainings.sessions.telling import tell_changes
from trainings.sessions.verbs import save_session


@requires(C.EDIT_SESSIONS, writes=True)
def edit(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Change what is known of a session."""
    session, organisation = find_session(request, pk), request.organisation
    with editing(request, session) as edit:
        before = said_by(session)
        form = SessionForm(request.POST or None, instance=session, organisation=organisation)

        def save() -> Session:
            fields = dict(form.cleaned_data)
            trainers = fields.pop("trainers")
            return save_session(organisation=organisation, fields=fields, trainers=trainers, actor=request.user, session=session)

        saved = edit.carry_out(form, save)
    if saved:
        tell_changes(request, before, saved)
        sentence = _("La session %(reference)s est enregistrée.") % {"reference": saved.reference}
        return done(request, sentence, "dossiers:session", pk=saved.pk)
    return form_page(request, "sessions/edit.html", form, session=session, here="session")

"""Changing a session."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.forms import take_errors
from trainings.sessions.access import find_session
from trainings.sessions.forms import SessionForm
from trainings.sessions.verbs import save_session


@requires(C.EDIT_SESSIONS, writes=True)
def edit(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Change what is known of a session."""
    session = find_session(request, pk)
    form = SessionForm(request.POST or None, instance=session, organisation=request.organisation)
    if request.method == "POST" and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "trainers"}
        try:
            saved = save_session(
                organisation=request.organisation,
                fields=fields,
                trainers=form.cleaned_data["trainers"],
                actor=request.user,
                session=session,
            )
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("La session %(reference)s est enregistrée.") % {"reference": saved.reference})
            return redirect("sessions:detail", organisation=request.organisation.slug, pk=saved.pk)
    return render(
        request, "sessions/edit.html", {"form": form, "session": session, "here": "session"}, status=422 if form.errors else 200
    )

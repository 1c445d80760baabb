"""The page that closes a session, or says what is missing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.closing.queries import what_is_missing_to_close
from trainings.closing.sentences import standing_words
from trainings.closing.verbs import close_session
from trainings.sessions.access import find_session
from trainings.sessions.models import SessionState
from trainings.sessions.rules import may_become


@requires(C.EDIT_SESSIONS, writes=True)
def close(request: TenantRequest, pk: UUID) -> HttpResponse:
    """What is missing, each with the page that mends it; the button, once nothing is."""
    session = find_session(request, pk)
    now = timezone.now()
    refused: list[str] = []
    if request.method == "POST":
        try:
            close_session(session=session, actor=request.user, now=now)
        except ValidationError as error:
            refused = error.messages
        else:
            messages.success(
                request, _("La session %(reference)s est close : son dossier ne bouge plus.") % {"reference": session}
            )
            return redirect("sessions:detail", organisation=request.organisation.slug, pk=pk)
    missing = what_is_missing_to_close(session, now=now)
    context = {
        "session": session,
        "here": "session",
        "missing": missing,
        "may_close": may_become(session.state, SessionState.CLOSED) and not missing,
        "standing": standing_words(session.state, missing=len(missing)),
        "refused": bool(refused),
    }
    return render(request, "closing/close.html", context, status=422 if refused else 200)

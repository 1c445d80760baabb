"""The page that closes a session, or says what is missing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from evidence.closing.queries import closing_of
from evidence.closing.sentences import closed_words, standing_words
from evidence.closing.verbs import close_session
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.sessions.access import find_session
from trainings.sessions.models import SessionState
from trainings.sessions.rules import may_become


@requires(C.EDIT_SESSIONS, writes=True)
def close(request: TenantRequest, pk: UUID) -> HttpResponse:
    """What holds it open, each with the page that mends it; the button, once nothing does."""
    session = find_session(request, pk)
    now = timezone.now()
    refused: list[str] = []
    if request.method == "POST":
        try:
            close_session(session=session, actor=request.user, now=now)
        except ValidationError as error:
            refused = error.messages
        else:
            awaited = closing_of(session, now=now).awaited
            messages.success(request, closed_words(str(session), awaited=len(awaited)))
            return redirect("dossiers:session", organisation=request.organisation.slug, pk=pk)
    found = closing_of(session, now=now)
    context = {
        "session": session,
        "here": "session",
        "missing": found.holding,
        "lost": found.lost,
        "left_open": found.left_open,
        "may_close": may_become(session.state, SessionState.CLOSED) and not found.holding,
        "standing": standing_words(session.state, missing=len(found.holding), awaited=len(found.awaited)),
        "refused": bool(refused),
    }
    return render(request, "closing/close.html", context, status=422 if refused else 200)

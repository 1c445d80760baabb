"""What leaves the house although it comes too late asks first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from qualiopi.organisations.policy import TenantRequest
from trainings.documents.sentences import sent_too_late
from trainings.sessions.models import Session

SURE = "sure"


def asked_first(request: TenantRequest, session: Session, kind: str, *, back: str) -> HttpResponse | None:
    """The question to answer before joining instructions leave for a session that has begun; None when nothing is to be asked, or it
    was answered. The same form is sent again with the answer. `back`: where one goes without sending."""
    why = sent_too_late(kind, session.starts_on, today=timezone.localdate())
    if not why or SURE in request.POST:
        return None
    kept = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    context = {"session": session, "here": "documents", "why": why, "kept": kept, "sure": SURE, "back": back}
    return render(request, "documents/too_late.html", context)

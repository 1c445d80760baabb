"""Every survey of one session on one page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.states import NOT_HELD
from trainings.surveys.queries import SurveyLine, current_session_token, surveys_of
from trainings.surveys.views.finding import find_session, site_of


@requires(C.VIEW_SURVEYS, C.VIEW_OWN_SESSIONS)
def surveys(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Who is asked, who was, how many answered. A trainer sees the counts of their own sessions, and what to show."""
    session = find_session(request, pk)
    lines = surveys_of(session)
    context = {
        "session": session,
        "here": "surveys",
        "today": timezone.localdate(),
        "takes_place": session.state not in NOT_HELD,
        "lines": [
            {"line": line, "link": _link(request, line), "may_ask": line.may_be_asked(client=bool(session.run_for))}
            for line in lines
        ],
        "asked": sum(1 for line in lines if line.campaign),
        "answers": sum(line.answers for line in lines),
        "can_read": request.access.allows(C.VIEW_SURVEYS),
        "can_edit": request.access.allows(C.EDIT_SURVEYS),
    }
    return render(request, "surveys/session.html", context)


def _link(request: TenantRequest, line: SurveyLine) -> str:
    """The link to pass on by hand to those who have no address here: a client, a funder's own platform."""
    if line.campaign is None or line.closed or line.questionnaire.anonymous or not request.access.allows(C.EDIT_SURVEYS):
        return ""
    token = current_session_token(line.campaign)
    return site_of(request) + reverse("survey:start", args=[token]) if token else ""

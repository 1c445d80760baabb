"""Every survey of one session on one page."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.reach import reachable
from trainings.sessions.models import Session
from trainings.states import NOT_HELD
from trainings.surveys.cards import audience_words, nobody_asked, party_words, standing
from trainings.surveys.models import Audience
from trainings.surveys.queries import AskedParty, SurveyLine, current_session_token, surveys_of
from trainings.surveys.questionnaire import SATISFACTION
from trainings.surveys.views.finding import find_session, site_of

# Where the address of each is written.
EDITED_AT: Final[dict[str, str]] = {
    Audience.COMPANY: "people:edit_company",
    Audience.FUNDER: "people:edit_funder",
    Audience.TRAINER: "people:edit_trainer",
}


@requires(C.VIEW_SURVEYS, C.VIEW_OWN_SESSIONS)
def surveys(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Who is asked, who was, how many answered. A trainer sees the counts of their own sessions, and what to show."""
    session = find_session(request, pk)
    lines, today = surveys_of(session), timezone.localdate()
    context = {
        "session": session,
        "here": "surveys",
        "takes_place": session.state not in NOT_HELD,
        "lines": [_card(request, session, line, today) for line in lines],
        "asked": sum(1 for line in lines if line.campaign),
        "answers": sum(line.answers for line in lines),
        "can_read": request.access.allows(C.VIEW_SURVEYS),
        "can_edit": request.access.allows(C.EDIT_SURVEYS),
    }
    return render(request, "surveys/session.html", context)


def _card(request: TenantRequest, session: Session, line: SurveyLine, today: date) -> dict[str, Any]:
    """What the card of one survey shows, in words."""
    key, audience = line.questionnaire.key, line.questionnaire.audience
    address = [request.organisation.slug, session.pk]
    return {
        "line": line,
        "audience": audience_words(line.questionnaire),
        "shown_by_code": key == SATISFACTION,
        "link": _link(request, line),
        "may_ask": line.may_be_asked(client=bool(session.run_for)),
        "standing": standing(line, takes_place=session.state not in NOT_HELD, today=today),
        "parties": [_party(request, audience, party) for party in line.parties],
        "nobody": nobody_asked(audience, client=session.run_for),
        "results_url": reverse("surveys:results", args=address if key == SATISFACTION else [*address, key]),
    }


def _party(request: TenantRequest, audience: str, party: AskedParty) -> dict[str, Any]:
    """One person asked; with where to add the address without which no link leaves."""
    lacking = not party.answered and not party.person.address
    return {
        "name": party.person.name,
        "answered": party.answered,
        "words": party_words(party),
        "edit_url": reachable(request, EDITED_AT[audience], request.organisation.slug, party.person.pk) if lacking else "",
    }


def _link(request: TenantRequest, line: SurveyLine) -> str:
    """The link to pass on by hand to those who have no address here: a client, a funder's own platform."""
    if line.campaign is None or line.closed or line.questionnaire.anonymous or not request.access.allows(C.EDIT_SURVEYS):
        return ""
    token = current_session_token(line.campaign)
    return site_of(request) + reverse("survey:start", args=[token]) if token else ""

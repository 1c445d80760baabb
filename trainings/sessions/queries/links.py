"""What a trainee's personal link opens."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from qualiopi.links import Behind, LinkState, still_made, until
from trainings.people.queries import look_behind_merged
from trainings.sessions.links import link_token
from trainings.sessions.models import EnrolmentLink, EnrolmentState, SessionState

OF_SESSION = {
    SessionState.CANCELLED: LinkState.CANCELLED,
    SessionState.POSTPONED: LinkState.POSTPONED,
    SessionState.CLOSED: LinkState.CLOSED,
}


def enrolment_behind(token: str, purpose: str, *, today: date | None = None) -> Behind[EnrolmentLink] | None:
    """What a token opens for this purpose, with its enrolment, trainee, session, course and organisation. One query.

    CANCELLED, POSTPONED and CLOSED tell of the session, LEFT of a person who withdrew or gave up. `today`: the organisation's unless
    said.
    """
    links = EnrolmentLink.objects.select_related(
        "enrolment__trainee", "enrolment__session__course", "enrolment__session__organisation", "organisation"
    )
    return look_behind_merged(
        token, links.filter(purpose=purpose), lambda link: _state(link, today=today or timezone.localdate())
    )


def _state(link: EnrolmentLink, *, today: date) -> LinkState:
    of_session = OF_SESSION.get(SessionState(link.enrolment.session.state))
    if of_session is not None:
        return of_session
    if link.enrolment.state != EnrolmentState.ENROLLED:
        return LinkState.LEFT
    return until(link.expires_on, today=today)


def current_token(link: EnrolmentLink) -> str | None:
    """The token of a link, None when the secret key it was made with is gone."""
    return still_made(link.token_hash, lambda secret: link_token(link.enrolment_id, link.purpose, link.number, secret=secret))

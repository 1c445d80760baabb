"""What a trainee's personal link opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qualiopi.links import as_given, fingerprint, secrets_in_use
from trainings.sessions.links import link_token
from trainings.sessions.models import Enrolment, EnrolmentLink, EnrolmentState, SessionState


class LinkState(StrEnum):
    """What one finds behind a link. A page answers each of them kindly."""

    OPEN = "open"
    EXPIRED = "expired"
    LEFT = "left"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Behind:
    """A known link, with its enrolment, trainee, session, course and organisation, and how it stands today."""

    link: EnrolmentLink
    state: LinkState

    @property
    def enrolment(self) -> Enrolment:
        """Whose link it is."""
        return self.link.enrolment


def enrolment_behind(token: str, purpose: str, *, today: date) -> Behind | None:
    """What a token opens for this purpose; None when nobody knows it (never given, renewed since, or for something else).

    One query. CANCELLED, POSTPONED and CLOSED tell of the session, LEFT of a person who withdrew or gave up.
    """
    link = (
        EnrolmentLink.objects.select_related(
            "enrolment__trainee", "enrolment__session__course", "enrolment__session__organisation", "organisation"
        )
        .filter(token_hash=fingerprint(as_given(token)), purpose=purpose)
        .first()
    )
    return Behind(link, _state(link, today=today)) if link else None


def _state(link: EnrolmentLink, *, today: date) -> LinkState:
    of_session = {
        SessionState.CANCELLED: LinkState.CANCELLED,
        SessionState.POSTPONED: LinkState.POSTPONED,
        SessionState.CLOSED: LinkState.CLOSED,
    }
    session_state = of_session.get(SessionState(link.enrolment.session.state))
    if session_state is not None:
        return session_state
    if link.enrolment.state != EnrolmentState.ENROLLED:
        return LinkState.LEFT
    return LinkState.EXPIRED if today > link.expires_on else LinkState.OPEN


def current_token(link: EnrolmentLink) -> str | None:
    """The token of a link, None when the secret key it was made with is gone (a new link must be made)."""
    for secret in secrets_in_use():
        token = link_token(link.enrolment_id, link.purpose, link.number, secret=secret)
        if fingerprint(token) == link.token_hash:
            return token
    return None

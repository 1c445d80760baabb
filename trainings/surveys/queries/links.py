"""What a survey link opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from qualiopi.links import LinkState, look_behind, still_made, until
from qualiopi.organisations.models import Organisation
from trainings.people.queries import look_behind_merged
from trainings.sessions.models import Session
from trainings.states import NOT_HELD
from trainings.surveys.links import link_expiry, session_token
from trainings.surveys.models import Audience, Campaign, Invitation, ResponseSource
from trainings.surveys.queries.recipients import DECLINED, REACHABLE, audience_size
from trainings.surveys.questionnaire import SATISFACTION

# A session's link stops when far more people answered than were enrolled: somebody is playing with it.
ANSWERS_PER_PERSON = 3
ANSWERS_WITHOUT_LIST = 60
# A reminder a week at most: own practice.
BETWEEN_MESSAGES = timedelta(days=7)
# By itself the clock reminds once, and of nothing older than this: after a long silence a person decides.
REMINDED_BY_ITSELF = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Door:
    """A known link: its campaign (with session, course and organisation), the invitation when it is personal, its state today."""

    campaign: Campaign
    invitation: Invitation | None
    state: LinkState

    @property
    def personal(self) -> bool:
        """Whether the link was sent to one person."""
        return self.invitation is not None


def door(token: str, *, today: date | None = None) -> Door | None:
    """The campaign a token opens, None when nobody knows this token (never given, or replaced). At most six queries.

    `today`: the organisation's unless said.
    """
    campaigns = Campaign.objects.select_related("session__course", "organisation")

    def shared_state(found: Campaign) -> LinkState:
        return _session_link_state(found, today=today or timezone.localdate())

    shared = look_behind(token, campaigns, shared_state, column="link_hash")
    if shared is not None:
        return Door(shared.row, None, shared.state)
    invitations = Invitation.objects.select_related("campaign__session__course", "campaign__organisation")
    personal = look_behind_merged(token, invitations, lambda found: _invitation_state(found, today=today or timezone.localdate()))
    return Door(personal.row.campaign, personal.row, personal.state) if personal is not None else None


def _invitation_state(invitation: Invitation, *, today: date) -> LinkState:
    if invitation.answered:
        return LinkState.USED
    return LinkState.CLOSED if invitation.campaign.closed_on is not None else until(invitation.expires_on, today=today)


def _session_link_state(campaign: Campaign, *, today: date) -> LinkState:
    if campaign.closed_on is not None:
        return LinkState.CLOSED
    if until(link_expiry(campaign.session.ends_on, campaign.opened_on), today=today) is LinkState.EXPIRED:
        return LinkState.EXPIRED
    return LinkState.OPEN if room_left(campaign) > 0 else LinkState.FULL


def room_left(campaign: Campaign) -> int:
    """How many more answers the session's link takes: three for each one asked in all, sixty when no list is known. Two queries."""
    session = campaign.session
    people = audience_size(session, campaign.audience)
    if campaign.audience == Audience.TRAINEE:
        people = people or session.expected_trainees or 0
    received = campaign.responses.filter(source=ResponseSource.SESSION_LINK).count()
    return max(0, (people * ANSWERS_PER_PERSON or ANSWERS_WITHOUT_LIST) - received)


def current_session_token(campaign: Campaign) -> str | None:
    """The token of the session's link, None when the secret key it was made with is gone (a new link must be made)."""
    return still_made(campaign.link_hash, lambda secret: session_token(campaign.pk, campaign.link_number, secret=secret))


def campaign_of(organisation: Organisation, session: Session, *, questionnaire: str = SATISFACTION) -> Campaign | None:
    """The campaign of this questionnaire for a session, None while nobody opened it."""
    campaigns = Campaign.objects.for_organisation(organisation).select_related("session__course", "organisation")
    campaign: Campaign | None = campaigns.filter(session=session, questionnaire=questionnaire).first()
    return campaign


@dataclass(frozen=True, slots=True)
class InvitationsCount:
    """Personal links of a campaign: sent, served, and those a reminder may go to today."""

    sent: int
    served: int
    remindable: int


def invitations_count(campaign: Campaign) -> InvitationsCount:
    """How the personal links of a campaign stand; two queries."""
    counts = campaign.invitations.order_by().aggregate(
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        served=Count("pk", filter=Q(answered=True)),
    )
    return InvitationsCount(counts["sent"], counts["served"], remindable(campaign).count())


def remindable(campaign: Campaign) -> QuerySet[Invitation]:
    """Personal links sent at least a week ago, not served, not recalled this week, still valid, to people who did not withdraw."""
    before = timezone.now() - BETWEEN_MESSAGES
    return waiting(campaign).filter(Q(reminded_at__isnull=True, sent_at__lte=before) | Q(reminded_at__lte=before))


def campaigns_to_remind(*, now: datetime, organisations: QuerySet[Any]) -> QuerySet[Campaign]:
    """Open campaigns in which a personal link sent a week ago has not served, and that nobody reminded yet.

    Of the organisations of these keys, whose zone is the current one.
    """
    left = Invitation.objects.filter(
        REACHABLE,
        ~DECLINED,
        answered=False,
        reminded_at__isnull=True,
        sent_at__lte=now - BETWEEN_MESSAGES,
        sent_at__gt=now - REMINDED_BY_ITSELF,
        expires_on__gte=timezone.localdate(now),
    )
    campaigns: QuerySet[Campaign] = (
        Campaign.objects.filter(organisation__in=organisations, closed_on__isnull=True, pk__in=left.order_by().values("campaign"))
        .exclude(session__state__in=NOT_HELD)
        .select_related("session__course", "organisation")
        .order_by("opened_on", "pk")
    )
    return campaigns


def waiting(campaign: Campaign) -> QuerySet[Invitation]:
    """Personal links that were sent, have not served and still may, of people who may be reminded."""
    invitations: QuerySet[Invitation] = campaign.invitations.filter(
        REACHABLE, ~DECLINED, answered=False, sent_at__isnull=False, expires_on__gte=timezone.localdate()
    ).select_related("enrolment__trainee", "company", "funder", "trainer__user")
    return invitations

"""Every survey of one session: whom it asks, who was asked, how many answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from qualiopi.optouts.queries import as_compared, refusing
from trainings.sessions.models import EnrolmentState, Session, Step
from trainings.surveys.models import Audience, Campaign, Invitation, Response
from trainings.surveys.queries.links import BETWEEN_MESSAGES
from trainings.surveys.queries.recipients import DECLINED, FIELDS, REACHABLE, Recipient, audience_size, recipients_of
from trainings.surveys.questionnaire import Questionnaire, shipped

# In the order in which a session meets them.
ORDER = ("end_of_session", "trainer", "cold", "company", "funder")


@dataclass(frozen=True, slots=True)
class AskedParty:
    """A company, a funder or a trainer, and where their link stands. Trainees are never listed so."""

    person: Recipient
    sent_at: datetime | None
    reminded_at: datetime | None
    answered: bool
    # Their address wants no surveys nor reminders any more.
    declined: bool = False


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """One questionnaire for one session. `campaign` is None while nobody opened it; `step` when the clock is to send it."""

    questionnaire: Questionnaire
    campaign: Campaign | None
    step: Step | None
    size: int
    sent: int
    served: int
    answers: int
    remindable: int
    reminded_at: datetime | None
    parties: tuple[AskedParty, ...]
    # How many of those it asks want no surveys nor reminders by e-mail any more.
    declined: int = 0

    @property
    def closed(self) -> bool:
        """Whether it takes no more answers."""
        return self.campaign is not None and self.campaign.closed_on is not None

    @property
    def unsent(self) -> int:
        """How many have not had their link."""
        return max(0, self.size - self.sent)

    @property
    def addressed(self) -> bool:
        """Whether a message may reach somebody. Of trainees, whom this page never lists, it is taken for granted."""
        return self.questionnaire.anonymous or any(party.person.address for party in self.parties)

    def may_be_asked(self, *, client: bool) -> bool:
        """Whether a link may leave or the survey be opened. `client`: the session is run for one, to whom the link is passed on."""
        if self.closed:
            return False
        if self.campaign is not None:
            return self.unsent > 0 and self.addressed
        return self.size > 0 or (client and self.questionnaire.audience == Audience.COMPANY)

    @property
    def planned(self) -> Step | None:
        """The step by which the clock is still to send it."""
        step = self.step
        return step if step is not None and step.automatic and step.done_at is None and not step.skipped_reason else None


@dataclass(frozen=True, slots=True)
class _Links:
    sent: int = 0
    served: int = 0
    reminded_at: datetime | None = None


def surveys_of(session: Session) -> list[SurveyLine]:
    """Each questionnaire shipped, in the order of a session; eleven queries whatever the number of people, one more when some refused."""
    now = timezone.now()
    campaigns = {
        campaign.questionnaire: campaign
        for campaign in Campaign.objects.filter(session=session)
        .select_related("session", "organisation")
        .annotate(answers=Count("responses"))
    }
    invitations = Invitation.objects.filter(campaign__session=session).order_by()
    links = {
        row["campaign"]: _Links(row["sent"], row["served"], row["reminded"])
        for row in invitations.values("campaign").annotate(
            sent=Count("pk", filter=Q(sent_at__isnull=False)),
            served=Count("pk", filter=Q(answered=True)),
            reminded=Max("reminded_at"),
        )
    }
    remindable = dict(_remindable(invitations, now).values_list("campaign").annotate(Count("pk")))
    steps = {step.key: step for step in Step.objects.filter(session=session, key__startswith="survey:")}
    refused = refusing(session.organisation)
    parties = _parties(session, invitations, refused)
    trainees = (
        session.enrolments.exclude(state=EnrolmentState.WITHDRAWN).values_list("trainee__email", flat=True) if refused else ()
    )
    declined_trainees = sum(as_compared(email) in refused for email in trainees)
    lines = []
    for key in ORDER:
        questionnaire, campaign = shipped()[key], campaigns.get(key)
        link = links.get(campaign.pk, _Links()) if campaign else _Links()
        people = parties.get(questionnaire.audience)
        lines.append(
            SurveyLine(
                questionnaire=questionnaire,
                campaign=campaign,
                step=steps.get(f"survey:{key}"),
                size=audience_size(session, questionnaire.audience) if people is None else len(people),
                sent=link.sent,
                served=link.served,
                answers=getattr(campaign, "answers", 0),
                remindable=remindable.get(campaign.pk, 0) if campaign and campaign.closed_on is None else 0,
                reminded_at=link.reminded_at,
                parties=tuple(people or ()),
                declined=declined_trainees if people is None else sum(party.declined for party in people),
            )
        )
    return lines


def _remindable(invitations: QuerySet[Invitation], now: datetime) -> QuerySet[Invitation]:
    before = now - BETWEEN_MESSAGES
    return invitations.filter(
        REACHABLE, ~DECLINED, answered=False, sent_at__isnull=False, expires_on__gte=timezone.localdate(now)
    ).filter(Q(reminded_at__isnull=True, sent_at__lte=before) | Q(reminded_at__lte=before))


def _parties(session: Session, invitations: QuerySet[Invitation], refused: frozenset[str]) -> dict[str, list[AskedParty]]:
    """Companies, funders and trainers with their link; their questionnaire is the one of their audience."""
    found: dict[UUID, Invitation] = {}
    for invitation in invitations.exclude(campaign__audience=Audience.TRAINEE):
        for party in (invitation.company_id, invitation.funder_id, invitation.trainer_id):
            if party is not None:
                found[party] = invitation
    result: dict[str, list[AskedParty]] = {}
    for audience in FIELDS:
        if audience != Audience.TRAINEE:
            result[audience] = [
                _asked_party(person, found.get(person.pk), declined=as_compared(person.address) in refused)
                for person in recipients_of(session, audience)
            ]
    return result


def _asked_party(person: Recipient, invitation: Invitation | None, *, declined: bool) -> AskedParty:
    if invitation is None:
        return AskedParty(person, None, None, answered=False, declined=declined)
    return AskedParty(person, invitation.sent_at, invitation.reminded_at, invitation.answered, declined)


@dataclass(frozen=True, slots=True)
class AnsweredSurvey:
    """A questionnaire to which somebody answered about a session."""

    questionnaire: Questionnaire
    answers: int


def answered_surveys(session: Session) -> list[AnsweredSurvey]:
    """The questionnaires that brought answers about a session, in the order in which it meets them; one query."""
    counts = dict(
        Response.objects.filter(campaign__session=session).order_by().values_list("campaign__questionnaire").annotate(Count("pk"))
    )
    return [AnsweredSurvey(shipped()[key], counts[key]) for key in ORDER if counts.get(key)]

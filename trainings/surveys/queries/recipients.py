"""Whom a survey asks: the people of a session, or the companies, funders and trainers behind it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Q, Value
from django.db.models.functions import Coalesce, NullIf

from qualiopi.optouts.queries import refuses
from trainings.people.models import Company, Funder, Trainer
from trainings.sessions.models import Enrolment, EnrolmentState, Session
from trainings.surveys.models import Audience, Invitation

Party = Enrolment | Company | Funder | Trainer
# Field of Invitation that holds whom each audience is made of.
FIELDS = {Audience.TRAINEE: "enrolment", Audience.COMPANY: "company", Audience.FUNDER: "funder", Audience.TRAINER: "trainer"}
# Those who have an address that a reminder can go to, and did not withdraw.
REACHABLE = (
    ~Q(enrolment__state=EnrolmentState.WITHDRAWN)
    & ~Q(enrolment__trainee__email="")
    & ~Q(company__email="")
    & ~Q(funder__email="")
    & ~(Q(trainer__email="") & (Q(trainer__user=None) | Q(trainer__user__email="")))
)
# Those whose address wants no surveys nor reminders any more: the same address as `recipient` gives.
DECLINED = refuses(
    Coalesce(
        OuterRef("enrolment__trainee__email"),
        OuterRef("company__email"),
        OuterRef("funder__email"),
        NullIf(OuterRef("trainer__email"), Value("")),
        OuterRef("trainer__user__email"),
    )
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a survey asks: the row, its name in a list, how a message greets (empty: without a name), where it goes."""

    pk: UUID
    name: str
    greeting: str
    address: str


def recipients_of(session: Session, audience: str) -> list[Recipient]:
    """Everybody of this audience for a session, by name; withdrawn people, and who stands behind them alone, left out. One query."""
    present = Enrolment.objects.filter(session=session).exclude(state=EnrolmentState.WITHDRAWN)
    if audience == Audience.TRAINEE:
        enrolments = present.select_related("trainee").order_by("trainee__last_name", "trainee__first_name", "pk")
        return [recipient(enrolment) for enrolment in enrolments]
    if audience == Audience.TRAINER:
        trainers = Trainer.objects.filter(assignments__session=session).select_related("user").distinct()
        return [recipient(trainer) for trainer in trainers]
    if audience == Audience.COMPANY:
        companies = Company.objects.filter(pk__in=present.order_by().values("company"))
        return [recipient(company) for company in companies]
    funders = Funder.objects.filter(fundings__enrolment__in=present.order_by().values("pk")).distinct()
    return [recipient(funder) for funder in funders]


def audience_size(session: Session, audience: str) -> int:
    """How many there are to ask; one query."""
    if audience == Audience.TRAINEE:
        return session.enrolments.exclude(state=EnrolmentState.WITHDRAWN).count()
    return len(recipients_of(session, audience))


def recipient(party: Party) -> Recipient:
    """How this row is named, greeted and reached."""
    if isinstance(party, Enrolment):
        return Recipient(party.pk, str(party.trainee), party.trainee.first_name, party.trainee.email)
    if isinstance(party, Trainer):
        # Whoever signs in here can be reached there.
        return Recipient(party.pk, str(party), party.first_name, party.email or (party.user.email if party.user else ""))
    return Recipient(party.pk, str(party), "", party.email)


def asked(invitation: Invitation) -> Recipient:
    """Whom an invitation asks."""
    party = invitation.enrolment or invitation.company or invitation.funder or invitation.trainer
    if party is None:
        raise ValueError("An invitation asks somebody.")
    return recipient(party)

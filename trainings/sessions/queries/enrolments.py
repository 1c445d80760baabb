"""Reading who is enrolled."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from qualiopi.accounts.models import User
from qualiopi.organisations.models import Organisation
from trainings.sessions.models import Enrolment, SessionTrainer


def enrolment_of(organisation: Organisation, pk: UUID, *, led_by: User | None = None) -> Enrolment:
    """One enrolment with its person, session, company, funders and past departures; Enrolment.DoesNotExist when it is not theirs.

    At most five queries. `led_by` keeps the sessions that this account leads as a trainer.
    """
    enrolments = Enrolment.objects.for_organisation(organisation)
    if led_by is not None:
        enrolments = enrolments.filter(session__in=SessionTrainer.objects.filter(trainer__user=led_by).values("session"))
    found: Enrolment = (
        enrolments.select_related("trainee", "company", "session__course")
        .prefetch_related("fundings__funder", "past_departures__noted_by")
        .get(pk=pk)
    )
    return found


@dataclass(frozen=True, slots=True)
class Paid:
    """What funders pay for one enrolment, in euros without tax, beside its price.

    `known`: the sum of the amounts that are known; `unknown`: how many are not; `left`: what remains of the price once everybody has
    said, negative when more is paid than asked, None as long as the price or an amount is not known.
    """

    known: Decimal
    unknown: int
    left: Decimal | None

    @property
    def over(self) -> Decimal:
        """How much more is paid than the price; 0 when nothing is."""
        return max(-self.left, Decimal(0)) if self.left is not None else Decimal(0)


def paid_of(enrolment: Enrolment) -> Paid:
    """The sum of the fundings of an enrolment; no query when they were read with it."""
    amounts = [funding.amount for funding in enrolment.fundings.all()]
    known = sum((amount for amount in amounts if amount is not None), Decimal(0))
    unknown = amounts.count(None)
    left = None if enrolment.price is None or unknown else enrolment.price - known
    return Paid(known, unknown, left)

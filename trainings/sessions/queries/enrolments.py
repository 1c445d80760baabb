"""Reading who is enrolled."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from qualiopi.accounts.models import User
from qualiopi.organisations.models import Organisation
from trainings.sessions.models import Enrolment, Session, SessionTrainer


def enrolments_of(session: Session) -> QuerySet[Enrolment]:
    """People enrolled in a session, by name, with company and funders. Two queries."""
    enrolments: QuerySet[Enrolment] = (
        session.enrolments.select_related("trainee", "company")
        .prefetch_related("fundings__funder")
        .order_by("trainee__last_name", "trainee__first_name", "pk")
    )
    return enrolments


def enrolment_of(organisation: Organisation, pk: UUID, *, led_by: User | None = None) -> Enrolment:
    """One enrolment with its person, session, company and funders; Enrolment.DoesNotExist when it is not theirs. Two queries.

    `led_by` keeps the sessions that this account leads as a trainer.
    """
    enrolments = Enrolment.objects.for_organisation(organisation)
    if led_by is not None:
        enrolments = enrolments.filter(session__in=SessionTrainer.objects.filter(trainer__user=led_by).values("session"))
    found: Enrolment = (
        enrolments.select_related("trainee", "company", "session__course").prefetch_related("fundings__funder").get(pk=pk)
    )
    return found

"""Reading sessions, one or all."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from qualiopi.accounts.models import User
from qualiopi.organisations.models import Organisation
from trainings.sessions.models import Enrolment, EnrolmentState, Session, SessionTrainer
from trainings.states import NOT_BEGUN


def forgotten(sessions: QuerySet[Session], *, today: date) -> QuerySet[Session]:
    """Those whose dates have passed, and that nobody started or cancelled. A confirmed one begins and ends by itself."""
    over = Q(ends_on__lt=today) | Q(ends_on__isnull=True, starts_on__lt=today)
    return sessions.filter(over, state__in=NOT_BEGUN)


def sessions_of(organisation: Organisation, *, led_by: User | None = None) -> QuerySet[Session]:
    """Sessions of the organisation, latest first, each with `enrolled` (people enrolled, withdrawals left out).

    `led_by` keeps those that this account leads as a trainer. Two queries with the trainers, whatever the number of sessions.
    """
    enrolled = (
        Enrolment.objects.filter(session=OuterRef("pk"))
        .exclude(state=EnrolmentState.WITHDRAWN)
        .order_by()
        .values("session")
        .annotate(n=Count("pk"))
        .values("n")
    )
    sessions: QuerySet[Session] = (
        Session.objects.for_organisation(organisation)
        .select_related("course", "given_to")
        .prefetch_related("trainers")
        .annotate(enrolled=Coalesce(Subquery(enrolled), 0))
        .order_by("-starts_on", "reference", "pk")
    )
    if led_by is not None:
        sessions = sessions.filter(pk__in=SessionTrainer.objects.filter(trainer__user=led_by).values("session"))
    return sessions


def session_of(organisation: Organisation, pk: UUID, *, led_by: User | None = None) -> Session:
    """One session with its course, programme, contracts and trainers, in two queries.

    Raises Session.DoesNotExist when it isn't this organisation's (or this trainer's).
    """
    sessions = sessions_of(organisation, led_by=led_by)
    return sessions.select_related("course", "programme", "given_to", "subcontract", "contract_file", "organisation").get(pk=pk)

"""Reading who is enrolled."""

from __future__ import annotations

from django.db.models import QuerySet

from trainings.sessions.models import Enrolment, Session


def enrolments_of(session: Session) -> QuerySet[Enrolment]:
    """People enrolled in a session, by name, with company and funders. Two queries."""
    enrolments: QuerySet[Enrolment] = (
        session.enrolments.select_related("trainee", "company")
        .prefetch_related("fundings__funder")
        .order_by("trainee__last_name", "trainee__first_name", "pk")
    )
    return enrolments

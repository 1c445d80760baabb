"""Small organisations with known holes."""

from __future__ import annotations

from datetime import date, timedelta

from tests.factories import (
    CampaignFactory,
    CourseFactory,
    EnrolmentFactory,
    OrganisationFactory,
    ResponseFactory,
    SessionFactory,
    TrainerFactory,
)

AUDIT = date(2026, 11, 20)
TODAY = date(2026, 11, 20)


def finished_sessions(organisation, number, *, unanswered=()):
    """So many finished sessions of two days, one a day; those whose place is in `unanswered` were never put a survey."""
    course = CourseFactory(organisation=organisation)
    trainer = TrainerFactory(organisation=organisation)
    found = []
    for place in range(number):
        start = date(2026, 10, 1) - timedelta(days=place)
        session = SessionFactory(
            organisation=organisation,
            course=course,
            reference=f"S-{place:03d}",
            starts_on=start,
            ends_on=start + timedelta(days=1),
            trainers=[trainer],
        )
        if place not in unanswered:
            ResponseFactory(campaign=CampaignFactory(session=session, opened_on=session.ends_on), answered_on=session.ends_on)
        found.append(session)
    return found


def small_world(**fields):
    """An organisation with three finished sessions, the second without any answer."""
    organisation = OrganisationFactory(**fields)
    sessions = finished_sessions(organisation, 3, unanswered={1})
    EnrolmentFactory(session=sessions[0])
    return organisation, sessions

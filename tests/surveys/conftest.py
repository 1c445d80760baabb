"""An organisation whose session is over and whose survey is open."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests import cast
from tests.factories import CourseFactory, EnrolmentFactory, SessionFactory
from tests.harness.worlds import shared
from trainings.surveys.queries import current_session_token
from trainings.surveys.verbs import open_campaign

GOOD = {
    "overall": "4",
    "objectives": "5",
    "pace": "3",
    "trainer": "5",
    "conditions": "partly",
    "recommendation": "9",
    "comment": "Un temps de reprise aiderait.",
}


people = shared(cast.gather)


@pytest.fixture
def survey(people):
    """A session of yesterday with six people enrolled, its open campaign and the token of its link."""
    yesterday = timezone.localdate() - timedelta(days=1)
    course = CourseFactory(organisation=people.organisation, title="Animer une réunion qui décide")
    session = SessionFactory(
        organisation=people.organisation,
        course=course,
        reference="S26-041",
        starts_on=yesterday,
        ends_on=yesterday,
        trainers=[people.trainer_record],
    )
    enrolments = [EnrolmentFactory(session=session) for _ in range(6)]
    campaign = open_campaign(session=session, actor=people.training_manager)
    return SimpleNamespace(
        session=session, enrolments=enrolments, campaign=campaign, token=current_session_token(campaign), people=people
    )

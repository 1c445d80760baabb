"""What the database refuses of results, examinations and published rates, by the name of each constraint."""

from __future__ import annotations

from datetime import date

import pytest

from tests.constraints import assert_refuses
from tests.factories import ExamResultFactory, ObjectiveFactory, ObjectiveResultFactory, PublishedRatesFactory
from trainings.learning.models import ExamResult, ObjectiveResult, PublishedRates

pytestmark = pytest.mark.django_db


def test_result_once_per_moment():
    known = ObjectiveResultFactory(objective=ObjectiveFactory())
    own = {"enrolment": known.enrolment, "objective": known.objective}
    assert_refuses(ObjectiveResult, "result_once_per_moment", lambda: ObjectiveResultFactory(**own))
    assert ObjectiveResultFactory(**own, moment="entry").pk != known.pk


@pytest.mark.parametrize("sat", [False, None])
def test_exam_passed_was_sat(sat):
    assert_refuses(ExamResult, "exam_passed_was_sat", lambda: ExamResultFactory(sat=sat, passed=True))
    assert ExamResultFactory(sat=True, passed=True).passed
    assert not ExamResultFactory(sat=sat, passed=False).passed


def test_published_rates_period():
    day = date(2026, 1, 1)
    assert_refuses(
        PublishedRates, "published_rates_period", lambda: PublishedRatesFactory(from_day=day, to_day=date(2025, 12, 31))
    )
    assert PublishedRatesFactory(from_day=day, to_day=day).to_day == day


@pytest.mark.parametrize(("enrolled", "presented", "passed"), [(3, 4, 2), (5, 3, 4)])
def test_published_rates_add_up(enrolled, presented, passed):
    assert_refuses(
        PublishedRates,
        "published_rates_add_up",
        lambda: PublishedRatesFactory(enrolled=enrolled, presented=presented, passed=passed),
    )

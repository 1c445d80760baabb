"""What the database refuses of a course, by the name of each constraint."""

import pytest

from tests.constraints import assert_refuses
from tests.factories import CourseFactory
from trainings.catalogue.models import Course

pytestmark = pytest.mark.django_db


def test_course_title_once():
    course = CourseFactory(title="Animer une réunion")
    CourseFactory(title="Animer une réunion")
    assert_refuses(
        Course, "course_title_once", lambda: CourseFactory(organisation=course.organisation, title="ANIMER une  réunion")
    )


def test_course_duration_positive():
    assert_refuses(Course, "course_duration_positive", lambda: CourseFactory(duration_hours=0))
    assert CourseFactory(duration_hours=None).duration_hours is None

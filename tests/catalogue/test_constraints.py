"""What the database refuses of the catalogue, by the name of each constraint."""

from datetime import date

import pytest

from tests.constraints import assert_refuses
from tests.factories import (
    AccreditationFactory,
    CourseFactory,
    ObjectiveFactory,
    ProgrammeFactory,
    PublicSheetFactory,
    SequenceFactory,
    UserFactory,
)
from trainings.catalogue.models import Accreditation, Course, Objective, Programme, PublicSheet, Sequence

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


def test_course_registration_dates():
    start, before = date(2026, 1, 15), date(2026, 1, 14)
    assert_refuses(Course, "course_registration_dates", lambda: CourseFactory(registered_on=start, registered_until=before))
    CourseFactory(registered_on=start, registered_until=start)
    CourseFactory(registered_on=None, registered_until=before)


def test_programme_number_once():
    course = CourseFactory()
    ProgrammeFactory(course=course, number=1, in_force_from=date(2026, 1, 5))
    assert_refuses(Programme, "programme_number_once", lambda: ProgrammeFactory(course=course, number=1))
    ProgrammeFactory(number=1)


def test_programme_one_draft():
    course = CourseFactory()
    ProgrammeFactory(course=course, number=1, in_force_from=date(2026, 1, 5))
    ProgrammeFactory(course=course, number=2)
    # SQLite names the column of this index: the number is free, the draft is not.
    assert_refuses(Programme, "programme_one_draft", lambda: ProgrammeFactory(course=course, number=3))
    ProgrammeFactory(course=course, number=3, in_force_from=date(2026, 3, 2))


def test_programme_duration_positive():
    assert_refuses(Programme, "programme_duration_positive", lambda: ProgrammeFactory(duration_hours=0))
    assert ProgrammeFactory(duration_hours=None).duration_hours is None


def test_objective_position_once():
    programme = ProgrammeFactory()
    ObjectiveFactory(programme=programme, position=1)
    assert_refuses(Objective, "objective_position_once", lambda: ObjectiveFactory(programme=programme, position=1))
    ObjectiveFactory(position=1)


def test_sequence_hours_positive():
    assert_refuses(Sequence, "sequence_hours_positive", lambda: SequenceFactory(hours=0))
    assert SequenceFactory(hours=None).hours is None


def test_sheet_proofread_by_somebody():
    day, person = date(2026, 11, 2), UserFactory()
    for half in ({"proofread_on": day}, {"proofread_by": person}):
        assert_refuses(PublicSheet, "sheet_proofread_by_somebody", lambda half=half: PublicSheetFactory(**half))
    PublicSheetFactory(proofread_on=day, proofread_by=person)


def test_accreditation_dates_in_order():
    start, before = date(2026, 1, 15), date(2026, 1, 14)
    assert_refuses(
        Accreditation,
        "accreditation_dates_in_order",
        lambda: AccreditationFactory(valid_from=start, valid_until=before),
    )
    AccreditationFactory(valid_from=start, valid_until=start)
    AccreditationFactory(valid_from=start, valid_until=None)

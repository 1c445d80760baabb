"""Pieces for many sessions, titles and marks: from rows to the page of the indicator."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from evidence.library import verbs
from evidence.library.models import IndicatorLink, SubjectLink
from evidence.readiness.queries import indicator
from tests import cast as standing
from tests.factories import (
    CampaignFactory,
    CourseFactory,
    DocumentFactory,
    ResponseFactory,
    SessionFactory,
    TrainerRecordFactory,
    VersionFactory,
)
from trainings.people.verbs import say_covers

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return standing.gather()


@pytest.fixture
def session(cast):
    """Over a month ago, led by the trainer of the cast, without any answer; its course requires a qualification."""
    day = timezone.localdate() - timedelta(days=40)
    course = CourseFactory(organisation=cast.organisation, required_qualification="Habilitation B2V")
    return SessionFactory(
        organisation=cast.organisation, course=course, starts_on=day, ends_on=day, trainers=[cast.trainer_record]
    )


def result(session, number, key):
    found = indicator(organisation=session.organisation, number=number).expectations
    return next(each for each in found if each.expectation.key == key)


def lacks(session, number, key, subject):
    return str(subject.pk) in {each.id for each in result(session, number, key).missing}


def test_a_synthesis_linked_to_the_course_counts_once_somebody_accepted_it(cast, session):
    summary = DocumentFactory(organisation=cast.organisation, type="survey_summary", title="Synthèse annuelle")
    VersionFactory(document=summary, effective_on=timezone.localdate())
    SubjectLink.objects.create(document=summary, course=session.course)
    assert lacks(session, 30, "trainees_asked", session)
    verbs.review(document=summary, accepted=True, comment="", actor=cast.quality_manager)
    assert not lacks(session, 30, "trainees_asked", session)
    page = cast.client(cast.quality_manager).get(reverse("indicators:page", args=["fil-ouest", 30])).content.decode()
    assert f"rouvé par une pièce relue par {cast.quality_manager}" in page


@pytest.mark.parametrize(("mark", "checked"), [(Decimal(1), False), (Decimal(4), True)])
def test_a_low_mark_checks_nobody(cast, session, mark, checked):
    campaign = CampaignFactory(session=session, opened_on=session.ends_on)
    ResponseFactory(campaign=campaign, answered_on=session.ends_on, overall=mark)
    assert lacks(session, 21, "trainer_mastery_checked", cast.trainer_record) is not checked


def test_a_title_covers_what_somebody_said_and_an_expired_one_is_told(cast, session):
    key = "trainer_qualified_on_session_days"
    said = {"trainer": cast.trainer_record, "kind": "qualification"}
    title = TrainerRecordFactory(title="Titre d’électricien", dated_on=date(2020, 1, 1), **said)
    TrainerRecordFactory(title="Permis C", dated_on=date(2019, 1, 1), valid_until=date(2024, 1, 1), **said)
    assert lacks(session, 21, key, session)
    say_covers(record=title, requirements=["Habilitation B2V"], actor=cast.quality_manager)
    assert not lacks(session, 21, key, session)
    page = cast.client(cast.quality_manager).get(reverse("indicators:page", args=["fil-ouest", 21])).content.decode()
    assert "Permis C, échu le" in page


@pytest.mark.parametrize(("title", "qualified"), [("Habilitation B2V 2025", True), ("Permis C", False)])
def test_a_qualification_filed_with_the_trainer_counts_as_a_line_does(cast, session, title, qualified):
    piece = DocumentFactory(organisation=cast.organisation, type="qualification", title=title)
    VersionFactory(document=piece, effective_on=date(2025, 1, 1))
    SubjectLink.objects.create(document=piece, trainer=cast.trainer_record)
    verbs.review(document=piece, accepted=True, comment="", actor=cast.quality_manager)
    assert lacks(session, 21, "trainer_qualified_on_session_days", session) is not qualified


@pytest.mark.parametrize(
    ("ticked", "reader"), [(("health_and_safety", "discipline", "trainee_representation_over_500_hours"), True), ((), False)]
)
def test_who_ticked_every_line_of_a_piece_is_who_read_it(cast, session, ticked, reader):
    rules = DocumentFactory(organisation=cast.organisation, type="internal_rules")
    day = timezone.localdate() - timedelta(days=90)
    VersionFactory(document=rules, effective_on=day, contents=sorted(ticked), created_by=cast.training_manager)
    IndicatorLink.objects.create(document=rules, indicator=9)
    found = result(session, 9, "internal_rules_in_force")
    assert found.read_by == ({str(cast.organisation.pk): (str(cast.training_manager),)} if reader else {})

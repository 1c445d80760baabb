"""What the database refuses of documents, their versions and their links, by the name of each constraint."""

from datetime import UTC, date, datetime

import pytest

from evidence.library.models import Document, IndicatorLink, ReviewState, SubjectLink, Version
from tests.constraints import assert_refuses
from tests.factories import CourseFactory, DocumentFactory, SessionFactory, SubcontractorFactory, TrainerFactory, VersionFactory

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 3, 9, tzinfo=UTC)
SUBJECTS = {"course": CourseFactory, "session": SessionFactory, "trainer": TrainerFactory, "subcontractor": SubcontractorFactory}


@pytest.mark.parametrize("fields", [{"withdrawn_at": MOMENT}, {"withdrawal_reason": "Déposé par erreur"}])
def test_document_withdrawal_has_reason(fields):
    assert_refuses(Document, "document_withdrawal_has_reason", lambda: DocumentFactory(**fields))
    assert DocumentFactory(withdrawn_at=MOMENT, withdrawal_reason="Déposé par erreur").withdrawn_at == MOMENT


@pytest.mark.parametrize("fields", [{"review_state": ReviewState.ACCEPTED}, {"reviewed_at": MOMENT}])
def test_document_review_has_date(fields):
    assert_refuses(Document, "document_review_has_date", lambda: DocumentFactory(**fields))
    assert DocumentFactory(review_state=ReviewState.ACCEPTED, reviewed_at=MOMENT).reviewed_at == MOMENT


def test_document_refusal_has_reason():
    refusal = {"review_state": ReviewState.REFUSED, "reviewed_at": MOMENT}
    assert_refuses(Document, "document_refusal_has_reason", lambda: DocumentFactory(**refusal))
    assert DocumentFactory(**refusal, review_comment="Illisible").review_state == ReviewState.REFUSED


def test_version_number_once():
    version = VersionFactory()
    VersionFactory(document=version.document, number=2)
    assert_refuses(Version, "version_number_once", lambda: VersionFactory(document=version.document, number=2))


def test_version_dates_in_order():
    day = date(2026, 9, 1)
    assert_refuses(Version, "version_dates_in_order", lambda: VersionFactory(effective_on=day, valid_until=date(2026, 8, 31)))
    assert VersionFactory(effective_on=day, valid_until=day).valid_until == day


def test_indicator_link_once():
    document = DocumentFactory()
    IndicatorLink.objects.create(document=document, indicator=31)
    IndicatorLink.objects.create(document=document, indicator=32)
    assert_refuses(IndicatorLink, "indicator_link_once", lambda: IndicatorLink.objects.create(document=document, indicator=31))


@pytest.mark.parametrize("number", [0, 34])
def test_indicator_link_number(number):
    document = DocumentFactory()
    assert_refuses(
        IndicatorLink, "indicator_link_number", lambda: IndicatorLink.objects.create(document=document, indicator=number)
    )


@pytest.mark.parametrize("kinds", [[], ["course", "session"], ["trainer", "subcontractor"], list(SUBJECTS)])
def test_subject_link_exactly_one(kinds):
    document = DocumentFactory()
    subjects = {kind: SUBJECTS[kind](organisation=document.organisation) for kind in kinds}
    assert_refuses(SubjectLink, "subject_link_exactly_one", lambda: SubjectLink.objects.create(document=document, **subjects))


@pytest.mark.parametrize(
    ("kind", "constraint"),
    [
        ("course", "subject_link_course_once"),
        ("session", "subject_link_session_once"),
        ("trainer", "subject_link_trainer_once"),
        ("subcontractor", "subject_link_subcontractor_once"),
    ],
)
def test_a_subject_once_per_document(kind, constraint):
    document = DocumentFactory()
    subject = {kind: SUBJECTS[kind](organisation=document.organisation)}
    SubjectLink.objects.create(document=document, **subject)
    SubjectLink.objects.create(document=DocumentFactory(organisation=document.organisation), **subject)
    assert_refuses(SubjectLink, constraint, lambda: SubjectLink.objects.create(document=document, **subject))

"""What the database refuses of documents, by the name of the constraint."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from tests.constraints import assert_refuses
from tests.factories import (
    CompanyFactory,
    CounterFactory,
    EnrolmentFactory,
    IssuedFactory,
    PersonalIssuedFactory,
    SendingFactory,
    SessionFactory,
    StoredFileFactory,
    StyleFactory,
    SubcontractorFactory,
    TemplateFactory,
)
from trainings.documents.models import Counter, Issued, Sending, Style, Template

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 9, 12, tzinfo=UTC)


def test_an_organisation_has_one_style():
    known = StyleFactory()
    assert_refuses(Style, "style_once_per_organisation", lambda: StyleFactory(organisation=known.organisation))


def test_a_version_of_a_template_has_its_number_once():
    known = TemplateFactory()
    assert_refuses(Template, "template_number_once", lambda: TemplateFactory(organisation=known.organisation))


def test_a_kind_is_counted_once_a_year():
    known = CounterFactory()
    assert_refuses(Counter, "counter_once_per_year", lambda: CounterFactory(organisation=known.organisation))


def test_a_number_is_given_once():
    known = IssuedFactory()
    session = SessionFactory(organisation=known.organisation)
    assert_refuses(Issued, "issued_number_once", lambda: IssuedFactory(session=session, number=known.number))


def test_one_document_of_a_kind_is_in_force_for_a_person():
    known = PersonalIssuedFactory()
    assert_refuses(Issued, "issued_once_per_person", lambda: PersonalIssuedFactory(enrolment=known.enrolment))


@pytest.mark.parametrize(
    ("field", "factory", "constraint"),
    [
        ("company", CompanyFactory, "issued_once_per_company"),
        ("subcontractor", SubcontractorFactory, "issued_once_per_subcontractor"),
    ],
)
def test_one_document_of_a_kind_is_in_force_for_a_company_or_a_subcontractor(field, factory, constraint):
    session = SessionFactory()
    party = {field: factory(organisation=session.organisation)}
    IssuedFactory(session=session, **party)
    assert_refuses(Issued, constraint, lambda: IssuedFactory(session=session, **party))


def test_one_document_of_a_kind_is_in_force_for_a_session():
    known = IssuedFactory()
    assert_refuses(Issued, "issued_once_per_session", lambda: IssuedFactory(session=known.session))


def test_a_cancelled_document_leaves_its_place():
    known = IssuedFactory(cancelled_at=NOON, cancellation_reason="Une date était fausse.")
    assert IssuedFactory(session=known.session).pk != known.pk


def test_a_signed_copy_has_the_day_of_its_signature():
    session = SessionFactory()
    copy = StoredFileFactory(organisation=session.organisation)
    assert_refuses(Issued, "issued_signed_copy_has_date", lambda: IssuedFactory(session=session, signed_file=copy))


def test_a_document_is_for_one_alone():
    session = SessionFactory()
    company = CompanyFactory(organisation=session.organisation)
    enrolment = EnrolmentFactory(session=session)
    assert_refuses(Issued, "issued_for_one", lambda: IssuedFactory(session=session, enrolment=enrolment, company=company))


def test_a_cancellation_has_a_reason():
    assert_refuses(Issued, "issued_cancellation_has_reason", lambda: IssuedFactory(cancelled_at=NOON))


def test_a_document_is_opened_once_it_was_sent():
    assert_refuses(Sending, "sending_opened_after_sent", lambda: SendingFactory(sent_at=None, opened_at=NOON))


def test_an_issued_document_is_never_erased():
    with pytest.raises(TypeError, match="annulez-le"):
        IssuedFactory(issued_on=date(2026, 9, 9)).delete()


def test_a_colour_is_written_as_one():
    with pytest.raises(ValidationError):
        StyleFactory.build(colour="prune").clean_fields(exclude=["organisation", "logo"])

"""What the database refuses of documents, by the name of each constraint."""

from datetime import UTC, date, datetime

import pytest

from tests.constraints import assert_refuses
from tests.factories import (
    CompanyFactory,
    CounterFactory,
    EnrolmentFactory,
    IssuedFactory,
    PersonalIssuedFactory,
    ReservationFactory,
    SendingFactory,
    SessionFactory,
    StoredFileFactory,
    StyleFactory,
    SubcontractorFactory,
    TemplateFactory,
)
from trainings.documents.models import Counter, Issued, Reservation, Sending, Style, Template

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 3, 9, tzinfo=UTC)
CANCELLED = {"cancelled_at": MOMENT, "cancellation_reason": "Nom mal écrit"}


def test_style_once_per_organisation():
    style = StyleFactory()
    assert_refuses(Style, "style_once_per_organisation", lambda: StyleFactory(organisation=style.organisation))
    assert StyleFactory().pk


def test_template_number_once():
    template = TemplateFactory()
    assert_refuses(Template, "template_number_once", lambda: TemplateFactory(organisation=template.organisation))
    assert TemplateFactory(organisation=template.organisation, number=2).number == 2


def test_counter_once_per_year():
    counter = CounterFactory()
    assert_refuses(Counter, "counter_once_per_year", lambda: CounterFactory(organisation=counter.organisation))
    assert CounterFactory(organisation=counter.organisation, year=2027).year == 2027


def test_reservation_number_once():
    first = ReservationFactory()
    same = {"number": first.number, "session": SessionFactory(organisation=first.organisation)}
    assert_refuses(Reservation, "reservation_number_once", lambda: ReservationFactory(**same))
    assert ReservationFactory(number=first.number).number == first.number


def test_reservation_once_per_target():
    first = ReservationFactory()
    same = {"session": first.session, "target": first.target}
    assert_refuses(Reservation, "reservation_once_per_target", lambda: ReservationFactory(**same))
    assert ReservationFactory(**same, year=2027).year == 2027


def test_issued_number_once():
    first = IssuedFactory()
    session = SessionFactory(organisation=first.organisation)
    assert_refuses(Issued, "issued_number_once", lambda: IssuedFactory(session=session, number=first.number))
    assert IssuedFactory(number=first.number).number == first.number


def test_issued_for_one():
    enrolment = EnrolmentFactory()
    company = CompanyFactory(organisation=enrolment.organisation)
    assert_refuses(Issued, "issued_for_one", lambda: PersonalIssuedFactory(enrolment=enrolment, company=company))
    assert PersonalIssuedFactory(enrolment=enrolment).company is None


@pytest.mark.parametrize("fields", [{"cancelled_at": MOMENT}, {"cancellation_reason": "Nom mal écrit"}])
def test_issued_cancellation_has_reason(fields):
    assert_refuses(Issued, "issued_cancellation_has_reason", lambda: IssuedFactory(**fields))
    assert IssuedFactory(**CANCELLED).cancelled_at == MOMENT


def test_issued_signed_copy_has_date():
    def issue(**fields):
        session = SessionFactory()
        copy = StoredFileFactory(organisation=session.organisation)
        return IssuedFactory(session=session, signed_file=copy, **fields)

    assert_refuses(Issued, "issued_signed_copy_has_date", issue)
    assert issue(signed_on=date(2026, 9, 10)).signed_on == date(2026, 9, 10)


def test_issued_once_per_person():
    enrolment = EnrolmentFactory()
    first = PersonalIssuedFactory(enrolment=enrolment)
    assert_refuses(Issued, "issued_once_per_person", lambda: PersonalIssuedFactory(enrolment=enrolment))
    Issued.objects.filter(pk=first.pk).update(**CANCELLED)
    assert PersonalIssuedFactory(enrolment=enrolment).enrolment == enrolment


def test_issued_once_per_company():
    session = SessionFactory()
    company = CompanyFactory(organisation=session.organisation)
    IssuedFactory(session=session, company=company)
    assert_refuses(Issued, "issued_once_per_company", lambda: IssuedFactory(session=session, company=company))
    assert IssuedFactory(session=session, company=company, **CANCELLED).company == company


def test_issued_once_per_subcontractor():
    session = SessionFactory()
    subcontractor = SubcontractorFactory(organisation=session.organisation)
    IssuedFactory(session=session, subcontractor=subcontractor)
    assert_refuses(Issued, "issued_once_per_subcontractor", lambda: IssuedFactory(session=session, subcontractor=subcontractor))
    assert IssuedFactory(session=session, subcontractor=subcontractor, **CANCELLED).subcontractor == subcontractor


def test_issued_once_per_session():
    session = SessionFactory()
    IssuedFactory(session=session)
    assert_refuses(Issued, "issued_once_per_session", lambda: IssuedFactory(session=session))
    assert IssuedFactory(session=session, kind="programme").kind == "programme"


def test_sending_opened_after_sent():
    assert_refuses(Sending, "sending_opened_after_sent", lambda: SendingFactory(sent_at=None, opened_at=MOMENT))
    assert SendingFactory(opened_at=MOMENT).opened_at == MOMENT


def test_a_document_is_not_deleted():
    with pytest.raises(TypeError, match="ne s'efface pas"):
        IssuedFactory().delete()

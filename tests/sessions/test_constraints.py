"""What the database refuses of sessions and enrolments, by the name of each constraint."""

from datetime import date
from decimal import Decimal

import pytest

from tests.constraints import assert_refuses
from tests.factories import (
    CompanyFactory,
    EnrolmentFactory,
    FundingFactory,
    PastDepartureFactory,
    SessionFactory,
    SubcontractorFactory,
    TrainerFactory,
)
from trainings.sessions.models import Enrolment, EnrolmentState, Funding, PastDeparture, Session, SessionTrainer

pytestmark = pytest.mark.django_db


def test_session_reference_once():
    session = SessionFactory(reference="S26-001")
    SessionFactory(reference="S26-001")
    own = {"organisation": session.organisation, "course": session.course}
    assert_refuses(Session, "session_reference_once", lambda: SessionFactory(**own, reference="S26-001"))


def test_session_dates_in_order():
    day = date(2026, 9, 7)
    assert_refuses(Session, "session_dates_in_order", lambda: SessionFactory(starts_on=day, ends_on=date(2026, 9, 6)))
    assert SessionFactory(starts_on=day, ends_on=day).ends_on == day


def test_session_duration_positive():
    assert_refuses(Session, "session_duration_positive", lambda: SessionFactory(duration_hours=0))
    assert SessionFactory(duration_hours=None).duration_hours is None


def test_session_run_for_or_given():
    subcontractor = SubcontractorFactory()
    own = {"organisation": subcontractor.organisation, "given_to": subcontractor}
    assert_refuses(Session, "session_run_for_or_given", lambda: SessionFactory(**own, run_for="Organisme donneur d'ordre"))
    assert SessionFactory(**own).given_to == subcontractor


def test_session_trainer_once():
    trainer = TrainerFactory()
    session = SessionFactory(organisation=trainer.organisation, trainers=[trainer])
    assert_refuses(
        SessionTrainer, "session_trainer_once", lambda: SessionTrainer.objects.create(session=session, trainer=trainer)
    )


def test_enrolment_once_per_session():
    enrolment = EnrolmentFactory()
    again = SessionFactory(organisation=enrolment.organisation)
    EnrolmentFactory(session=again, trainee=enrolment.trainee)
    assert_refuses(
        Enrolment,
        "enrolment_once_per_session",
        lambda: EnrolmentFactory(session=enrolment.session, trainee=enrolment.trainee),
    )


@pytest.mark.parametrize("said", [None, False])
def test_enrolment_company_said(said):
    session = SessionFactory()
    company = CompanyFactory(organisation=session.organisation)
    own = {"session": session, "company": company}
    assert_refuses(Enrolment, "enrolment_company_said", lambda: EnrolmentFactory(**own, has_company=said))
    assert EnrolmentFactory(**own, has_company=True).company == company


@pytest.mark.parametrize("ending", [{"ended_on": date(2026, 9, 8)}, {"end_reason": "malade"}, {"end_action": "appelé"}])
def test_enrolment_ending_has_state(ending):
    assert_refuses(Enrolment, "enrolment_ending_has_state", lambda: EnrolmentFactory(**ending))
    assert EnrolmentFactory(state=EnrolmentState.ABANDONED, **ending).state == EnrolmentState.ABANDONED


def test_funding_once_per_funder():
    funding = FundingFactory()
    FundingFactory(funder=funding.funder, enrolment=EnrolmentFactory(session=funding.enrolment.session))
    again = {"enrolment": funding.enrolment, "funder": funding.funder}
    assert_refuses(Funding, "funding_once_per_funder", lambda: FundingFactory(**again))


def test_funding_amount_not_negative():
    assert_refuses(Funding, "funding_amount_not_negative", lambda: FundingFactory(amount=Decimal("-0.01")))
    assert FundingFactory(amount=0).amount == 0


def test_past_departure_then_return():
    left = date(2026, 9, 7)
    assert_refuses(
        PastDeparture,
        "past_departure_then_return",
        lambda: PastDepartureFactory(left_on=left, came_back_on=date(2026, 9, 6)),
    )
    assert PastDepartureFactory(left_on=left, came_back_on=left).came_back_on == left


def test_past_departure_is_one():
    assert_refuses(PastDeparture, "past_departure_is_one", lambda: PastDepartureFactory(state=EnrolmentState.ENROLLED))


def test_enrolment_joined_before_leaving():
    left = {"state": EnrolmentState.INTERRUPTED, "joined_on": date(2026, 9, 8), "end_reason": "Malade"}
    assert_refuses(Enrolment, "enrolment_joined_before_leaving", lambda: EnrolmentFactory(**left, ended_on=date(2026, 9, 7)))
    assert EnrolmentFactory(**left, ended_on=date(2026, 9, 8)).joined_on == date(2026, 9, 8)

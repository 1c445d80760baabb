"""What the database refuses of half-days, changes, steps and personal links, by the name of each constraint."""

from datetime import date, time

import pytest
from django.utils import timezone

from tests.constraints import assert_refuses
from tests.factories import (
    EnrolmentFactory,
    EnrolmentLinkFactory,
    HalfDayFactory,
    SessionChangeFactory,
    SessionFactory,
    StepFactory,
    SubcontractFactory,
    SubcontractorFactory,
    TrainerFactory,
    UserFactory,
)
from trainings.sessions.models import EnrolmentLink, HalfDay, LinkPurpose, Session, SessionChange, SessionState, Step

pytestmark = pytest.mark.django_db


def test_half_day_once_per_session():
    half_day = HalfDayFactory()
    assert_refuses(HalfDay, "half_day_once_per_session", lambda: HalfDayFactory(session=half_day.session))
    assert HalfDayFactory(session=half_day.session, part="pm").day == half_day.day


def test_half_day_times_in_order():
    assert_refuses(HalfDay, "half_day_times_in_order", lambda: HalfDayFactory(starts_at=time(9), ends_at=time(9)))
    assert HalfDayFactory(starts_at=time(9), ends_at=time(9, 1)).minutes == 1


@pytest.mark.parametrize("state", [SessionState.CANCELLED, SessionState.POSTPONED])
def test_session_change_has_reason(state):
    assert_refuses(SessionChange, "session_change_has_reason", lambda: SessionChangeFactory(to_state=state))
    assert SessionChangeFactory(to_state=state, reason="Salle fermée").reason == "Salle fermée"


def test_step_once_per_session():
    step = StepFactory(key="agreement")
    assert_refuses(Step, "step_once_per_session", lambda: StepFactory(session=step.session, key="agreement"))
    assert StepFactory(key="agreement").session != step.session


def test_step_one_owner():
    session = SessionFactory()
    trainer, owner = TrainerFactory(organisation=session.organisation), UserFactory()
    assert_refuses(Step, "step_one_owner", lambda: StepFactory(session=session, owner=owner, trainer=trainer))
    assert StepFactory(session=session, owner=owner).trainer is None


def test_step_done_by_has_date():
    assert_refuses(Step, "step_done_by_has_date", lambda: StepFactory(done_by=UserFactory()))
    assert StepFactory(done_at=timezone.now()).done_by is None


def test_enrolment_link_once_per_purpose():
    link = EnrolmentLinkFactory()
    assert_refuses(EnrolmentLink, "enrolment_link_once_per_purpose", lambda: EnrolmentLinkFactory(enrolment=link.enrolment))
    assert EnrolmentLinkFactory(enrolment=link.enrolment, purpose=LinkPurpose.INTAKE).number == 1


def test_a_token_opens_one_link():
    EnrolmentLinkFactory(token="abcd")
    with pytest.raises(Exception, match="token_hash"):
        EnrolmentLinkFactory(enrolment=EnrolmentFactory(), token="abcd")


def test_session_subcontract_given():
    subcontractor = SubcontractorFactory()
    contract = SubcontractFactory(subcontractor=subcontractor, valid_from=date(2026, 1, 1))
    own = {"organisation": subcontractor.organisation, "subcontract": contract}
    assert_refuses(Session, "session_subcontract_given", lambda: SessionFactory(**own))
    assert SessionFactory(**own, given_to=subcontractor).subcontract == contract

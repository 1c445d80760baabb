"""What the database refuses of needs and positioning, by the name of each constraint."""

from datetime import date

import pytest

from tests.constraints import assert_refuses
from tests.factories import IntakeFactory, SessionNeedFactory
from trainings.learning.models import Intake, IntakeKind, SessionNeed

pytestmark = pytest.mark.django_db


def test_intake_once_per_kind():
    intake = IntakeFactory()
    IntakeFactory(enrolment=intake.enrolment, kind=IntakeKind.POSITIONING)
    assert_refuses(Intake, "intake_once_per_kind", lambda: IntakeFactory(enrolment=intake.enrolment))


@pytest.mark.parametrize("half", [{"conclusion": "Rien à adapter."}, {"concluded_on": date(2026, 9, 1)}])
def test_intake_conclusion_has_date(half):
    assert_refuses(Intake, "intake_conclusion_has_date", lambda: IntakeFactory(**half))


def test_intake_concluded_after_answer():
    said = {"conclusion": "Rien à adapter.", "answered_on": date(2026, 9, 2)}
    assert_refuses(Intake, "intake_concluded_after_answer", lambda: IntakeFactory(**said, concluded_on=date(2026, 9, 1)))
    assert IntakeFactory(**said, concluded_on=date(2026, 9, 2)).concluded_on == date(2026, 9, 2)


def test_intake_decision_with_conclusion():
    concluded = {"conclusion": "Rien à adapter.", "concluded_on": date(2026, 9, 1)}
    for said in ({**concluded, "decision": ""}, {"decision": "adapt"}):
        assert_refuses(Intake, "intake_decision_with_conclusion", lambda said=said: IntakeFactory(**said))
    assert IntakeFactory(**concluded, decision="redirect").decision == "redirect"


@pytest.mark.parametrize("empty", [{"need": ""}, {"conclusion": ""}])
def test_session_need_concludes(empty):
    assert_refuses(SessionNeed, "session_need_concludes", lambda: SessionNeedFactory(**empty))

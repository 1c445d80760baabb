"""What the database refuses of needs of adaptation, by the name of each constraint."""

from datetime import date

import pytest

from tests.constraints import assert_refuses
from tests.factories import AdaptationRequestFactory, MeasureFactory
from trainings.adaptations.models import AdaptationRequest, Measure, MeasureState, Wish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wish", [Wish.NO, Wish.NOT_SAID])
def test_adaptation_need_only_if_wished(wish):
    assert_refuses(
        AdaptationRequest, "adaptation_need_only_if_wished", lambda: AdaptationRequestFactory(wish=wish, need="Gros caractères")
    )
    assert AdaptationRequestFactory(wish=wish, need="").wish == wish
    assert AdaptationRequestFactory(wish=Wish.YES, need="").need == ""


@pytest.mark.parametrize("half", [{"decision": "Agrandir"}, {"decided_on": date(2026, 9, 1)}])
def test_adaptation_decision_has_date(half):
    assert_refuses(AdaptationRequest, "adaptation_decision_has_date", lambda: AdaptationRequestFactory(**half))


def test_adaptation_decided_after_answer():
    decided = {"decision": "Agrandir", "answered_on": date(2026, 9, 2)}
    assert_refuses(
        AdaptationRequest,
        "adaptation_decided_after_answer",
        lambda: AdaptationRequestFactory(**decided, decided_on=date(2026, 9, 1)),
    )
    assert AdaptationRequestFactory(**decided, decided_on=date(2026, 9, 2)).decided_on == date(2026, 9, 2)


def test_measure_given_up_has_reason():
    assert_refuses(Measure, "measure_given_up_has_reason", lambda: MeasureFactory(state=MeasureState.GIVEN_UP))
    assert MeasureFactory(state=MeasureState.GIVEN_UP, reason="La personne n’en veut plus").state == MeasureState.GIVEN_UP

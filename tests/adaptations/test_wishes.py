"""Which answers to the question of adaptations call for a decision."""

from __future__ import annotations

from trainings.adaptations.models import AdaptationRequest, Wish


def test_only_a_yes_calls_for_a_decision():
    assert {wish: AdaptationRequest(wish=wish).wished for wish in Wish} == {Wish.YES: True, Wish.NO: False, Wish.NOT_SAID: False}

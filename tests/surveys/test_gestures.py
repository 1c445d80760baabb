"""What a line of the list of surveys offers, and when its mark is not shown."""

import pytest

from trainings.surveys.cards import Gesture, is_masked, next_gesture

EVERY = Gesture("surveys:session", "Toutes les enquêtes", "de")
READ = Gesture("surveys:results", "Lire", "les résultats de")
TYPE = Gesture("surveys:papers", "Saisir des papiers")
OPEN = Gesture("surveys:share", "Ouvrir l’enquête")


@pytest.mark.parametrize(
    ("answers", "opened", "by_party", "can_edit", "gesture"),
    [
        (0, False, True, True, EVERY),
        (4, True, True, False, EVERY),
        (4, True, False, True, READ),
        (4, False, False, False, READ),
        (0, True, False, False, READ),
        (0, False, False, False, READ),
        (0, True, False, True, TYPE),
        (0, False, False, True, OPEN),
    ],
)
def test_what_comes_next(answers, opened, by_party, can_edit, gesture):
    assert next_gesture(answers=answers, opened=opened, by_party=by_party, can_edit=can_edit) == gesture


@pytest.mark.parametrize(("answers", "masked"), [(0, False), (1, True), (4, True), (5, False), (6, False)])
def test_a_mark_is_masked_until_there_are_enough_answers(answers, masked):
    assert is_masked(answers=answers, minimum=5) is masked

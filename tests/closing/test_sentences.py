"""What the page that closes a session answers first."""

from __future__ import annotations

import pytest

from evidence.closing.sentences import awaited_words, closed_words, standing_words
from trainings.states import SessionState

CLOSED = "La session est close : son dossier ne bouge plus."
READY = "Rien ne manque : le dossier peut être clos."
LATER = "Rien ne manque ; la session se clôt une fois terminée."


def test_a_session_says_whether_it_may_be_closed():
    found = {(state, missing): standing_words(state, missing=missing, awaited=0) for state in SessionState for missing in (0, 2)}
    assert found == {
        **{(state, 0): LATER for state in SessionState},
        **{(state, 2): "" for state in SessionState},
        (SessionState.DONE, 0): READY,
        (SessionState.CLOSED, 0): CLOSED,
        (SessionState.CLOSED, 2): CLOSED,
    }


def test_what_is_awaited_is_counted():
    assert (
        standing_words(SessionState.DONE, missing=0, awaited=1) == "Rien ne manque : le dossier peut être clos, un avis attendu."
    )
    assert standing_words(SessionState.CLOSED, missing=0, awaited=3) == (
        "La session est close, trois avis attendus : son dossier ne bouge plus."
    )
    assert closed_words("S26-018", awaited=3) == "La session S26-018 est close, trois avis attendus : son dossier ne bouge plus."
    assert closed_words("S26-018", awaited=0) == "La session S26-018 est close : son dossier ne bouge plus."


@pytest.mark.parametrize(("count", "words"), [(0, ""), (1, "un avis attendu"), (2, "deux avis attendus")])
def test_the_words_of_what_is_awaited(count, words):
    assert awaited_words(count) == words

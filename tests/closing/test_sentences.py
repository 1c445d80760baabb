"""What the page that closes a session answers first."""

from __future__ import annotations

from trainings.closing.sentences import standing_words
from trainings.states import SessionState

CLOSED = "La session est close : son dossier ne bouge plus."
READY = "Rien ne manque : le dossier peut être clos."
LATER = "Rien ne manque ; la session se clôt une fois terminée."


def test_a_session_says_whether_it_may_be_closed():
    found = {(state, missing): standing_words(state, missing=missing) for state in SessionState for missing in (0, 2)}
    assert found == {
        **{(state, 0): LATER for state in SessionState},
        **{(state, 2): "" for state in SessionState},
        (SessionState.DONE, 0): READY,
        (SessionState.CLOSED, 0): CLOSED,
        (SessionState.CLOSED, 2): CLOSED,
    }

"""What the page of a session calls each change of state."""

from __future__ import annotations

from trainings.sessions.rules import NEXT
from trainings.sessions.sentences import change_words
from trainings.states import SessionState as S

CHANGES = {
    (S.DRAFT, S.PLANNED): "Prévoir",
    (S.DRAFT, S.CANCELLED): "Annuler",
    (S.PLANNED, S.CONFIRMED): "Confirmer",
    (S.PLANNED, S.POSTPONED): "Reporter",
    (S.PLANNED, S.CANCELLED): "Annuler",
    (S.PLANNED, S.DRAFT): "Remettre en brouillon",
    (S.CONFIRMED, S.RUNNING): "Commencer",
    (S.CONFIRMED, S.POSTPONED): "Reporter",
    (S.CONFIRMED, S.CANCELLED): "Annuler",
    (S.CONFIRMED, S.PLANNED): "Ne plus confirmer",
    (S.RUNNING, S.DONE): "Terminer",
    (S.RUNNING, S.CANCELLED): "Annuler",
    (S.DONE, S.RUNNING): "Reprendre",
    (S.CLOSED, S.DONE): "Rouvrir",
    (S.CANCELLED, S.PLANNED): "Prévoir de nouveau",
    (S.POSTPONED, S.PLANNED): "Prévoir de nouveau",
    (S.POSTPONED, S.CANCELLED): "Annuler",
}


def test_every_change_has_its_words():
    # Closing has its own page and its own words.
    possible = [(state, to) for state, following in NEXT.items() for to in following if to != S.CLOSED]
    assert {(state, to): str(change_words(state, to)) for state, to in possible} == CHANGES

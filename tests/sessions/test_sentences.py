"""What the page of a session calls each change of state, and which button is its main one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trainings.sessions.rules import NEXT
from trainings.sessions.sentences import Ways, change_words, main_action
from trainings.states import SessionState as S

EVERYTHING = Ways(confirm="/confirm", move="/move", close="/close", dossier="/dossier", survey="/survey")
READER = replace(EVERYTHING, confirm="", move="", close="", dossier="")

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


@pytest.mark.parametrize(
    ("state", "dated", "all_may", "reader_may"),
    [
        (S.DRAFT, True, "Montrer le QR code de l’enquête", "Montrer le QR code de l’enquête"),
        (S.PLANNED, True, "Confirmer la session", "Montrer le QR code de l’enquête"),
        (S.PLANNED, False, "Montrer le QR code de l’enquête", "Montrer le QR code de l’enquête"),
        (S.CONFIRMED, True, "Montrer le QR code de l’enquête", "Montrer le QR code de l’enquête"),
        (S.RUNNING, True, "Montrer le QR code de l’enquête", "Montrer le QR code de l’enquête"),
        (S.DONE, True, "Clore la session", "Montrer le QR code de l’enquête"),
        (S.CLOSED, True, "Ouvrir le dossier", None),
        (S.CANCELLED, True, None, None),
        (S.POSTPONED, True, "Donner de nouvelles dates", "Montrer le QR code de l’enquête"),
    ],
)
def test_the_main_button_is_the_next_thing_to_do(state, dated, all_may, reader_may):
    shown = [main_action(state, dated=dated, ways=ways) for ways in (EVERYTHING, READER)]
    assert [action and str(action.words) for action in shown] == [all_may, reader_may]


def test_the_main_button_leads_where_it_says():
    shown = [main_action(state, dated=True, ways=EVERYTHING) for state in (S.PLANNED, S.POSTPONED, S.DONE, S.CLOSED, S.RUNNING)]
    assert [(action.url, action.icon) for action in shown if action] == [
        ("/confirm", "check"),
        ("/move", "calendar-due"),
        ("/close", "lock"),
        ("/dossier", "folder-open"),
        ("/survey", "qrcode"),
    ]

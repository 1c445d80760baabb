"""The sentences of the list of sessions."""

from datetime import date

import pytest

from evidence.agenda import wording
from evidence.agenda.queries import Entry, Place
from evidence.matrix.queries import Standing
from trainings.sessions.models import SessionState

ENTRY = Entry(key=None, place=Place.WAITING, since=None, first=None, last=None, missing=0, standing=None)


@pytest.mark.parametrize(
    ("holes", "total", "expected"),
    [
        (0, 0, "Aucun dossier n’est encore à lire."),
        (0, 1, "Le seul dossier n’attend aucune pièce."),
        (0, 5, "Aucun des 5 dossiers n’attend de pièce."),
        (1, 5, "Un dossier sur 5 attend encore une pièce."),
        (6, 31, "Six dossiers sur 31 attendent encore une pièce."),
    ],
)
def test_how_many_wait(holes, total, expected):
    assert wording.how_many_wait(holes, total) == expected


@pytest.mark.parametrize(
    ("count", "expected"), [(0, ""), (1, "Une autre a une étape en retard."), (3, "Trois autres ont une étape en retard.")]
)
def test_steps_that_wait(count, expected):
    assert wording.steps_wait(count) == expected


@pytest.mark.parametrize(
    ("fields", "state", "expected"),
    [
        ({"missing": 1}, SessionState.DONE, "il manque 1 pièce"),
        ({"missing": 2}, SessionState.CLOSED, "il manque 2 pièces"),
        ({"place": Place.ASIDE}, SessionState.CANCELLED, "annulée"),
        ({"place": Place.COMING}, SessionState.DRAFT, "brouillon"),
        ({"standing": Standing.TO_SETTLE}, SessionState.DONE, "à relire ou préciser"),
        ({"place": Place.COMPLETE, "standing": Standing.COMPLETE}, SessionState.DONE, "complet"),
        ({"place": Place.COMING, "standing": Standing.TO_COME}, SessionState.PLANNED, "à venir"),
        ({"place": Place.ASIDE}, SessionState.DONE, "rien d’attendu"),
    ],
)
def test_where_a_dossier_stands(fields, state, expected):
    assert wording.dossier(ENTRY._replace(**fields), state, str(state.label)) == expected


@pytest.mark.parametrize(
    ("place", "count", "expected"),
    [
        (Place.COMPLETE, 1, "Un dossier complet"),
        (Place.COMPLETE, 20, "20 dossiers complets"),
        (Place.ASIDE, 1, "Une session dont rien n’est attendu"),
        (Place.ASIDE, 3, "Trois sessions dont rien n’est attendu"),
    ],
)
def test_above_a_fold(place, count, expected):
    assert wording.folded(place, count) == expected


@pytest.mark.parametrize(("day", "expected"), [(date(2026, 11, 30), "le 30 novembre"), (date(2027, 1, 1), "le 1er janvier 2027")])
def test_when_it_comes(day, expected):
    assert wording.by(day, date(2026, 11, 1)) == expected


def test_from_when_to_when():
    days = [ENTRY._replace(first=date(2026, 9, 1)), ENTRY._replace(first=date(2026, 1, 5)), ENTRY]
    assert (wording.from_to(days), wording.from_to([ENTRY])) == ("janv. à sept. 2026", "")

"""Sentences of the first page, by number."""

from datetime import date

import pytest

from evidence.debts.gestures import Gesture
from evidence.home import sentences
from evidence.home.to_dos import ToDo
from evidence.readiness.links import Way
from qualiopi.web.typography import some


@pytest.mark.parametrize(
    ("things", "beginning", "expected"),
    [
        (0, False, "Bonjour Maëlle, rien ne vous attend."),
        (1, False, "Bonjour Maëlle, une chose vous attend."),
        (4, False, "Bonjour Maëlle, quatre choses vous attendent."),
        (5, False, "Bonjour Maëlle, cinq choses vous attendent."),
        (6, False, "Bonjour Maëlle, commencez par ces cinq choses."),
        (23, False, "Bonjour Maëlle, commencez par ces cinq choses."),
        (0, True, "Bonjour Maëlle, rien ne vous attend."),
        (1, True, "Bonjour Maëlle, commencez par cette chose."),
        (3, True, "Bonjour Maëlle, commencez par ces trois choses."),
    ],
)
def test_heading_of_the_home_page(things, beginning, expected):
    assert sentences.heading("Maëlle", things, shown=5, beginning=beginning) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"), [(1, "1 minute"), (90, "90 minutes"), (91, "environ 2 heures"), (200, "environ 3 heures")]
)
def test_how_long_it_takes(minutes, expected):
    assert sentences.duration_words(minutes) == expected


def a_thing(minutes, *, due_on=None, since=None):
    return ToDo("Faire", "/", "Parce que.", None, "Sessions", due_on, Way("Faire", "/"), minutes=minutes, since=since)


@pytest.mark.parametrize(
    ("things", "expected"),
    [
        ([], "Les indicateurs qui vous concernent sont démontrables avec les pièces d’aujourd’hui."),
        ([a_thing(2)], "Comptez 2 minutes. Rien n’est en retard."),
        (
            [a_thing(2, due_on=date(2027, 2, 24)), a_thing(10)],
            "Comptez 12 minutes en tout ; la première en prend 2 minutes. "
            "Rien n’est en retard : la plus proche est attendue avant le 24 février 2027.",
        ),
        (
            [a_thing(2, since=date(2026, 11, 2)), a_thing(3, since=date(2026, 11, 3))],
            "Comptez 5 minutes en tout ; la première en prend 2 minutes. Deux sont en retard.",
        ),
    ],
)
def test_the_answer_counts_minutes_and_what_is_late(things, expected):
    assert sentences.answer(things, shown=4, beginning=False).replace("\u202f", " ").replace("\xa0", " ") == expected


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        (a_thing(2, since=date(2026, 11, 12), due_on=date(2027, 2, 24)), "attendu depuis le 12 nov. 2026"),
        (a_thing(2, due_on=date(2027, 2, 24)), "avant le 24 févr. 2027"),
        (a_thing(2), ""),
    ],
)
def test_one_date_for_each_thing(thing, expected):
    assert sentences.when_words(thing).replace("\xa0", " ") == expected


@pytest.mark.parametrize("gesture", [each for each in Gesture if each is not Gesture.OTHERS])
def test_each_gesture_has_its_words_for_one_and_many(gesture):
    one, many = sentences.group_words(gesture, 1), sentences.group_words(gesture, 23)
    assert (one[:2], many[:3]) == ("Un", "23 ")


@pytest.mark.parametrize(
    ("names", "expected"),
    [(["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c"), (list("abcd"), "a, b et 2 autres")],
)
def test_some_names_then_how_many_others(names, expected):
    assert some(names, most=2) == expected

"""The sentences of the matrix."""

import pytest

from evidence.matrix import wording


@pytest.mark.parametrize(
    ("holes", "total", "expected"),
    [
        (0, 0, "Aucune session n’est à lire pour cette date"),
        (0, 1, "La seule session n’a pas de trou"),
        (0, 5, "Aucune des 5 sessions n’a de trou"),
        (1, 5, "Une session sur 5 a un trou"),
        (6, 31, "Six sessions sur 31 ont un trou"),
    ],
)
def test_heading(holes, total, expected):
    assert wording.heading(holes, total) == expected


@pytest.mark.parametrize(
    ("holes", "by_trainers", "trainers", "expected"),
    [
        (0, 0, 0, "L’auditeur choisit ses sessions le jour même."),
        (1, 1, 1, "Un trou en tout, chez un formateur. C’est à qui anime de les combler."),
        (8, 0, 4, "Huit trous en tout, chez quatre formateurs. C’est à l’équipe de les combler."),
        (8, 1, 4, "Huit trous en tout, chez quatre formateurs. Un est à combler par qui anime, sept par l’équipe."),
        (68, 12, 4, "68 trous en tout, chez quatre formateurs. Douze sont à combler par qui anime, 56 par l’équipe."),
        (2, 0, 0, "Deux trous en tout. C’est à l’équipe de les combler."),
    ],
)
def test_answer(holes, by_trainers, trainers, expected):
    assert wording.answer(holes, by_trainers=by_trainers, trainers=trainers) == expected


@pytest.mark.parametrize(("count", "expected"), [(0, "aucun"), (1, "1 trou"), (2, "2 trous")])
def test_under_a_head(count, expected):
    assert wording.under_a_head(count) == expected


@pytest.mark.parametrize(
    ("names", "expected"), [(["Yann Le Goff"], "Relancer Yann Le Goff"), (["A", "B", "C"], "Relancer les trois formateurs")]
)
def test_button(names, expected):
    assert wording.remind_them(names) == expected

"""What was seen, with a form for zero, one and many."""

import pytest

from evidence.engine.sentences import counted, limit, number, observed_count, observed_share, short
from qualiopi.standard.book import expectations
from qualiopi.standard.expectations import Measure
from tests.engine.builders import plain

ANSWERS = expectations().by_key["session_has_answers"].wording
TRAINERS = expectations().by_key["trainer_profile_on_file"].wording


@pytest.mark.parametrize(
    ("wording", "n", "d", "expected"),
    [
        (ANSWERS, 0, 0, ""),
        (ANSWERS, 0, 1, "Aucune session terminée n'a d'avis de bénéficiaires."),
        (ANSWERS, 1, 1, "La seule session terminée a des avis de bénéficiaires."),
        (ANSWERS, 0, 25, "Aucune des 25 sessions terminées n'a d'avis de bénéficiaires."),
        (ANSWERS, 1, 25, "1 session terminée sur 25 a des avis de bénéficiaires."),
        (ANSWERS, 23, 25, "23 sessions terminées sur 25 ont des avis de bénéficiaires."),
        (ANSWERS, 25, 25, "Les 25 sessions terminées ont des avis de bénéficiaires."),
        (ANSWERS, 9999, 10000, "9 999 sessions terminées sur 10 000 ont des avis de bénéficiaires."),
        (TRAINERS, 0, 3, "Aucun des 3 intervenants n'a de CV ni de justificatif de compétences."),
        (TRAINERS, 1, 1, "Le seul intervenant a un CV ou un justificatif de compétences."),
    ],
)
def test_a_share_in_words(wording, n, d, expected):
    assert plain(observed_share(wording, n, d)) == expected


@pytest.mark.parametrize(
    ("key", "n", "needed", "expected"),
    [
        ("internal_rules_in_force", 1, 1, "Le règlement intérieur est en vigueur."),
        ("internal_rules_in_force", 0, 1, "Aucun règlement intérieur en vigueur n'est déposé."),
        ("legal_watch_used", 1, 2, "Veille légale, éléments exploités dans l'année : 1 (attendu : 2)."),
        ("legal_watch_used", 2, 2, "Veille légale, éléments exploités dans l'année : 2 (attendu : 2)."),
    ],
)
def test_a_count_in_words(key, n, needed, expected):
    assert plain(observed_count(expectations().by_key[key], n, needed)) == expected


def test_the_words_of_a_board_and_of_a_button():
    assert (short(ANSWERS, 1), short(ANSWERS, 2)) == (
        "session terminée avec des avis de bénéficiaires".replace("'", "’"),
        "sessions terminées avec des avis de bénéficiaires",
    )
    assert (counted(ANSWERS, 1), counted(ANSWERS, 17)) == ("1 session terminée", "17 sessions terminées")
    assert number(1234567) == "1\u202f234\u202f567"


@pytest.mark.parametrize(
    ("demonstrable", "expected"), [(1.0, "C'est attendu de toutes."), (0.9, "Démontrable à partir de 90 %.")]
)
def test_the_limit_in_words(demonstrable, expected):
    assert plain(limit(Measure(True, demonstrable, 0.5), ANSWERS)) == expected


def test_every_wording_gives_whole_sentences():
    for expectation in expectations().expectations:
        wording = expectation.wording
        if wording is None or not expectation.measure.share:
            continue
        for n, d in ((0, 1), (1, 1), (0, 5), (1, 5), (4, 5), (5, 5)):
            sentence = observed_share(wording, n, d)
            assert sentence.endswith("."), expectation.key
            assert "  " not in sentence, expectation.key
        assert wording.verb_none.startswith(("n’", "ne ")), expectation.key

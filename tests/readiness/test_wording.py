"""Sentences for zero, one and many."""

from types import SimpleNamespace

import pytest

from evidence.engine.pieces import Shelf, Shelved
from evidence.engine.result import Outcome, Status
from evidence.readiness import wording
from qualiopi.standard.applicability import Answer


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        ({}, "0 reliée"),
        ({Shelf.LINKED: "a"}, "1 reliée"),
        ({Shelf.LINKED: "ab"}, "2 reliées"),
        ({Shelf.SESSIONS: "a"}, "1 qui compte par ce dont elle parle"),
        ({Shelf.LINKED: "ab", Shelf.SESSIONS: "cd", Shelf.OTHERS: "e"}, "2 reliées, 3 qui comptent par ce dont elles parlent"),
    ],
)
def test_how_many_pieces(pieces, said):
    assert wording.pieces_told([Shelved(shelf, tuple(ids)) for shelf, ids in pieces.items()]) == said


@pytest.mark.parametrize(
    ("asking", "concerned", "expected"),
    [
        (0, 0, "Aucun indicateur ne vous concerne avec ce profil."),
        (0, 23, "Les indicateurs qui vous concernent sont tous démontrables."),
        (1, 23, "Un indicateur sur 23 demande encore quelque chose."),
        (7, 23, "Sept indicateurs sur 23 demandent encore quelque chose."),
    ],
)
def test_heading_of_the_board(asking, concerned, expected):
    assert wording.board_heading(asking, concerned) == expected


@pytest.mark.parametrize(
    ("demonstrable", "at_risk", "apart", "expected"),
    [
        (0, 0, 0, ""),
        (0, 23, 10, "Aucun n’est encore démontrable avec les pièces d’aujourd’hui. Dix ne vous concernent pas."),
        (1, 22, 1, "Un autre est démontrable avec les pièces d’aujourd’hui. Un ne vous concerne pas."),
        (16, 7, 10, "Seize autres sont démontrables avec les pièces d’aujourd’hui. Dix ne vous concernent pas."),
        (23, 0, 0, "Une personne conclut ; le logiciel dit seulement que les pièces sont là."),
    ],
)
def test_answer_of_the_board(demonstrable, at_risk, apart, expected):
    counts = dict.fromkeys(Status, 0) | {
        Status.DEMONSTRABLE: demonstrable,
        Status.AT_RISK: at_risk,
        Status.NOT_APPLICABLE: apart,
    }
    assert wording.board_answer(counts) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "Rien ne manque à ce dossier à ce jour."),
        (1, "Il manque une chose à ce dossier."),
        (3, "Il manque trois choses à ce dossier."),
    ],
)
def test_answer_of_a_dossier(count, expected):
    assert wording.missing_in_session(count) == expected


@pytest.mark.parametrize(("asking", "expected"), [(0, "rien à reprendre"), (1, "1 à reprendre"), (3, "3 à reprendre")])
def test_note_of_a_criterion(asking, expected):
    assert wording.criterion_note(asking) == expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([3], "L’indicateur 3 ne vous concerne pas"), ([13, 14], "Les indicateurs 13, 14 ne vous concernent pas")],
)
def test_folded_line(numbers, expected):
    assert wording.not_concerned(numbers) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("S26-018, Tableur\u00a0: aucune réponse.", "Aucune réponse."),
        ("S26-018, Tableur : aucune réponse.", "Aucune réponse."),
        ("Aucune procédure n’est déposée.", "Aucune procédure n’est déposée."),
    ],
)
def test_a_sentence_does_not_repeat_its_title(sentence, expected):
    assert wording.without_subject(sentence, "S26-018, Tableur") == expected


ACT = "Demandez leur avis à 2 sessions."


@pytest.mark.parametrize(
    ("status", "action", "expected"),
    [
        (Status.INSUFFICIENT, ACT, ACT),
        (Status.AT_RISK, ACT, ACT),
        (Status.CANNOT_BE_JUDGED, ACT, ACT),
        (Status.DEMONSTRABLE, ACT, "Déjà démontrable. Pour aller plus loin : demandez leur avis à 2 sessions."),
        (Status.DEMONSTRABLE, "", ""),
        (Status.NOT_APPLICABLE, "", ""),
    ],
)
def test_what_would_do_better_on_what_is_demonstrable_is_an_offer(status, action, expected):
    assert wording.next_told(SimpleNamespace(status=status, next_action=action)) == expected


def result_of(outcome, *, missing=()):
    return SimpleNamespace(outcome=outcome, missing=missing, judged=True, next_action="", observed="Vu.", reasons=())


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], "Vu."),
        ([(Outcome.DEMONSTRABLE, ())], "Vu. Tout le reste est en place."),
        ([(Outcome.DEMONSTRABLE, ("S1",))], "Vu. Tout le reste est démontrable."),
        (
            [(Outcome.CANNOT_BE_JUDGED, ()), (Outcome.DEMONSTRABLE, ())],
            "Vu. Un autre attendu peut aller plus loin : l’indicateur n’en dépend pas.",
        ),
        ([(Outcome.AT_RISK, ("S1",))], "Vu. Un autre attendu demande encore quelque chose."),
    ],
)
def test_the_line_under_the_title_says_no_more_than_what_is_there(others, expected):
    leading = result_of(Outcome.DEMONSTRABLE)
    rest = [result_of(outcome, missing=missing) for outcome, missing in others]
    status = SimpleNamespace(
        status=Status.AT_RISK if others[:1] == [(Outcome.AT_RISK, ("S1",))] else Status.DEMONSTRABLE,
        leading=leading,
        reasons=(),
        applicable=Answer.YES,
        expectations=[leading, *rest],
    )
    assert wording.indicator_answer(status) == expected

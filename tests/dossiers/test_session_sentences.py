"""What the page of a session answers first, in each moment of its life; how gestures are grouped, named and dated."""

from datetime import date

import pytest

from evidence.debts.gestures import Gesture, minutes_of
from evidence.dossiers.gestures import Group, Lack, grouped, told
from evidence.dossiers.moments import Moment, moment_of
from evidence.dossiers.sentences import (
    Counts,
    answer_of,
    due_words,
    gestures_heading,
    people_heading,
    since_words,
    time_in_all,
    title_of,
)
from evidence.readiness.links import Way
from trainings.states import SessionState as S

TODAY = date(2026, 11, 24)
WAY = Way("Faire", "/faire/")


def lack(gesture, due=TODAY, *, late=True, key="", short=""):
    return Lack(gesture, key or gesture.value, due, late, "Il manque cela.", WAY, short)


def plain(text):
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("state", "first", "last", "expected"),
    [
        (S.DRAFT, None, None, Moment.DRAFT),
        (S.DRAFT, date(2026, 12, 1), date(2026, 12, 2), Moment.DRAFT),
        (S.DRAFT, date(2026, 11, 1), date(2026, 11, 2), Moment.FORGOTTEN),
        (S.PLANNED, date(2026, 11, 25), None, Moment.BEFORE),
        (S.PLANNED, date(2026, 11, 24), None, Moment.RUNNING),
        (S.PLANNED, date(2026, 11, 1), date(2026, 11, 23), Moment.FORGOTTEN),
        (S.CONFIRMED, date(2026, 11, 25), date(2026, 11, 26), Moment.BEFORE),
        (S.RUNNING, date(2026, 11, 23), date(2026, 11, 24), Moment.RUNNING),
        (S.RUNNING, date(2026, 11, 20), date(2026, 11, 23), Moment.ENDED),
        (S.DONE, date(2026, 11, 20), date(2026, 11, 24), Moment.ENDED),
        (S.CLOSED, date(2026, 1, 1), None, Moment.CLOSED),
        (S.CANCELLED, date(2026, 12, 1), None, Moment.CALLED_OFF),
        (S.POSTPONED, None, None, Moment.CALLED_OFF),
    ],
)
def test_where_a_session_stands(state, first, last, expected):
    assert moment_of(state, first, last, today=TODAY) is expected


REGISTER, RESULTS, PAPERS, OPINIONS = (
    Group(gesture, (lack(gesture),)) for gesture in (Gesture.REGISTER, Gesture.RESULTS, Gesture.PAPERS, Gesture.OPINIONS)
)


@pytest.mark.parametrize(
    ("moment", "groups", "counts", "dates", "people", "answer"),
    [
        (
            Moment.ENDED,
            [REGISTER, RESULTS, PAPERS, OPINIONS],
            Counts(signatures=1, results=1, documents=10),
            (date(2026, 11, 17), date(2026, 11, 18)),
            8,
            "Terminée depuis six jours. Il manque une signature, un résultat, dix documents et les avis.",
        ),
        (
            Moment.ENDED,
            [REGISTER, OPINIONS],
            Counts(signatures=2, countersignatures=1, opinions=3, answers=5),
            (date(2026, 11, 23), None),
            8,
            "Terminée depuis hier. Il manque deux signatures, un contreseing et trois avis.",
        ),
        (
            Moment.ENDED,
            [],
            Counts(),
            (date(2026, 11, 24), None),
            8,
            "Terminée aujourd’hui. Rien ne manque : le dossier peut être clos.",
        ),
        (Moment.ENDED, [], Counts(), (date(2026, 11, 22), None), 0, "Terminée depuis deux jours. Personne n’est inscrit."),
        (
            Moment.BEFORE,
            [Group(Gesture.AGREEMENTS, (lack(Gesture.AGREEMENTS),))],
            Counts(agreements=2),
            (date(2026, 12, 6), None),
            3,
            "Commence dans douze jours. À faire avant : deux conventions signées.",
        ),
        (
            Moment.BEFORE,
            [],
            Counts(),
            (date(2026, 11, 25), None),
            3,
            "Commence demain. Tout ce qui se prépare est prêt à ce jour.",
        ),
        (Moment.BEFORE, [], Counts(), (date(2026, 11, 27), None), 0, "Commence dans trois jours. Personne n’est inscrit."),
        (
            Moment.RUNNING,
            [],
            Counts(),
            (date(2026, 11, 23), date(2026, 11, 25)),
            3,
            "En cours, jour 2 sur 3. Rien ne manque à ce jour.",
        ),
        (
            Moment.RUNNING,
            [REGISTER],
            Counts(countersignatures=1),
            (TODAY, TODAY),
            3,
            "En cours, aujourd’hui. Il manque un contreseing.",
        ),
        (
            Moment.DRAFT,
            [],
            Counts(),
            (None, None),
            0,
            "Encore un brouillon : ses dates sont à donner. Personne n’est inscrit.",
        ),
        (
            Moment.FORGOTTEN,
            [Group(Gesture.FATE, (lack(Gesture.FATE),))],
            Counts(),
            (date(2026, 11, 1), None),
            2,
            "Ses dates sont passées, et personne ne l’a commencée ni annulée.",
        ),
        (
            Moment.CLOSED,
            [Group(Gesture.PIECES, (lack(Gesture.PIECES), lack(Gesture.PIECES, key="b")))],
            Counts(),
            (date(2026, 1, 1), None),
            2,
            "Close : son dossier ne bouge plus. Il manque deux pièces.",
        ),
        (Moment.CALLED_OFF, [REGISTER], Counts(), (date(2026, 1, 1), None), 2, "Elle n’a pas lieu."),
    ],
)
def test_the_first_sentence(moment, groups, counts, dates, people, answer):
    assert plain(answer_of(moment, groups, counts, dates=dates, today=TODAY, people=people)) == answer


@pytest.mark.parametrize(
    ("state", "reason", "said"),
    [
        (S.CLOSED, "", "Close depuis le 3 novembre 2026 : son dossier ne bouge plus."),
        (S.CANCELLED, "Trop peu d’inscrits.", "Annulée le 3 novembre 2026 : Trop peu d’inscrits."),
        (S.POSTPONED, "", "Reportée le 3 novembre 2026."),
    ],
)
def test_since_when_it_is_closed_or_called_off(state, reason, said):
    assert plain(since_words(state, date(2026, 11, 3), reason)) == said
    assert since_words(state, None, reason) == ""


def test_what_is_late_comes_first_then_the_order_of_gestures():
    soon, late = date(2026, 11, 28), date(2026, 11, 20)
    lacks = [
        lack(Gesture.PAPERS, soon, late=False),
        lack(Gesture.NEEDS, late),
        lack(Gesture.REGISTER, late),
        lack(Gesture.NEEDS, soon),
    ]
    groups = grouped(lacks)
    assert [(group.gesture, len(group.lacks), group.due, group.late) for group in groups] == [
        (Gesture.REGISTER, 1, late, True),
        (Gesture.NEEDS, 2, late, True),
        (Gesture.PAPERS, 1, soon, False),
    ]
    assert told(groups) == groups


@pytest.mark.parametrize(("n", "shown"), [(4, 4), (5, 5), (6, 5), (9, 5)])
def test_five_groups_are_told_at_most_and_nothing_is_lost(n, shown):
    groups = grouped(lack(gesture) for gesture in list(Gesture)[:n])
    found = told(groups)
    assert len(found) == shown
    assert sorted(each.key for group in found for each in group.lacks) == sorted(
        each.key for group in groups for each in group.lacks
    )
    assert (found[-1].gesture is Gesture.OTHERS) == (n > shown)


@pytest.mark.parametrize(
    ("gesture", "counts", "title"),
    [
        (Gesture.REGISTER, Counts(signatures=1, countersignatures=1), "Obtenir une signature"),
        (Gesture.REGISTER, Counts(countersignatures=2), "Faire contresigner deux demi-journées"),
        (Gesture.REGISTER, Counts(), "Compléter le suivi des présences"),
        (Gesture.RESULTS, Counts(results=1), "Noter les résultats d’une personne"),
        (Gesture.RESULTS, Counts(results=20), "Noter les résultats de 20 personnes"),
        (Gesture.PAPERS, Counts(documents=9), "Émettre et envoyer neuf documents"),
        (Gesture.OPINIONS, Counts(opinions=1), "Recueillir l’avis d’une personne"),
        (Gesture.NEEDS, Counts(needs=3), "Faire répondre trois personnes"),
        (Gesture.AGREEMENTS, Counts(), "Faire signer conventions et contrats"),
        (Gesture.PIECES, Counts(), "Déposer une pièce : convocation"),
        (Gesture.STEPS, Counts(), "Il manque cela"),
        (Gesture.OTHERS, Counts(), "Regarder les autres manques"),
    ],
)
def test_a_gesture_names_its_thing(gesture, counts, title):
    short = "convocation" if gesture is Gesture.PIECES else ""
    assert plain(title_of(Group(gesture, (lack(gesture, short=short),)), counts)) == title


@pytest.mark.parametrize("gesture", Gesture)
def test_every_gesture_has_a_title_and_minutes(gesture):
    assert title_of(Group(gesture, (lack(gesture),)), Counts())
    assert minutes_of(gesture, 1) >= 1
    assert minutes_of(gesture, 300) >= minutes_of(gesture, 1)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2026, 11, 20), "attendu depuis le 20 novembre"),
        (date(2025, 11, 20), "attendu depuis le 20 novembre 2025"),
        (TODAY, "avant le 24 novembre"),
        (date(2027, 1, 5), "avant le 5 janvier 2027"),
        (None, ""),
    ],
)
def test_each_gesture_has_its_own_day(due, said):
    assert due_words(Group(Gesture.PAPERS, (lack(Gesture.PAPERS, due),)), today=TODAY) == said


def test_headings_are_counted():
    assert [gestures_heading(n) for n in (1, 5)] == ["Ce qui manque, un geste", "Ce qui manque, cinq gestes"]
    assert [people_heading(n) for n in (0, 1, 8, 30)] == ["Stagiaires", "Un stagiaire", "Huit stagiaires", "30 stagiaires"]
    assert time_in_all(9, in_band=True) == "neuf minutes en tout, le premier est dans le bandeau"
    assert time_in_all(1, in_band=False) == "une minute en tout"

"""What the pages of learning say of exams, results and answers."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from django.utils import translation

from trainings.learning.models import Acquired, Intake, IntakeDecision
from trainings.learning.sentences import (
    asked_words,
    before_words,
    ended_words,
    exam_notes,
    go_on_words,
    level_words,
    next_exam_words,
    rates_words,
    save_words,
    why_no_exam,
    why_nothing_to_note,
)
from trainings.sessions.models import Aim, Enrolment, EnrolmentState

ASK_THE_COURSE = "Dites d’abord, sur la fiche de la formation, si elle prépare à une certification enregistrée."
NOT_CERTIFYING = "Cette formation ne prépare pas à une certification enregistrée : rien n’est attendu ici."
NOBODY = "Personne n’est encore inscrit en vue de la certification."


@pytest.mark.parametrize(
    ("certifying", "candidates", "expected"),
    [
        (None, 0, ASK_THE_COURSE),
        (None, 2, ASK_THE_COURSE),
        (False, 0, NOT_CERTIFYING),
        (False, 2, NOT_CERTIFYING),
        (True, 0, NOBODY),
        (True, 2, ""),
    ],
)
def test_a_session_without_exam_says_why(certifying, candidates, expected):
    assert why_no_exam(certifying, candidates=candidates) == expected


def test_a_session_without_result_says_the_first_reason():
    def first_reason(held, programme, objectives, people):
        if not held:
            return "La session est au stade « reportée » : il n’y a pas de résultat à noter."
        if not programme:
            return "Cette session ne suit aucune version du programme : rien ne dit quels objectifs noter."
        if not objectives:
            return "Le programme suivi n’a pas d’objectif."
        return "Personne n’est encore inscrit." if not people else ""

    cases = list(product((False, True), (False, True), (0, 4), (0, 12)))
    said = [
        why_nothing_to_note(held=held, state="reportée", programme=programme, objectives=objectives, people=people)
        for held, programme, objectives, people in cases
    ]
    assert said == [first_reason(*case) for case in cases]


def test_who_is_not_a_plain_candidate_says_why():
    found = {
        (state, aim): exam_notes(Enrolment(state=state, aim=aim))
        for state in (EnrolmentState.ENROLLED, EnrolmentState.ABANDONED)
        for aim in ("", *Aim.values)
    }
    aside = "ne vise pas la certification"
    assert found == {
        (state, aim): [*left, *([aside] if aim in (Aim.OTHER, Aim.ASSESSMENT) else [])]
        for state, left in ((EnrolmentState.ENROLLED, []), (EnrolmentState.ABANDONED, ["abandon"]))
        for aim in ("", *Aim.values)
    }


def test_an_enrolment_that_ended_says_how():
    assert {state: ended_words(Enrolment(state=state)) for state in EnrolmentState} == {
        EnrolmentState.ENROLLED: "",
        EnrolmentState.WITHDRAWN: "désistement avant le premier jour",
        EnrolmentState.INTERRUPTED: "parcours interrompu",
        EnrolmentState.ABANDONED: "abandon",
    }


def test_every_level_has_its_words():
    assert {level: level_words(level) for level in ("", *Acquired.values)} == {
        "": "pas noté",
        "acquired": "acquis",
        "in_progress": "en cours d’acquisition",
        "not_acquired": "non acquis",
    }


def test_a_decision_changes_something_unless_the_session_suits():
    assert {decision: Intake(decision=decision).changes for decision in ("", *IntakeDecision.values)} == {
        "": False,
        "accept": False,
        "adapt": True,
        "redirect": True,
    }


def test_the_last_page_of_questions_sends_them():
    assert [go_on_words(number, 3) for number in (1, 2, 3)] == ["Continuer", "Continuer", "Envoyer mes réponses"]
    with translation.override("en"):
        assert go_on_words(1, 1) != "Envoyer mes réponses"


@pytest.mark.parametrize(
    ("missing", "to_conclude", "said"),
    [
        (True, True, "Il manque des réponses avant la formation."),
        (True, False, "Il manque des réponses avant la formation."),
        (False, True, "Tout est répondu ; il reste à dire ce que vous en tirez."),
        (False, False, "Tout est répondu et conclu."),
    ],
)
def test_where_one_person_stands_before_the_training(missing, to_conclude, said):
    assert plain(before_words(missing=missing, to_conclude=to_conclude)) == said


@pytest.mark.parametrize(
    ("more_people", "more_objectives", "said"),
    [
        (True, True, "Enregistrer, puis les suivants"),
        (True, False, "Enregistrer, puis les suivants"),
        (False, True, "Enregistrer, puis l’objectif suivant"),
        (False, False, "Enregistrer"),
    ],
)
def test_the_button_of_an_objective_says_where_it_leads(more_people, more_objectives, said):
    assert save_words(more_people=more_people, more_objectives=more_objectives) == said


NOT_ASKED = "Cette formation ne prépare pas à une certification enregistrée : ces taux ne lui sont pas demandés."
MARCH, MAY = date(2026, 3, 2), date(2026, 5, 4)


@pytest.mark.parametrize(
    ("certifying", "published_on", "next_exam", "said"),
    [
        (False, MARCH, MAY, NOT_ASKED),
        (False, None, None, NOT_ASKED),
        (True, MARCH, MAY, "Derniers taux publiés le 2 mars 2026."),
        (None, MARCH, None, "Derniers taux publiés le 2 mars 2026."),
        (True, None, MAY, "Aucun taux n’est encore publié. Prochain examen le 4 mai 2026."),
        (None, None, None, "Aucun taux n’est encore publié."),
    ],
)
def test_what_the_page_of_rates_says_first(certifying, published_on, next_exam, said):
    assert plain(rates_words(certifying, published_on=published_on, next_exam=next_exam)) == said


def test_no_exam_is_planned():
    assert next_exam_words(None) == ""


def plain(text):
    """The words, whatever their blanks."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("written_on", "email", "declined", "said"),
    [
        (None, "", False, "sans adresse e-mail"),
        (None, "", True, "sans adresse e-mail"),
        (None, "anais@exemple.fr", False, "pas encore sollicité"),
        (None, "anais@exemple.fr", True, "pas encore sollicité"),
        (date(2026, 9, 3), "anais@exemple.fr", False, "écrit le 3 sept. 2026"),
        (date(2026, 9, 3), "", False, "écrit le 3 sept. 2026"),
        (date(2026, 9, 3), "anais@exemple.fr", True, "écrit le 3 sept. 2026, ne souhaite plus recevoir de relances par e-mail"),
    ],
)
def test_how_somebody_was_asked_before_the_start(written_on, email, declined, said):
    assert plain(asked_words(written_on=written_on, email=email, declined=declined)) == said

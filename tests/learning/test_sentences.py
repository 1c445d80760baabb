"""What the pages of learning say of exams, results and answers."""

from __future__ import annotations

from itertools import product

import pytest
from django.utils import translation

from trainings.learning.models import Acquired, Intake, IntakeDecision
from trainings.learning.sentences import (
    ended_words,
    exam_notes,
    go_on_words,
    level_words,
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

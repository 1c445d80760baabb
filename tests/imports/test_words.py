"""Words of files for our states: all our own words are among them, in both genders, and no word means two things."""

import pytest

from qualiopi.text import comparison_key
from trainings.imports import words
from trainings.sessions.models import EnrolmentState, Modality, SessionKind, SessionState


@pytest.mark.parametrize(
    ("known", "choices"),
    [
        (words.STATES, [choice for choice in SessionState.choices if choice[0] != SessionState.CLOSED]),
        (words.ENROLMENT_STATES, EnrolmentState.choices),
        (words.MODALITIES, Modality.choices),
        (words.KINDS, SessionKind.choices),
    ],
)
def test_what_our_own_lists_write_is_read_back(known, choices):
    assert {value: known.get(comparison_key(str(label))) for value, label in choices} == {
        value: value for value, _label in choices
    }


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Réalisé", "done"), ("Réalisée", "done"), ("Clos", "done"), ("Planifié", "planned"), ("Confirmé", "confirmed"),
        ("Reporté", "postponed"), ("Annulée", "cancelled"), ("Ouvert", "confirmed"), ("Non réalisé", "cancelled"),
    ],
)  # fmt: skip
def test_states_of_sessions_in_both_genders(word, state):
    assert words.STATES[comparison_key(word)] == state


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Accepté", "enrolled"), ("Entrée en formation", "enrolled"), ("Service fait déclaré", "enrolled"),
        ("Sorti de formation", "enrolled"),
        ("Annulé par le titulaire", "withdrawn"), ("Refusé par le financeur", "not_enrolled"), ("À traiter", "not_enrolled"),
        ("Pas encore commencé", "enrolled"), ("Suspendu", "interrupted"), ("Inscrite", "enrolled"), ("Candidat", "not_enrolled"),
    ],
)  # fmt: skip
def test_states_of_people_in_the_files_of_others(word, state):
    assert words.ENROLMENT_STATES[comparison_key(word)] == state


@pytest.mark.parametrize(("word", "mark"), [("Très satisfait(e)", 5), ("Satisfaite", 4), ("Moyenne", 3), ("Pas du tout", 1)])
def test_marks_in_words_in_every_form(word, mark):
    assert words.MARKS_IN_WORDS[comparison_key(word)] == mark

"""Headings are guessed from synonyms, or as the organisation said last time."""

import pytest

from qualiopi.exchange.columns import Column
from qualiopi.exchange.kinds import resource_class
from qualiopi.exchange.mapping import Confidence, Guess, guess_columns, mapping_of
from qualiopi.exchange.models import ImportKind


def columns(**declared: Column) -> list[Column]:
    for name, column in declared.items():
        column.column_name = name
    return list(declared.values())


SOME = {
    "start": {"synonyms": ("date de début", "début")},
    "end": {"synonyms": ("date de fin",)},
    "number": {"synonyms": ("participants",), "doubt": "prévu ou réel ?"},
    "mark": {"pattern": r"\bsatisf\w*"},
    "secret": {"synonyms": ("handicap",), "never": "jamais"},
}


@pytest.fixture
def declared():
    return columns(**{name: Column(name, **options) for name, options in SOME.items()})


@pytest.mark.parametrize(
    ("heading", "column", "confidence"),
    [
        ("Date de début", "start", Confidence.SURE),
        ("DATE DE DEBUT :", "start", Confidence.SURE),
        ("Date_de_debut", "start", Confidence.SURE),
        ("Date de début (prévue)", "start", Confidence.DOUBTFUL),
        ("Heure de début de la pause du matin", "", Confidence.NONE),
        ("Participants", "number", Confidence.DOUBTFUL),
        ("Êtes-vous satisfait(e) de la formation ?", "mark", Confidence.SURE),
        ("Handicap", "secret", Confidence.SURE),
        ("Couleur", "", Confidence.NONE),
    ],
)
def test_one_heading(declared, heading, column, confidence):
    assert guess_columns([heading], declared) == [Guess(heading, column, confidence)]


def test_a_column_serves_once_and_the_exact_heading_wins(declared):
    guesses = guess_columns(["Début prévu", "Début"], declared)
    assert [guess.column for guess in guesses] == ["", "start"]


def test_what_must_never_come_in_is_recognised_every_time(declared):
    assert [guess.column for guess in guess_columns(["Handicap", "handicap "], declared)] == ["secret", "secret"]


def test_what_was_remembered_wins_even_when_it_says_to_leave_out(declared):
    guesses = guess_columns(["Jour J", "Date de fin"], declared, {"jour j": "start", "date de fin": ""})
    assert guesses == [Guess("Jour J", "start", Confidence.REMEMBERED), Guess("Date de fin", "", Confidence.REMEMBERED)]
    assert mapping_of(guesses) == {"Jour J": "start"}


def test_a_remembered_column_that_no_longer_exists_is_forgotten(declared):
    assert guess_columns(["Jour J"], declared, {"jour j": "gone"}) == [Guess("Jour J", "", Confidence.NONE)]


@pytest.mark.parametrize("kind", ImportKind.values)
def test_no_synonym_belongs_to_two_columns_of_a_kind(kind):
    seen: dict[str, str] = {}
    for column in resource_class(kind).columns():
        for key in column.keys:
            assert seen.setdefault(key, column.key) == column.key
    assert len(seen) > 20

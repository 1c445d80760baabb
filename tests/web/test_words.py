"""Dates, sizes, names and French spaces."""

from argparse import ArgumentTypeError
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from qualiopi.web import dates, typography
from qualiopi.web.status import STATUS_ORDER, look, status_badge, status_word

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 3, 18), "jeudi 18 mars 2027"),
        (date(2026, 11, 1), "dimanche 1er novembre 2026"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "vendredi 1er janvier 2027"),
    ],
)
def test_a_full_date(day, said):
    assert dates.long_date(day, weekday=True) == said


def test_a_short_date():
    assert dates.short_date(date(2027, 7, 3)) == "3 juil. 2027"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 11, 19), date(2026, 11, 19), "19 novembre 2026"),
        (date(2026, 11, 19), date(2026, 11, 20), "19 et 20 novembre 2026"),
        (date(2026, 11, 16), date(2026, 11, 20), "16 au 20 novembre 2026"),
        (date(2026, 10, 29), date(2026, 11, 3), "29 oct. au 3 nov. 2026"),
        (date(2026, 12, 29), date(2027, 1, 3), "29 déc. 2026 au 3 janv. 2027"),
    ],
)
def test_a_period_never_says_twice_the_same_thing(start, end, said):
    assert dates.period(start, end) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 3, 18), "dans 115 jours"),
        (date(2026, 11, 25), "dans 2 jours"),
        (date(2026, 11, 24), "demain"),
        (TODAY, "aujourd’hui"),
        (date(2026, 11, 22), "hier"),
        (date(2026, 11, 20), "il y a 3 jours"),
    ],
)
def test_a_delay(day, said):
    assert dates.delay(day, TODAY) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 3, 12), "6 jours avant l’audit"),
        (date(2027, 3, 17), "1 jour avant l’audit"),
        (date(2027, 3, 18), "le même jour que l’audit"),
        (date(2027, 3, 20), "2 jours après l’audit"),
    ],
)
def test_a_delay_from_a_landmark(day, said):
    assert dates.before_or_after(day, date(2027, 3, 18), "l’audit") == said


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (0, "0 octets"),
        (999, "999 octets"),
        (340_000, "340 ko"),
        (1_234_567, "1,2 Mo"),
        (8_400_000, "8,4 Mo"),
        (412_000_000, "412 Mo"),
        (2_500_000_000, "2,5 Go"),
    ],
)
def test_a_file_size(octets, said):
    assert typography.file_size(octets) == said.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Maëlle Kerdraon", "MK"), ("Jean-François Le Müller", "JM"), ("Élodie", "É"), ("", "?"), ("42", "?")],
)
def test_initials(name, letters):
    assert typography.initials(name) == letters


@pytest.mark.parametrize(("value", "said"), [(3.5, "3 h 30"), (14, "14 h"), (0.25, "15 min"), (0, "0 h")])
def test_hours(value, said):
    assert typography.hours(value) == said.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("plain", "spaced"),
    [
        ("Qui lira ma réponse ?", "Qui lira ma réponse\u202f?"),
        ("Règle : 90 % des « entreprises »", "Règle\u00a0: 90\u202f% des «\u00a0entreprises\u202f»"),
        ("10 000 sessions ; merci", "10\u202f000 sessions\u202f; merci"),
        ("https://exemple.fr à 14:30", "https://exemple.fr à 14:30"),
    ],
)
def test_french_spaces(plain, spaced):
    assert typography.french_spaces(plain) == spaced


def test_a_badge_always_has_a_shape_and_a_word():
    badges = [status_badge(status) for status in STATUS_ORDER]
    assert [badge.count("<svg") for badge in badges] == [1] * 5
    assert [badge.rsplit("</svg>")[1] for badge in badges] == [f"{look(status).word}</span>" for status in STATUS_ORDER]


def test_a_badge_escapes_what_follows_its_word():
    assert "à risque, &lt;2 pièces&gt;</span>" in status_badge("at_risk", "<2 pièces>")


def test_an_unknown_status_is_an_error_not_a_refusal():
    with pytest.raises(KeyError):
        look("conforme")


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, ["démontrable", "à risque", "insuffisant", "impossible à juger", "non applicable"]),
        (3, ["démontrables", "à risque", "insuffisants", "impossible à juger", "non applicables"]),
    ],
)
def test_words_agree_with_their_count(count, words):
    assert [status_word(status, count) for status in STATUS_ORDER] == words


def test_an_english_reader_gets_an_english_first_of_the_month():
    with translation.override("en"):
        assert dates.long_date(date(2026, 11, 1)) == "1 November 2026"


def test_a_day_of_a_command_line():
    assert dates.day_argument("2027-03-18") == date(2027, 3, 18)


@pytest.mark.parametrize("typed", ["18/03/2027", "2027-02-30", "0202-03-18", "2127-03-18", ""])
def test_a_day_that_cannot_be_meant_is_refused(typed):
    with pytest.raises(ArgumentTypeError):
        dates.day_argument(typed)


def test_words_in_a_row():
    assert [typography.listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a et b", "a, b et c"]


@pytest.mark.parametrize(
    ("number", "feminine", "expected"),
    [
        (0, False, "zéro"),
        (1, False, "un"),
        (1, True, "une"),
        (7, True, "sept"),
        (16, False, "seize"),
        (17, False, "17"),
        (23, True, "23"),
    ],
)
def test_numbers_in_letters_up_to_sixteen(number, feminine, expected):
    assert typography.in_words(number, feminine=feminine) == expected

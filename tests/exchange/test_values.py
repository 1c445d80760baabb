"""Cells as French files write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from qualiopi.exchange import values
from qualiopi.exchange.values import CellError
from qualiopi.exchange.words import clean
from qualiopi.text import comparison_key

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13/01/2026", date(2026, 1, 13)),
        ("02/02/26", date(2026, 2, 2)),
        ("1/9/79", date(1979, 9, 1)),
        ("2026-01-13", date(2026, 1, 13)),
        ("2018-05-22 00:00:00.0", date(2018, 5, 22)),
        ("2026/01/13 5:02:11 PM UTC+1", date(2026, 1, 13)),
        ("lun. 9 mars 26", date(2026, 3, 9)),
        ("ven. 19 nov. 21", date(2021, 11, 19)),
        ("1er juillet 2026", date(2026, 7, 1)),
        ("46035", date(2026, 1, 13)),
        (datetime(2026, 1, 13, 9, 0), date(2026, 1, 13)),  # noqa: DTZ001
        (date(2026, 1, 13), date(2026, 1, 13)),
        ("", None),
        (46093.000243055554, date(2026, 3, 12)),  # a few seconds late
        (46092.999756944446, date(2026, 3, 12)),  # a few seconds early
        (46093.5, date(2026, 3, 12)),
        ("NULL", None),
        ("N/A", None),
        ("pas besoin", None),
        (None, None),
    ],
)
def test_dates(text, expected):
    assert values.parse_date(text) == expected


@pytest.mark.parametrize(
    ("text", "sentence", "suggestion"),
    [
        ("31/04/2026", "Avril n’a que 30 jours.", "30/04/2026"),
        ("29/02/2026", "Février 2026 n’a que 28 jours.", "28/02/2026"),
        ("01/13/2026", "Il n’y a pas de mois 13 : le jour s’écrit avant le mois, comme 13/01/2026.", "13/01/2026"),
        ("12/01/0226", "L’année 226 n’est pas possible ici. Écrivez la date comme 13/01/2026.", ""),
        ("bientôt", "Cette date n’est pas lisible. Écrivez-la comme 13/01/2026.", ""),
        ("janvier 2026", "Cette date n’est pas lisible. Écrivez-la comme 13/01/2026.", ""),
    ],
)
def test_impossible_dates_say_why(text, sentence, suggestion):
    with pytest.raises(CellError) as caught:
        values.parse_date(text)
    assert (caught.value.sentence, caught.value.suggestion) == (sentence, suggestion)


def test_a_birth_year_on_two_digits_lies_in_the_past():
    assert values.parse_date("1/9/30") == date(2030, 9, 1)
    assert values.parse_date("1/9/30", birth=True) == date(1930, 9, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13/01/2026 17:02:11", datetime(2026, 1, 13, 17, 2, 11, tzinfo=PARIS)),
        ("2026/01/13 5:02:11 PM UTC+1", datetime(2026, 1, 13, 16, 2, 11, tzinfo=UTC)),
        ("2026/01/14 8:01:03 AM UTC+1", datetime(2026, 1, 14, 7, 1, 3, tzinfo=UTC)),
        ("13/01/2026 à 17h02m11s", datetime(2026, 1, 13, 17, 2, 11, tzinfo=PARIS)),
        ("2026-01-13T17:02:11Z", datetime(2026, 1, 13, 17, 2, 11, tzinfo=UTC)),
        ("13/01/2026", datetime(2026, 1, 13, tzinfo=PARIS)),
        ("", None),
    ],
)
def test_moments(text, expected):
    assert values.parse_moment(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 400,00 €", "2400.00"),
        ("1\xa0750,5", "1750.50"),
        ("1\u202f750,5", "1750.50"),
        ("2.400,00", "2400.00"),
        ("2,400.00", "2400.00"),
        ("900", "900.00"),
        (2400.0, "2400.00"),
        ("1 200 € HT", "1200.00"),
    ],
)
def test_amounts(text, expected):
    assert values.parse_amount(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["abc", "1e5", "-3", "inf", "nan", "2 40,00"])
def test_what_is_no_amount(text):
    with pytest.raises(CellError, match="Un montant s’écrit en euros"):
        values.parse_amount(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14", "14"), ("35,00", "35"), ("14h00", "14"), ("14h30", "14.5"), ("62,5 heures", "62.5"), ("7:30", "7.5"),
        (14.0, "14"), (timedelta(hours=7, minutes=30), "7.5"), ("3 h 30 min", "3.5"),
    ],
)  # fmt: skip
def test_hours(text, expected):
    assert values.parse_hours(text) == Decimal(expected)


def test_hours_in_words_are_refused():
    with pytest.raises(CellError) as caught:
        values.parse_hours("deux jours")
    assert caught.value.sentence == "Une durée s’écrit en heures : 14, 14,5 ou 14h30."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("612345678", "+33612345678"),
        (612345678.0, "+33612345678"),
        ("06 12 34 56 79", "+33612345679"),
        ("06.12.34.56.79", "+33612345679"),
        ("+33 6 12 34 56 80", "+33612345680"),
        ("33612345678", "+33612345678"),
        ("+32 470 12 34 56", "+32470123456"),
        ("", ""),
    ],
)
def test_phones(text, expected):
    assert values.parse_phone(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01000", "01000"),
        ("1000", "01000"),
        (1000.0, "01000"),
        ("69 003", "69003"),
        ("98000", "98000"),
        ("b 1000", "B-1000"),
        ("", ""),
    ],
)
def test_postcodes(text, expected):
    assert values.parse_postcode(text) == expected


def test_a_siret_mistyped_is_refused_as_in_a_form():
    with pytest.raises(CellError) as caught:
        values.parse_siret("12345678900012")
    assert caught.value.sentence == (
        "Ce SIRET ne tombe pas juste : un chiffre est faux. Vérifiez-le sur un devis ou une facture."
    )


def test_siret_rounded_by_the_spreadsheet_is_refused_with_what_to_do():
    with pytest.raises(CellError) as caught:
        values.parse_siret("9,87654E+13")
    assert caught.value.sentence == (
        "Le tableur a arrondi ce SIRET (9,87654E+13) : ses derniers chiffres sont perdus. "
        "Mettez la colonne au format « Texte » et recopiez les 14 chiffres."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12345678200010", "12345678200010"),
        ("123 456 782 00010", "12345678200010"),
        ("35600000049837", "35600000049837"),
        (35600000049837.0, "35600000049837"),
        ("5480000800002", "05480000800002"),
        ("0" * 14, ""),
        ("", ""),
    ],
)
def test_sirets(text, expected):
    assert values.parse_siret(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DUPONT Léa / N'GUYEN Paul", [("Léa", "Dupont"), ("Paul", "N'Guyen")]),
        ("Léa Dupont et Zoé Martin", [("Léa", "Dupont"), ("Zoé", "Martin")]),
        ("Dupont, Léa", [("Léa", "Dupont")]),
        ("M. Jean DE LA TOUR", [("Jean", "De La Tour")]),
        ("", []),
    ],
)
def test_people_in_one_cell(text, expected):
    assert values.split_people(text) == expected


def test_the_column_tells_the_order_of_names_without_capitals():
    column = ["DUPONT Léa / N'GUYEN Paul", "Martin Zoé"]
    assert values.names_come_last_first(column) is True
    assert values.split_people("Martin Zoé", last_first=True) == [("Zoé", "Martin")]
    assert values.names_come_last_first(["Léa Dupont"]) is False


def test_words_are_compared_without_accents_nor_capitals():
    assert comparison_key("  Cœur  d’Art, SARL ") == "coeur d art sarl"
    assert [clean(text) for text in ("NULL", "N/A", "pas besoin", " - ", "Nan", 14.0)] == ["", "", "", "", "Nan", "14"]


def test_an_address_is_lowered_and_anonymous_is_nobody():
    assert values.parse_email("JOSE.DORNELLAS@EXEMPLE.FR ") == "jose.dornellas@exemple.fr"
    assert values.parse_email("anonymous") == ""
    with pytest.raises(CellError, match="Écrivez-la comme"):
        values.parse_email("jose@")

"""Twelve months as a picture: wide for screens, narrow for phones and paper, the same places in both."""

import re
from dataclasses import replace
from time import process_time

import pytest

from qualiopi.web.charts import Moment, Month, Year, narrow_year, wide_year, year_key


def month(number, waiting=0, complete=0, coming=0, **fields):
    values = {"label": f"m{number}", "year": "2026" if number == 0 else "", "told": f"mois {number}", "url": f"/mois/{number}/"}
    return Month(**values | fields, waiting=waiting, complete=complete, coming=coming)


YEAR = Year(
    "L’année en une ligne",
    [
        month(0, 1, 2),
        *(month(number) for number in range(1, 10)),
        month(10, coming=3, expiring=2, expiring_label="échéances", expiring_told="deux échéances", expiring_url="/expire/"),
        month(11, 20, 5, 5),
    ],
    5.5,
    [Moment(8.8, "audit, 26 mars", "Audit le 26 mars", "/audits/")],
    Moment(7, "fenêtre de surveillance", "du 1er février au 30 avril", "/fenetre/", 10),
)


def words(drawn):
    return set(re.findall(r"<text[^>]*>([^<]+)</text>", drawn))


def links(drawn):
    return set(re.findall(r'<a href="([^"]+)"', drawn))


def test_both_drawings_lead_to_the_same_places():
    expected = {"/mois/0/", "/mois/10/", "/mois/11/", "/expire/", "/audits/", "/fenetre/"}
    assert links(wide_year(YEAR)) == links(narrow_year(YEAR)) == expected
    assert links(narrow_year(YEAR, links=False)) == set()


def test_both_drawings_say_the_same():
    both = words(wide_year(YEAR)) & words(narrow_year(YEAR))
    assert both == {*(f"m{n}" for n in range(1, 12)), "2", "3", "aujourd’hui", "audit, 26 mars", "fenêtre de surveillance"}
    assert {"30", "dont 20"} <= words(wide_year(YEAR))
    assert {"m0 2026", "30, dont 20", "échéances"} <= words(narrow_year(YEAR))
    assert all('<title id="annee-' in drawn for drawn in (wide_year(YEAR), narrow_year(YEAR)))


@pytest.mark.parametrize("today", [0, 0.03, 5.5, 11.99])
def test_today_alone_is_lit(today):
    for drawn in (wide_year(replace(YEAR, today=today)), narrow_year(replace(YEAR, today=today))):
        assert drawn.count("#f4b940") == 1


def test_a_dot_for_each_session_and_a_bar_when_they_are_too_many():
    few, many = (wide_year(replace(YEAR, months=[month(0, n, 1)] * 12)).count("a4 4 0 1 0 8 0") for n in (3, 400))
    assert (few, many) == (4 * 12, 0)


def test_an_empty_year_is_drawn_too():
    empty = replace(YEAR, months=[month(number) for number in range(12)], visits=(), window=None)
    assert links(wide_year(empty)) == links(narrow_year(empty)) == set()


def test_it_costs_little():
    begun = process_time()
    for _ in range(10):
        wide_year(YEAR)
        narrow_year(YEAR)
    assert (process_time() - begun) / 10 < 0.005


def test_every_sign_has_a_word():
    assert [word for _sign, word in year_key()] == [
        "session à compléter, « dont 2 »",
        "session complète",
        "session à venir",
        "audit",
        "ce qui expire",
    ]

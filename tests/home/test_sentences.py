"""Sentences of the first page, by number."""

import pytest

from evidence.home import sentences


@pytest.mark.parametrize(
    ("things", "beginning", "expected"),
    [
        (0, False, "Bonjour Maëlle, rien ne vous attend."),
        (1, False, "Bonjour Maëlle, une chose vous attend."),
        (4, False, "Bonjour Maëlle, quatre choses vous attendent."),
        (5, False, "Bonjour Maëlle, cinq choses vous attendent."),
        (6, False, "Bonjour Maëlle, commencez par ces cinq choses."),
        (23, False, "Bonjour Maëlle, commencez par ces cinq choses."),
        (0, True, "Bonjour Maëlle, rien ne vous attend."),
        (1, True, "Bonjour Maëlle, commencez par cette chose."),
        (3, True, "Bonjour Maëlle, commencez par ces trois choses."),
    ],
)
def test_heading_of_the_home_page(things, beginning, expected):
    assert sentences.heading("Maëlle", things, shown=5, beginning=beginning) == expected

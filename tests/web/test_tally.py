"""The tally: n of d as marks, missing ones hollow at their place."""

import re

import pytest

from qualiopi.web.tally import pips


def holes(svg: str) -> list[int]:
    """Places of the hollow marks, in drawing order."""
    marks = re.findall(r"<rect[^>]*>", svg)
    return [place for place, mark in enumerate(marks) if "stroke-dasharray" in mark]


@pytest.mark.parametrize(
    ("seen", "expected", "missing", "found"),
    [
        (23, 25, [8, 19], [8, 19]),
        (23, 25, [], [23, 24]),
        (23, 25, [8], [23, 24]),
        (23, 25, [8, 25], [23, 24]),
        (0, 3, [], [0, 1, 2]),
        (3, 3, [], []),
        (5, 3, [], []),
        (38, 40, [0, 39], [0, 39]),
    ],
)
def test_missing_marks_are_hollow_at_their_place(seen, expected, missing, found):
    svg = pips(seen, expected, missing)
    assert len(re.findall("<rect", svg)) == expected
    assert holes(svg) == found


@pytest.mark.parametrize(("expected", "drawn"), [(0, False), (2, False), (3, True), (60, True), (61, True)])
def test_nothing_is_drawn_under_three(expected, drawn):
    assert bool(pips(expected, expected)) is drawn


@pytest.mark.parametrize(("expected", "height"), [(30, 24), (31, 50), (60, 50), (61, 13)])
def test_two_rows_above_thirty_and_a_bar_above_sixty(expected, height):
    assert f'height="{height}" viewBox' in pips(1, expected)


@pytest.mark.parametrize(("seen", "rects"), [(0, 1), (1, 2), (150, 2), (151, 1)])
def test_the_bar_shows_what_is_done_and_what_is_missing(seen, rects):
    assert len(re.findall("<rect", pips(seen, 151))) == rects


def test_the_figure_is_read_aloud_on_screen_and_in_a_pdf():
    svg = pips(23, 25)
    assert 'role="img" aria-label="23 sur 25"' in svg
    assert "<title>23 sur 25</title>" in svg


def test_the_colour_of_what_is_missing_is_that_of_the_status():
    assert 'stroke="#9b1c1c"' in pips(0, 3, status="insufficient")
    assert 'stroke="#17603f"' in pips(2, 3, status="demonstrable")

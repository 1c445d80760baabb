"""« En une page » is one page, whatever is to be said: what it does not hold is named, nothing is cut, nothing is too small."""

import re
from datetime import date
from types import SimpleNamespace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.engine.result import Status
from evidence.packs.one_page import OnePage, ToDo, fitted, left_told, to_measure
from evidence.packs.queries import pieces_of
from evidence.packs.report import one_page_html, report_pdf
from evidence.readiness.queries import board
from evidence.readiness.wording import board_answer, board_heading
from qualiopi.web import pdf
from qualiopi.web.charts import MapCriterion, indicator_map
from tests import cast
from tests.harness.worlds import shared
from tests.papers.structure import faults, sizes

people = shared(cast.gather)
ASKING = [Status.AT_RISK, Status.INSUFFICIENT, Status.CANNOT_BE_JUDGED]


def to_do(number, action="Déposez la pièce.", title="Indicateur", seen="1 sur 12", status=Status.INSUFFICIENT):
    return ToDo(number, f"{number}. {title}", status.value, seen, action, date(2027, 2, 23))


def told(lines):
    """What the page needs beside its lines: the counts and the map of a grid where all the lines ask for something."""
    counts = {status: sum(line.status == status.value for line in lines) for status in Status}
    counts[Status.NOT_APPLICABLE] = 33 - len(lines)
    places = [(number, "insufficient") for number in range(1, 34)]
    return {
        "organisation": SimpleNamespace(name="Organisme au nom aussi long que permis " * 3),
        "board": SimpleNamespace(audit_date=date(2027, 3, 18)),
        "heading": board_heading(len(lines), 33),
        "answer": board_answer(counts),
        "counts": [(status.value, counts[status]) for status in Status],
        "map": indicator_map([MapCriterion(criterion, places[criterion * 4 : criterion * 4 + 8]) for criterion in range(1, 8)]),
    }


def laid(lines):
    """The page that fits, and its PDF."""
    about = told(lines)
    with pdf.writer() as one:
        page = fitted(lines, one.find(one_page_html(about, to_measure(lines))))
        return page, one.write(one_page_html(about, page))


def solid(text):
    """Words without what a line end, a hyphen or a French blank may change."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text.replace("'", "’"))


def read(content):
    """The words of each page, solid, and whether every letter of it stands on the sheet."""
    for page in pypdfium2.PdfDocument(content):
        text = page.get_textpage()
        width, height = page.get_size()
        boxes = (text.get_charbox(place) for place in range(text.count_chars()))
        inside = all(0 <= left <= right <= width and 0 <= foot <= top <= height for left, foot, right, top in boxes)
        yield solid(text.get_text_range()), inside


WORDS = st.lists(
    st.sampled_from(["réunion", "à", "l’évaluation", "« Mener »", "anticonstitutionnellement" * 3, "R&D", "<b>", "2026"]),
    min_size=1,
    max_size=40,
).map(" ".join)
LINES = st.lists(
    st.builds(
        lambda action, title, seen, status: (action, title, seen, status),
        WORDS,
        st.sampled_from(
            ["Veille", "Partenaires pour la formation en situation de travail", "Adéquation à la certification " * 3]
        ),
        st.sampled_from(["", "0 sur 1", "12 345 sur 67 890"]),
        st.sampled_from(ASKING),
    ),
    max_size=33,
)


@settings(max_examples=8, deadline=None, derandomize=True, database=None)
@given(LINES)
def test_all_is_on_the_page_or_named_with_where_it_is_read(drawn):
    lines = [to_do(number, *about) for number, about in enumerate(drawn, start=1)]
    page, content = laid(lines)
    ((words, inside),) = read(content)
    assert inside
    assert min(sizes(content)) >= 8
    assert faults(content) == []
    shown = len(page.lines)
    assert page == OnePage(lines[:shown], left_told([line.number for line in lines[shown:]]))
    for line in page.lines:
        assert solid(line.title) in words
        assert solid(line.action) in words
        assert solid(line.seen) in words
    assert solid(page.left) in words


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, 1), (7, 7), (33, 9)])
def test_the_page_holds_all_that_it_can(number, shown):
    """Lines of two rows each: nine and the sentence on the others; one more would not fit."""
    lines = [to_do(place, "Déposez la procédure, puis nommez qui la suit et qui la relit.") for place in range(1, number + 1)]
    page, _content = laid(lines)
    assert len(page.lines) == shown


@pytest.mark.parametrize(
    ("tops", "left", "note", "end", "shown"),
    [
        ([100, 300], 500, 520, 600, 2),
        ([100, 300], 800, 850, 990, 2),
        ([100, 300], 900, 950, 1100, 1),
        ([100, 900], 1500, 1550, 1600, 0),
    ],
)
def test_what_fits_is_told_by_the_places(tops, left, note, end, shown):
    """A sheet of 948 pixels: lines and last words fit; only just; without the last line, with the sentence; none."""
    lines = [to_do(number) for number in range(1, len(tops) + 1)]
    places = {"page": 10, "left": left, "note": note, "end": end} | {f"line-{place}": top for place, top in enumerate(tops)}
    page = fitted(lines, places)
    assert (len(page.lines), page.left) == (shown, left_told([line.number for line in lines[shown:]]))


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ([], ""),
        ([32], "L’indicateur 32 demande encore quelque chose : sa partie, plus loin dans ce rapport, dit quoi faire."),
        (
            [3, 5, 6, 7, 8, 11, 12],
            "Les indicateurs 3, 5 à 8, 11 et 12 demandent encore quelque chose : la partie de chacun, plus loin dans ce rapport, dit quoi "
            "faire.",
        ),
    ],
)
def test_what_is_left_is_named(numbers, sentence):
    assert left_told(numbers) == sentence


@pytest.mark.django_db
def test_it_is_one_page_of_the_report_and_the_parts_say_what_it_left(people):
    audit = date(2027, 3, 18)
    read_board = board(organisation=people.organisation, audit_date=audit)
    content = report_pdf(read=read_board, pieces=pieces_of(read_board))
    pages = [words for words, _inside in read(content)]
    first = next(place for place, words in enumerate(pages) if solid("Ce qui reste à faire") in words)
    assert [solid("L’organisme et son périmètre") in words for words in pages[first : first + 2]] == [False, True]
    asking = [status.number for status in read_board.asking_for]
    shown = [number for number in asking if solid(f"{number}. {read_board.indicator(number).label}") in pages[first]]
    assert 0 < len(shown) < len(asking)
    assert solid(left_told([number for number in asking if number not in shown])) in pages[first]
    parts = "".join(pages[first + 1 :])
    missing = [status.number for status in read_board.asking_for if solid(status.next_action) not in parts]
    assert missing == []

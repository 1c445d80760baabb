"""Lists leave as CSV and XLSX, and no cell becomes a formula."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.http import Http404

from qualiopi.exchange.export import csv_lines, export_response, safe_text
from qualiopi.exchange.workbook import write_xlsx

FORMULAS = ["=1+1", "+33 6 12", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://x")', "=cmd|'/C calc'!A0"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_begins_like_a_formula(text):
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Cours", "a=1", "12 + 3", "é", "'déjà"])
def test_other_texts_are_left_alone(text):
    assert safe_text(text) == text


def test_a_csv_opens_in_a_french_spreadsheet():
    moment = datetime(2026, 1, 13, 16, 2, tzinfo=UTC)
    lines = "".join(csv_lines(["Réf.", "=titre"], [["S1", None], [Decimal("2400.50"), date(2026, 1, 13)], [moment, "x;\ny"]]))
    assert lines.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(lines[1:]), delimiter=";")) == [
        ["Réf.", "'=titre"],
        ["S1", ""],
        ["2400,50", "13/01/2026"],
        ["13/01/2026 17:02", "x;\ny"],
    ]


def workbook(rows):
    target = io.BytesIO()
    write_xlsx(target, ["Colonne"], rows, title="Une liste au titre bien trop long pour un onglet")
    return openpyxl.load_workbook(target).active


@pytest.mark.parametrize("text", FORMULAS)
def test_a_workbook_keeps_texts_as_texts(text):
    cell = workbook([[text]])["A2"]
    assert cell.data_type == "s"
    assert cell.value.lstrip("'").strip() == text.strip()


def test_a_workbook_keeps_numbers_dates_and_moments():
    sheet = workbook([[8], [Decimal("2400.5")], [date(2026, 1, 13)], [datetime(2026, 1, 13, 16, 2, tzinfo=UTC)], [None]])
    assert [sheet[f"A{line}"].value for line in range(2, 7)] == [
        8,
        2400.5,
        datetime(2026, 1, 13),  # noqa: DTZ001
        datetime(2026, 1, 13, 17, 2),  # noqa: DTZ001
        None,
    ]


def test_control_characters_and_endless_texts_do_not_break_a_workbook():
    sheet = workbook([["a\x00b\x0bc"], ["x" * 40_000]])
    assert (sheet["A2"].value, len(sheet["A3"].value)) == ("abc", 32_767)


def test_the_download_has_a_name_and_a_kind():
    response = export_response("csv", "sessions", ["Réf."], [["S1"]])
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="sessions-')
    assert b"".join(response.streaming_content).decode() == "\ufeffRéf.\r\nS1\r\n"
    with pytest.raises(Http404):
        export_response("pdf", "sessions", [], [])


def test_a_csv_leaves_line_by_line():
    def rows():
        yield ["S1"]
        raise RuntimeError("the rest is not read before it is asked for")

    lines = csv_lines(["Réf."], rows())
    assert [next(lines), next(lines)] == ["\ufeffRéf.\r\n", "S1\r\n"]

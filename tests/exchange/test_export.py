"""Lists leave as CSV and XLSX, and no cell becomes a formula."""

import csv
import io
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.http import Http404

from qualiopi.exchange.defusing import bare_text, safe_text
from qualiopi.exchange.export import csv_lines, export_response
from qualiopi.exchange.workbook import Link, write_xlsx

FORMULAS = [
    "=1+1",
    "+33 6 12",
    "-1+1",
    "@SUM(A1)",
    "＝1+1",
    "\t=1",
    "\r=1",
    "\n=1",
    '=HYPERLINK("http://x")',
    "=cmd|'/C calc'!A0",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_begins_like_a_formula(text):
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Cours", "a=1", "12 + 3", "é", "'déjà"])
def test_other_texts_are_left_alone(text):
    assert safe_text(text) == text


@pytest.mark.parametrize("text", [*FORMULAS, "'=1+1", "''-1", "", "'", "Cours", "'déjà"])
def test_a_text_made_safe_is_given_back(text):
    assert bare_text(safe_text(text)) == text


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


def test_a_csv_says_durations_hours_and_truth_in_words():
    values = [
        timedelta(hours=35),
        timedelta(hours=1, minutes=5, seconds=7),
        -timedelta(minutes=30),
        time(9),
        time(9, 30, 5),
        True,
        False,
    ]
    lines = list(csv_lines(["Valeur"], [[value] for value in values]))[1:]
    assert [line.strip() for line in lines] == ["35:00", "01:05:07", "-00:30", "09:00", "09:30:05", "oui", "non"]


def workbook(rows, headings=("Colonne",)):
    target = io.BytesIO()
    write_xlsx(target, [("Une liste au titre bien trop long pour un onglet", headings, rows)])
    return openpyxl.load_workbook(target).active


def told(cell):
    return cell.value, cell.data_type, cell.number_format, bool(cell.quotePrefix)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_workbook_keeps_texts_as_texts_without_an_apostrophe_that_shows(text):
    sheet = workbook([[text]], headings=[text])
    as_it_is = text.replace("\r", "\n")
    assert told(sheet["A1"]) == told(sheet["A2"]) == (as_it_is, "s", "@", True)


@pytest.mark.parametrize("text", ["Cours", "'déjà", "0123", "_x0041_", "a_x000D_b", " au bord ", "a\nb"])
def test_a_workbook_keeps_other_texts_as_they_are(text):
    cell = workbook([[text]])["A2"]
    # openpyxl leaves the escapes of a workbook for who reads: see the reading of our own workbooks below.
    assert told(cell) == (text.replace("_x", "_x005F_x"), "s", "@", False)
    assert bool(cell.alignment.wrap_text) == ("\n" in text)


@pytest.mark.parametrize(
    ("value", "kept", "kind", "number_format"),
    [
        (8, 8, "n", "General"),
        (14.5, 14.5, "n", "General"),
        (Decimal("2400.50"), 2400.5, "n", "0.00"),
        (Decimal(7), 7, "n", "General"),
        (10**16, "10000000000000000", "s", "@"),
        (True, True, "b", "General"),
        (date(2026, 1, 13), datetime(2026, 1, 13), "d", "dd/mm/yyyy"),  # noqa: DTZ001
        (datetime(2026, 1, 13, 16, 2, tzinfo=UTC), datetime(2026, 1, 13, 17, 2), "d", "dd/mm/yyyy hh:mm"),  # noqa: DTZ001
        (date(1850, 2, 1), "01/02/1850", "s", "@"),
        (time(9, 30), time(9, 30), "d", "hh:mm"),
        (time(9, 30, 7), time(9, 30, 7), "d", "hh:mm:ss"),
        (timedelta(hours=35), timedelta(hours=35), "d", "[h]:mm"),
        (timedelta(hours=1, seconds=7), timedelta(hours=1, seconds=7), "d", "[h]:mm:ss"),
        (-timedelta(minutes=30), "-00:30", "s", "@"),
    ],
)
def test_a_workbook_keeps_what_a_value_is(value, kept, kind, number_format):
    assert told(workbook([[value]])["A2"])[:3] == (kept, kind, number_format)


def test_an_empty_value_leaves_no_cell():
    sheet = workbook([[None, "", "x"]], headings=["a", "b", "c"])
    assert [told(cell)[0] for cell in sheet[2]] == [None, None, "x"]


def test_a_sheet_opens_with_a_head_that_stays_a_filter_and_columns_wide_enough():
    rows = [[date(2026, 1, 13), "Bénédicte-Alexandrine de La Tour-Fondue", "x" * 500, 8], [None, "a", "deux\nlignes", 7]]
    sheet = workbook(rows, headings=["Début", "Nom", "Remarque", "Inscriptions"])
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:D3", "$1:$1")
    assert [sheet.column_dimensions[letter].width for letter in "ABCD"] == [12, 41, 60, 15]
    assert [sheet.row_dimensions[line].height for line in (1, 2, 3)] == [None, None, 30]
    assert [cell.font.bold for cell in sheet[1]] == [True] * 4


def test_a_link_leads_to_a_file_beside_the_workbook():
    sheet = workbook([[Link("Pièce", "critere-1/01 Réglement 100 % #2.pdf")], [Link("=x", "a.pdf")]])
    assert sheet["A2"].hyperlink.target == "critere-1/01%20Réglement%20100%20%25%20%232.pdf"
    assert (told(sheet["A2"]), told(sheet["A3"])) == (("Pièce", "s", "@", False), ("=x", "s", "@", True))


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

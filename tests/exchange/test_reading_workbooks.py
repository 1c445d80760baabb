"""What a workbook does not show, one trap at a time, in the two formats that tell it."""

import io
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from qualiopi.exchange.reading import DEFAULT_LIMITS, Note, NoteKind, Table, excel97, read_table
from qualiopi.exchange.reading.opendocument import duration
from qualiopi.exchange.reading.workbook import Workbook
from tests.exchange.test_hostile import SHEET, altered, ods, ods_row

SAMPLES = Path(__file__).parents[1] / "samples"
ROWS = [["Réf.", "Formation"], ["S1", "Paie"], ["S2", "Anglais"], ["S3", "Excel"]]


def read(content: bytes, **options) -> Table:
    return read_table(io.BytesIO(content), **options)


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def workbook(**sheets) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def told(table: Table) -> list[tuple]:
    return [(note.kind, note.lines, note.words) for note in table.notes]


def test_hidden_rows_are_read_and_told():
    book = workbook(Sessions=ROWS)
    for line in (3, 4, 9):
        book["Sessions"].row_dimensions[line].hidden = True
    table = read(saved(book))
    assert [row.line for row in table.rows] == [2, 3, 4]
    assert table.notes == (Note(NoteKind.HIDDEN, "2 lignes sont masquées dans le classeur : elles sont lues aussi.", (3, 4)),)


def test_rows_and_columns_hidden_in_libreoffice():
    body = (
        b'<table:table-column/><table:table-column table:visibility="collapse"/>'
        + ods_row("Réf.".encode(), b"Formation")
        + ods_row(b"S1", b"Paie")
        + ods_row(b"S2", b"Anglais").replace(b"<table:table-row>", b'<table:table-row table:visibility="filter">')
    )
    table = read(ods(body))
    assert [heading.hidden for heading in table.headings] == [False, True]
    assert [(note.kind, note.lines) for note in table.notes] == [(NoteKind.HIDDEN, (3,)), (NoteKind.HIDDEN, ())]
    assert table.notes[0].sentence.startswith("Un filtre cache 1 ligne")


def test_an_error_is_told_with_what_is_shown():
    cell = (
        b'<row r="5"><c r="A5" t="inlineStr"><is><t>S4</t></is></c><c r="B5" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>'
    )
    table = read(altered(saved(workbook(Sessions=ROWS)), SHEET, lambda part: part.replace(b"</sheetData>", cell)))
    assert (table.rows[-1].values, told(table)) == (
        ("S4", None),
        [(NoteKind.READ_AS, (), ()), (NoteKind.DOUBT, (5,), ("#DIV/0!",))],
    )


def test_an_error_of_libreoffice():
    error = (
        b'<table:table-row><table:table-cell office:value-type="string"><text:p>S4</text:p></table:table-cell>'
        b'<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
        b"</table:table-row>"
    )
    content = ods(ods_row("Réf.".encode(), b"Formation") + ods_row(b"S1", b"Paie") + error)
    table = read(altered(content, "content.xml", declared))
    assert (table.rows[-1].values, told(table)) == (("S4", None), [(NoteKind.DOUBT, (3,), ("#DIV/0!",))])


def declared(part: bytes) -> bytes:
    space = b'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    return part.replace(b"xmlns:office=", space + b"xmlns:office=", 1)


def test_a_result_of_zero_that_excel_saved_is_zero():
    row = b'<row r="5"><c r="A5" t="inlineStr"><is><t>S4</t></is></c><c r="B5"><f>1-1</f><v>0</v></c></row></sheetData>'
    content = altered(saved(workbook(Sessions=ROWS)), SHEET, lambda part: part.replace(b"</sheetData>", row))
    content = altered(content, "xl/workbook.xml", lambda part: part.replace(b' fullCalcOnLoad="1"', b""))
    assert read(content).rows[-1].values == ("S4", 0)


def test_sheets_that_are_not_read_are_told_unless_they_are_empty():
    book = workbook(Sessions=ROWS, Vide=[], Stagiaires=[["Nom", "Prénom"], ["Fictive", "Zoé"]])
    sentence = "Seule la feuille « %s » est lue. L’autre se lit à part."
    assert read(saved(book)).notes == (Note(NoteKind.LEFT_OUT, sentence % "Sessions", (), ("Stagiaires",)),)
    assert read(saved(book), sheet="Stagiaires").notes == (Note(NoteKind.LEFT_OUT, sentence % "Stagiaires", (), ("Sessions",)),)


def test_a_hidden_sheet_is_not_read_and_told():
    book = workbook(Sessions=ROWS, Listes=[["Salle"], ["Lille"]])
    book["Listes"].sheet_state = "hidden"
    sentence = "Une feuille masquée du classeur n’est pas lue. Affichez-la dans votre tableur si elle compte."
    assert read(saved(book)).notes == (Note(NoteKind.LEFT_OUT, sentence, (), ("Listes",)),)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("PT35H00M00S", timedelta(hours=35)),
        ("PT07H30M15S", timedelta(hours=7, minutes=30, seconds=15)),
        ("PT30H30M00.5S", timedelta(hours=30, minutes=30)),
        ("PT", None),
        ("PTSD", None),
        ("35:00", None),
    ],
)
def test_durations_of_opendocument(written, read_as):
    assert duration(written) == read_as


def test_blanks_between_the_elements_of_libreoffice_mean_nothing_and_those_inside_a_text_do():
    spaced = (ods_row("Réf.".encode(), b"Formation") + ods_row(b"S1", b"Paie <text:span>et</text:span> droit")).replace(
        b"><table:", b">\n  <table:"
    )
    assert [row.values for row in read(ods(spaced)).rows] == [("S1", "Paie et droit")]


def test_a_workbook_is_known_by_its_parts():
    # Some programs list the types of what they do not write, macros among them.
    listed = b'<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    content = altered(saved(workbook(Sessions=ROWS)), "[Content_Types].xml", lambda part: part.replace(b"</Types>", listed))
    assert (read(content).format, len(read(content).rows)) == ("XLSX", 3)


def test_a_formula_that_libreoffice_never_computed_is_told():
    computed = '<table:table-cell table:formula="of:=2*3" office:value-type="float" office:value="6"/>'
    row = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>S2</text:p></table:table-cell>%s</table:table-row>'
    )
    never = row % '<table:table-cell table:formula="of:=1200*2"/>'
    table = read(ods(ods_row("Réf.".encode(), b"Prix") + (row % computed).encode() + never.encode()))
    assert [row.values for row in table.rows] == [("S2", 6), ("S2", "=1200*2")]
    assert [(note.kind, note.lines, note.words) for note in table.notes] == [
        (NoteKind.READ_AS, (), ()),
        (NoteKind.DOUBT, (3,), ("=1200*2",)),
    ]
    assert table.notes[1].sentence.startswith("Une formule n’a jamais été calculée : son résultat manque.")


def test_hidden_rows_and_errors_of_an_old_workbook_are_told():
    content = (SAMPLES / "excel_97_hidden_rows.xls").read_bytes()
    table = read(content, known=frozenset({"ref", "formation", "prix"}))
    assert [row.values for row in table.rows] == [
        ("S1", "Paie", 1200, "a"),
        ("S2", "Anglais", None, "b"),
        ("S3", "Excel", 900, "c"),
        ("S4", "Word", None, "d"),
        ("S5", "Gestes", 700, "e"),
    ]
    assert [(note.kind, note.lines, note.words) for note in table.notes] == [
        (NoteKind.LEFT_OUT, (), ("Notes",)),
        (NoteKind.HIDDEN, (4, 6), ()),
        (NoteKind.DOUBT, (3, 5), ("#DIV/0!", "#N/A")),
        (NoteKind.HIDDEN, (), ()),
    ]
    assert [heading.label for heading in table.headings if heading.hidden] == ["Note interne"]


def test_an_old_workbook_that_cannot_be_looked_into_is_read_and_says_so(monkeypatch):
    """The second library is asked in this process, to be made to fail."""

    def fail(**_given):
        raise AssertionError("unexpected record")

    monkeypatch.setattr(excel97.xlrd, "open_workbook", fail)
    sheet = Workbook((SAMPLES / "excel_97_hidden_rows.xls").read_bytes(), DEFAULT_LIMITS).read("Sessions")
    assert len(sheet.rows) == 6
    assert [note.kind for note in sheet.notes] == [NoteKind.DOUBT]
    assert sheet.notes[0].sentence.startswith("Ce classeur ancien ne dit pas quelles lignes il masque")

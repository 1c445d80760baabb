"""Files that are empty, damaged, locked or hostile: one French sentence each, in bounded memory."""

import io
import struct
import tracemalloc
import zipfile

import openpyxl
import pytest

from qualiopi.exchange.reading import DEFAULT_LIMITS, ReadLimits, UnreadableFile, read_table
from qualiopi.exchange.reading.container import OLE_MAGIC

ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst>&b;</sst>'


def sentence_of(content: bytes, limits: ReadLimits = DEFAULT_LIMITS, sheet: str = "") -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_table(io.BytesIO(content), limits=limits, sheet=sheet)
    return caught.value.sentence


def workbook(rows, **sheets) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, state in sheets.items():
        book.create_sheet(name).sheet_state = state
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def altered(content: bytes, name: str, change) -> bytes:
    """The archive with one part changed (or added when it was not there)."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in source.namelist():
            copy.writestr(member, change(source.read(member)) if member == name else source.read(member))
        if name not in source.namelist():
            copy.writestr(name, change(b""))
    return target.getvalue()


NO_TABLE = "Ce fichier n’est ni un texte ni un classeur. Déposez un fichier CSV, XLSX, XLS ou ODS."
SIMPLE = [["Réf.", "Formation"], ["S1", "Cours"]]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("content", [b"", b"  \r\n", b"\xef\xbb\xbf", b"\xff\xfe", b";;;\n;;;\n", workbook([])])
def test_nothing_inside(content):
    assert sentence_of(content) == ("Ce fichier est vide. Déposez un tableau avec une ligne de titres et au moins une ligne.")


def test_something_else_than_a_table():
    assert sentence_of(b"\x89PNG\r\n\x1a\n" + bytes(range(256))) == NO_TABLE


def test_letters_already_lost():
    assert sentence_of("Réf.;Titre\nS1;Form\ufffdation\n".encode()) == (
        "Des lettres de ce fichier sont déjà perdues (« \ufffd », ligne 2). Exportez-le de nouveau au format « CSV UTF-8 »."
    )


def test_a_quote_never_closed():
    content = b'a;b\n"' + b"x;y\n" * 60_000
    assert sentence_of(content).startswith("La lecture s’arrête à la ligne 2 : un guillemet ouvert n’est pas refermé")


def test_a_file_too_heavy_is_not_read_to_its_end():
    assert sentence_of(b"a;b\n" * 1_000_000, ReadLimits(file_size=1024 * 1024)) == (
        "Ce fichier dépasse 1 Mo. Partagez-le en plusieurs fichiers, une année par fichier par exemple."
    )


@pytest.mark.parametrize("separator", [b";", b",", b"\t", b"|"])
def test_a_million_columns(separator):
    assert sentence_of(separator.join([b"a"] * 1_000_000)).startswith("Ce tableau a plus de 300 colonnes.")


def test_more_lines_than_a_table_holds():
    assert sentence_of(b"a;b\n" * 5_000, ReadLimits(rows=1_000)) == (
        "Ce tableau est trop grand : au plus 1\u202f000 lignes et 1\u202f500\u202f000 cellules par fichier. "
        "Partagez-le en plusieurs fichiers, une année par fichier par exemple."
    )


DAMAGED = "Ce classeur est abîmé ou incomplet. Ouvrez-le dans votre tableur, enregistrez-le, puis déposez-le de nouveau."
LOCKED = "Ce classeur est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe, puis déposez-la."
HEAVY = (
    "Ce classeur devient énorme une fois ouvert. Copiez le tableau utile dans un nouveau classeur, "
    "sans image ni mise en forme, puis déposez-le."
)


def test_a_workbook_cut_short():
    content = workbook(SIMPLE)
    assert {sentence_of(content[: len(content) * part // 4]) for part in (1, 2, 3)} == {DAMAGED}


def test_an_archive_that_is_no_workbook():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("bonjour.txt", "bonjour")
    assert sentence_of(target.getvalue()) == NO_TABLE


@pytest.mark.parametrize(
    "parts", [{"word/document.xml": ""}, {"content.xml": "", "mimetype": "application/vnd.oasis.opendocument.text"}]
)
def test_a_document_that_is_no_workbook(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert sentence_of(target.getvalue()) == NO_TABLE


def test_a_pdf_written_in_plain_characters_is_no_table():
    assert sentence_of(b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n") == NO_TABLE


def test_a_workbook_behind_a_password():
    # Office keeps an encrypted workbook as a stream of this name inside an older kind of container.
    assert sentence_of(OLE_MAGIC + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600) == LOCKED


def test_an_archive_whose_parts_are_encrypted():
    content = bytearray(workbook(SIMPLE))
    place = content.index(b"PK\x01\x02") + 8
    content[place : place + 2] = struct.pack("<H", struct.unpack("<H", content[place : place + 2])[0] | 1)
    assert sentence_of(bytes(content)) == LOCKED


def test_xml_entities_are_never_expanded():
    content = altered(workbook(SIMPLE), "xl/sharedStrings.xml", lambda part: ENTITIES)
    assert sentence_of(content) == (
        "Ce classeur contient des déclarations que nous n’ouvrons pas (entités XML). "
        "Enregistrez-le de nouveau depuis votre tableur, ou au format CSV."
    )
    assert sentence_of(altered(workbook(SIMPLE), "xl/workbook.xml", lambda part: ENTITIES)) == DAMAGED


def test_a_zip_bomb_is_refused_before_it_unfolds():
    content = altered(workbook(SIMPLE), "xl/media/bombe.bin", lambda part: b"\x00" * 80_000_000)
    assert len(content) < 200_000
    tracemalloc.start()
    assert sentence_of(content, ReadLimits(unpacked_size=20_000_000)) == HEAVY
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_an_archive_that_lies_about_its_sizes():
    content = bytearray(altered(workbook(SIMPLE), "xl/media/bombe.bin", lambda part: b"\x00" * 5_000_000))
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 100)
    assert sentence_of(bytes(content)) == DAMAGED


def test_too_many_parts():
    target = io.BytesIO(workbook(SIMPLE))
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(300):
            archive.writestr(f"xl/media/{number}", b"")
    assert sentence_of(target.getvalue(), ReadLimits(archive_members=200)) == HEAVY


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (b"XFD2", "Ce tableau a plus de 300 colonnes."),
        (b"A1048576", "Ce tableau est trop grand : au plus 100\u202f000 lignes"),
    ],
)
def test_one_cell_at_the_end_of_the_world(cell, sentence):
    far = b'<row r="1048576"><c r="' + cell + b'" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    content = altered(workbook(SIMPLE), SHEET, lambda part: part.replace(b"</sheetData>", far))
    assert sentence_of(content).startswith(sentence)


def test_formatted_but_empty_cells_cost_nothing():
    far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    content = altered(workbook(SIMPLE), SHEET, lambda part: part.replace(b"</sheetData>", far))
    assert len(read_table(io.BytesIO(content)).rows) == 1


def test_no_visible_sheet_or_not_that_one():
    content = workbook(SIMPLE, Masquée="hidden")
    assert sentence_of(content, sheet="Masquée") == "La feuille « Masquée » n’existe pas dans ce classeur : Sheet."


def ods(body: bytes) -> bytes:
    content = (
        b'<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        b'<table:table table:name="Feuille1">' + body + b"</table:table>"
        b"</office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", b"<manifest/>")
    return target.getvalue()


def ods_row(*cells: bytes) -> bytes:
    inside = b"".join(
        b'<table:table-cell office:value-type="string"><text:p>' + cell + b"</text:p></table:table-cell>" for cell in cells
    )
    return b"<table:table-row>" + inside + b"</table:table-row>"


def test_libreoffice_is_read():
    table = read_table(io.BytesIO(ods(ods_row("Réf.".encode(), b"Formation") + ods_row(b"S1", b"Cours"))))
    assert (table.format, table.labels, [row.values for row in table.rows]) == ("ODS", ("Réf.", "Formation"), [("S1", "Cours")])


@pytest.mark.parametrize(
    ("row", "cell", "sentence"),
    [
        (b"", b' table:number-columns-repeated="1000000"', "Ce tableau a plus de 300 colonnes."),
        (b' table:number-rows-repeated="1000000"', b"", "Ce tableau est trop grand"),
    ],
)
def test_libreoffice_cells_that_repeat_themselves(row, cell, sentence):
    repeated = (
        b"<table:table-row" + row + b'><table:table-cell office:value-type="float" office:value="1"' + cell + b">"
        b"<text:p>1</text:p></table:table-cell></table:table-row>"
    )
    assert sentence_of(ods(ods_row(b"a", b"b") + repeated)).startswith(sentence)


def test_empty_rows_repeated_to_the_end_are_what_libreoffice_writes():
    cells = b'<table:table-cell table:number-columns-repeated="16384"/>'
    tail = b'<table:table-row table:number-rows-repeated="1048570">' + cells + b"</table:table-row>"
    table = read_table(io.BytesIO(ods(ods_row(b"a", b"b") + ods_row(b"1", b"2") + tail)))
    assert [row.line for row in table.rows] == [2]


@pytest.mark.parametrize("body", [
    b'<table:table-row><table:table-cell table:number-columns-repeated="9000"/><table:table-cell office:value-type="string">'
    b"<text:p>x</text:p></table:table-cell></table:table-row>",
    b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>' + ods_row(b"c", b"d"),
])  # fmt: skip
def test_libreoffice_far_cells_are_refused(body):
    assert sentence_of(ods(ods_row(b"a", b"b") + body)).startswith("Ce tableau ")


def test_an_archive_whose_directory_is_displaced():
    content = bytearray(workbook(SIMPLE))
    end = content.rindex(b"PK\x05\x06")
    (start,) = struct.unpack_from("<I", content, end + 16)
    # The directory says that it, and all it lists, lie further than they do.
    struct.pack_into("<I", content, end + 16, start + 500)
    assert sentence_of(bytes(content)) == DAMAGED


def test_a_part_that_lies_elsewhere_than_the_directory_says():
    content = bytearray(workbook(SIMPLE))
    place = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 42, 0x7FFFFFFF)
    assert sentence_of(bytes(content)) == DAMAGED


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_wide_text_with_a_character_that_is_none(encoding):
    text = "Prénom;Âge;Ville;Session\n" * 3 + "Zo\x00é;3;Brest;S1\n"
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert sentence_of(mark + text.encode(encoding)) == (
        "La ligne 4 contient un caractère qui n’est pas du texte (caractère nul). Ouvrez le fichier dans votre tableur, "
        "enregistrez-le au format « CSV UTF-8 », puis déposez-le de nouveau."
    )


SPELLINGS = {
    "prefixed": b'<x:row xmlns:x="%(ns)s" r="1048576"><x:c r="%(cell)s" t="inlineStr"><x:is><x:t>x</x:t></x:is></x:c></x:row>',
    "apostrophes": b"<row r='1048576'><c r='%(cell)s' t='inlineStr'><is><t>x</t></is></c></row>",
    "order": b'<row r="1048576"><c t="inlineStr" r="%(cell)s"><is><t>x</t></is></c></row>',
    "spaces": b'<row\n r="1048576"\n><c\n\tr = "%(cell)s" t="inlineStr" ><is><t>x</t></is></c></row>',
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS.keys())
@pytest.mark.parametrize("cell", ["XFD2", "A1048576", "XFD1048576"])
def test_a_far_cell_is_refused_however_it_is_spelt(spelling, cell):
    namespace = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    far = spelling.replace(b"%(cell)s", cell.encode()).replace(b"%(ns)s", namespace) + b"</sheetData>"
    content = altered(workbook(SIMPLE), SHEET, lambda part: part.replace(b"</sheetData>", far))
    assert sentence_of(content).startswith(("Ce tableau ", "Ce classeur devient énorme"))


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (b'<c r="B3"><f>1+1</f></c>', "=1+1"),
        (b"<c r='B3'  ><f>1+1</f><v></v></c>", "=1+1"),
        (b'<c s="0" r="B3"><f t="normal">1+1</f><v/></c>', "=1+1"),
        (b'<c r="B3"><f>1+1</f><v>2</v></c>', 2),
    ],
)
def test_a_formula_never_computed_is_told_however_it_is_spelt(formula, value):
    row = b'<row r="3"><c r="A3" t="inlineStr"><is><t>S2</t></is></c>' + formula + b"</row></sheetData>"
    content = altered(workbook(SIMPLE), SHEET, lambda part: part.replace(b"</sheetData>", row))
    assert [row.values for row in read_table(io.BytesIO(content)).rows] == [("S1", "Cours"), ("S2", value)]

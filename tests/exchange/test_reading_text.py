"""Encodings, separators, layouts and formulas, one trap at a time."""

import io

import openpyxl
import pytest

from qualiopi.exchange.reading import Note, NoteKind, Table, UnreadableFile, read_rows, read_table
from tests.exchange.test_hostile import SHEET, altered

LETTERS = "Réf.;Intitulé;Prix\nS1;Cœur d’œuvre « été »;12 €\n"


def read(content: bytes | str, **options) -> Table:
    return read_table(io.BytesIO(content.encode() if isinstance(content, str) else content), **options)


def told(table: Table) -> tuple[str, ...]:
    return tuple(str(note) for note in table.notes)


def rows(table: Table) -> list[tuple]:
    return [row.values for row in table.rows]


@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("cp1252", b"", "Windows"),
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "UTF-8"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
    ],
)
def test_encodings(codec, mark, name):
    table = read(mark + LETTERS.encode(codec))
    assert (table.encoding, table.labels) == (name, ("Réf.", "Intitulé", "Prix"))
    assert rows(table) == [("S1", "Cœur d’œuvre « été »", "12 €")]


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a;b;c\n1;2;3\n", "point-virgule"),
        ("a,b,c\n1,2,3\n", "virgule"),
        ("a\tb\tc\n1\t2\t3\n", "tabulation"),
        ("a|b|c\n1|2|3\n", "barre verticale"),
        ("a;b,c\n1;2,3\n", "point-virgule"),
        ("nom;note\nLéa;4,5\nZoé;3,5\nPaul;2,5\n", "point-virgule"),
        ('nom,avis\nLéa,"bien ; merci ; oui"\nZoé,"rien ; à dire"\n', "virgule"),
    ],
)
def test_separators(text, separator):
    assert read(text).separator == separator


def test_one_column_is_a_table_too():
    table = read("Adresse e-mail\na@exemple.fr\nb@exemple.fr\n")
    assert (table.labels, rows(table)) == (("Adresse e-mail",), [("a@exemple.fr",), ("b@exemple.fr",)])


def test_titles_and_junk_before_the_headings():
    text = "Suivi 2026;;\n;;\n:-:;:-:;:-:\nRéf.;Formation;Début\nS1;Cours;12/01/2026\nTOTAL;;1\n"
    table = read(text)
    assert (table.heading_line, rows(table)) == (4, [("S1", "Cours", "12/01/2026")])
    assert told(table) == ("Ligne 6 : total, laissée de côté.",)


def test_lines_are_those_a_spreadsheet_shows():
    table = read('a;b\n"x\ny";1\n\nz;2\n')
    assert [(row.line, row.values) for row in table.rows] == [(2, ("x\ny", "1")), (4, ("z", "2"))]


def test_known_words_find_the_headings_among_text():
    text = "Bonjour;à tous;les amis\nlundi;mardi;jeudi\nNom;Prénom;Mail\nFictive;Anaïs;x\n"
    assert read(text, known=frozenset({"nom", "prenom", "mail"})).heading_line == 3


def test_a_column_without_title_but_with_values_is_kept():
    table = read("Réf.;;Formation;\nS1;vu;Cours;\n")
    assert (table.labels, rows(table)) == (("Réf.", "Colonne 2, sans titre", "Formation"), [("S1", "vu", "Cours")])


def test_short_lines_are_completed():
    assert rows(read("a;b;c\n1;2\n1;2;3\n")) == [("1", "2", None), ("1", "2", "3")]


def test_repeated_headings_are_left_out():
    table = read("Réf.;Formation\nS1;Cours\nRéf.;Formation\nS2;Cours\n")
    assert (rows(table), told(table)) == (
        [("S1", "Cours"), ("S2", "Cours")],
        ("Ligne 3 : titres répétés, laissée de côté.",),
    )


def test_somebody_called_total_is_not_a_total():
    assert len(read("Nom;Prénom;Mail\nTotal;Anaïs;a@exemple.fr\n").rows) == 1


def workbook(formula: bytes, value: bytes) -> bytes:
    book = openpyxl.Workbook()
    for row in (["Réf.", "Formation"], ["S1", "à remplacer"]):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    cell = b'<c r="B2"><f>' + formula + b"</f>" + value + b"</c>"

    def change(part: bytes) -> bytes:
        start = part.index(b'<c r="B2"')
        return part[:start] + cell + part[part.index(b"</c>", start) + 4 :]

    return altered(target.getvalue(), SHEET, change)


def test_a_formula_never_computed_is_kept_as_its_text_and_told():
    table = read(workbook(b"SUM(A1:A2)", b"<v></v>"))
    assert rows(table) == [("S1", "=SUM(A1:A2)")]
    sentence = (
        "Une formule n’a jamais été calculée : son résultat manque. Ouvrez le fichier dans votre tableur, enregistrez-le, "
        "puis déposez-le de nouveau."
    )
    assert table.notes == (Note(NoteKind.DOUBT, sentence, (2,), ("=SUM(A1:A2)",)),)


def test_a_computed_formula_gives_what_was_shown():
    table = read(workbook(b"6*7", b"<v>42</v>"))
    assert rows(table) == [("S1", 42.0)]
    assert told(table) == ("1 cellule contient une formule : nous reprenons le dernier résultat affiché.",)


def test_what_is_told_of_a_file_names_its_kind_its_lines_and_its_words():
    table = read("Réf.;Formation\nS1;Cours\nRéf.;Formation\nTOTAL;1\n")
    assert table.notes == (
        Note(NoteKind.LEFT_OUT, "Ligne 3 : titres répétés, laissée de côté.", (3,)),
        Note(NoteKind.LEFT_OUT, "Ligne 4 : total, laissée de côté.", (4,)),
    )
    assert str(Note(NoteKind.DOUBT, "Lu comme Windows", (2,), ("ZOÉ", "LÉA"))) == "Lu comme Windows (« ZOÉ », « LÉA »)"


def test_every_row_as_it_stands():
    found = read_rows(io.BytesIO("1. Résumé\nDurée\t12\n\n2. Participants\nNom\tArrivée\nZoé\t9:00\n".encode("utf-16")))
    assert (found.format, found.encoding, found.separator) == ("CSV", "UTF-16", "tabulation")
    assert found.rows == (
        (1, ("1. Résumé",)),
        (2, ("Durée", "12")),
        (3, ()),
        (4, ("2. Participants",)),
        (5, ("Nom", "Arrivée")),
        (6, ("Zoé", "9:00")),
    )


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_every_ending_of_lines_with_every_separator(ending, separator):
    table = read(ending.join(separator.join(cells) for cells in (["Nom", "Ville"], ["Zoé", "Lille"], ["Léa", "Lyon"])))
    assert (table.labels, rows(table)) == (("Nom", "Ville"), [("Zoé", "Lille"), ("Léa", "Lyon")])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('Nom;Avis\nZoé;bien\nLéa;"bien\n', 3),
        ('Nom;Avis\nZoé;"bien\nLéa;"bien"\nPaul;ok\n', 2),  # closed by the quote that opens another cell
        ('Nom;Ville;Avis\nZoé;Lille;"bien\nA;B;c\nD;E;f\nG;H;i"\n', 2),  # closed at the end of another record
        ('Nom;Avis\n"Zoé;bien\n' + "Léa;ok\n" * 9_000, 2),
    ],
)
def test_a_quote_that_is_never_closed(text, line):
    with pytest.raises(UnreadableFile) as refused:
        read(text)
    assert refused.value.sentence.startswith(f'Un guillemet (") s’ouvre à la ligne {line} et ne se referme pas')


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('"deux\nlignes"', "deux\nlignes"),
        ('"un ""mot"" entre guillemets"', 'un "mot" entre guillemets'),
        ('5" de pouce', '5" de pouce'),
        ('"liste :\n- un ; deux\n- trois\nfin"', "liste :\n- un ; deux\n- trois\nfin"),
        ('"a\n\n\n\nb"', "a\n\n\n\nb"),
    ],
)
def test_quotes_that_are_well(cell, value):
    assert rows(read(f"Nom;Avis;Note\nZoé;{cell};4\n")) == [("Zoé", value, "4")]


@pytest.mark.parametrize(("record", "cells"), [("A1;Paie;7;5", 4), ("A1;Paie;7;;5", 5)])
def test_a_record_wider_than_the_headings(record, cells):
    with pytest.raises(UnreadableFile) as refused:
        read(f"Réf.;Formation;Durée\nA0;Paie;7\n{record}\n")
    assert refused.value.sentence.startswith(f"La ligne 3 a {cells} cellules pour 3 titres")


def test_separators_after_the_last_cell_are_no_cells():
    assert rows(read("Réf.;Formation\nA1;Paie;;;\n")) == [("A1", "Paie")]


def test_what_dos_wrote_at_the_end():
    assert rows(read("Réf.;Formation\nA1;Paie\n\x1a")) == [("A1", "Paie")]


@pytest.mark.parametrize(
    "page", ["<html><body><table>", "\ufeff<!DOCTYPE html>", '<?xml version="1.0"?><Workbook>', "\n <TABLE>"]
)
def test_a_page_is_no_table(page):
    with pytest.raises(UnreadableFile, match="est une page web, pas un classeur"):
        read(page)


def test_the_apostrophe_that_keeps_a_csv_from_running_is_taken_off():
    table = read_table(io.BytesIO("Réf.;Intitulé\nS1;'-L'accueil\nS2;'+33612345678\nS3;''=1\nS4;'Anglais\nS5;'\n".encode()))
    assert table.column("Intitulé") == ("-L'accueil", "+33612345678", "'=1", "'Anglais", "'")
    assert [(note.kind, note.lines) for note in table.notes] == [(NoteKind.READ_AS, (2, 3, 4))]

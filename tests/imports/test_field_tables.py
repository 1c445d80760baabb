"""Files as people really have them: what is right for each, as samples/field tells it."""

from datetime import date

import pytest

from qualiopi.exchange.reading import Note, NoteKind, Table, UnreadableFile
from qualiopi.exchange.values import CellError, parse_amount, parse_date, parse_hours
from tests.imports.running import read

SESSIONS, TRAINEES = "sessions", "enrolments"
REPAIRED, READ_AS, HIDDEN, LEFT_OUT, DOUBT = (
    NoteKind.REPAIRED,
    NoteKind.READ_AS,
    NoteKind.HIDDEN,
    NoteKind.LEFT_OUT,
    NoteKind.DOUBT,
)


def rows(table: Table) -> list[tuple]:
    return [row.values for row in table.rows]


PEOPLE = [
    ("LEFÈVRE", "Hélène", "helene@exemple.fr", "S1"),
    ("Durand", "René", "rene@exemple.fr", "S1"),
    ("Müller", "Zoé", "zoe@exemple.fr", "S2"),
]


@pytest.mark.parametrize(
    ("name", "kind", "encoding", "separator", "right", "told"),
    [
        ("e01_cr_only_comma.csv", TRAINEES, "UTF-8", "virgule", PEOPLE, []),
        ("e01c_cr_only_tab.csv", TRAINEES, "UTF-8", "tabulation", PEOPLE, []),
        ("e03_double_encoded.csv", TRAINEES, "UTF-8", "point-virgule", PEOPLE, [(REPAIRED, (1, 2, 3, 4))]),
        (
            "e07c_apostrophe_text_prefix.csv",
            TRAINEES,
            "UTF-8",
            "point-virgule",
            [("Durand", "Paul", "0612345678", "01000", "S1"), ("Martin", "Zoé", "0612345679", "01000", "S1")],
            [(READ_AS, (2, 3))],
        ),
        ("e08b_ctrlz.csv", TRAINEES, "UTF-8", "point-virgule", PEOPLE, []),
        (
            "e40_names_in_capitals_cp1252.csv",
            TRAINEES,
            "Windows",
            "point-virgule",
            [
                ("LEFÈVRE", "ZOÉ", "zoe@exemple.fr"),
                ("DUPRÉ", "ÉLISE", "elise@exemple.fr"),
                ("BÉNARD", "Paul", "paul@exemple.fr"),
            ],
            [],
        ),
        ("p09_tsv_named.xls", SESSIONS, "Windows", "tabulation", [("T1", "Paie", "12/03/2026")], []),
        (
            "s20_only_euro_cp1252.csv",
            SESSIONS,
            "Windows",
            "point-virgule",
            [("E-2", "Anglais", "12/03/2026", "2 400 €"), ("E-3", "Excel", "13/03/2026", "900 €")],
            [],
        ),
    ],
)
def test_texts_that_are_read(name, kind, encoding, separator, right, told):
    table = read(f"field/{name}", kind)
    assert (table.encoding, table.separator, rows(table)) == (encoding, separator, right)
    assert [(note.kind, note.lines) for note in table.notes] == told


@pytest.mark.parametrize(
    ("name", "kind", "sentence"),
    [
        (
            "e33_unclosed_quote_last_column.csv",
            TRAINEES,
            'Un guillemet (") s’ouvre à la ligne 3 et ne se referme pas : les lignes suivantes seraient avalées. '
            "Corrigez cette ligne puis déposez le fichier de nouveau.",
        ),
        (
            "s13_decimal_comma_csv.csv",
            SESSIONS,
            "La ligne 2 a 6 cellules pour 4 titres : une virgule ou un point-virgule du texte y sépare sans doute deux cellules. "
            "Mettez ce texte entre guillemets, ou enregistrez le fichier au format XLSX, puis déposez-le.",
        ),
        (
            "p08_html_table.xls",
            SESSIONS,
            "Ce fichier est une page web, pas un classeur, quel que soit son nom. "
            "Ouvrez-le dans votre tableur, enregistrez-le au format XLSX, puis déposez-le de nouveau.",
        ),
        (
            "j01_sheetjs.xlsb",
            SESSIONS,
            "Ce classeur est au format binaire (XLSB). Ouvrez-le dans votre tableur, enregistrez-le au format XLSX, puis déposez-le.",
        ),
    ],
)
def test_files_that_are_refused(name, kind, sentence):
    with pytest.raises(UnreadableFile) as refused:
        read(f"field/{name}", kind)
    assert refused.value.sentence == sentence


def days_and_hours(table: Table) -> list[tuple]:
    """Reference, first and last day, hours, as the import of sessions understands the cells."""
    labels = table.labels
    places = [labels.index(label) for label in ("Réf.", "Date de début", "Date de fin", "Durée (heures)")]
    return [
        (row.values[places[0]], *(parse_date(row.values[place]) for place in places[1:3]), parse_hours(row.values[places[3]]))
        for row in table.rows
    ]


@pytest.mark.parametrize("name", ["j01_sheetjs.xlsx", "j01_sheetjs.ods"])
def test_j01_workbooks_of_sheetjs(name):
    table = read(f"field/{name}", SESSIONS)
    assert (table.format, days_and_hours(table), table.notes) == (
        name[-4:].upper().lstrip("."),
        [("J1", date(2026, 3, 12), date(2026, 3, 13), 14), ("J2", date(2026, 6, 12), date(2026, 6, 13), 14)],
        (),
    )


def test_lo01_durations_of_libreoffice():
    table = read("field/lo01_libreoffice_duration_35h.ods", SESSIONS)
    assert days_and_hours(table)[:2] == [
        ("L1", date(2026, 3, 12), date(2026, 3, 13), 35),
        ("L2", date(2026, 4, 2), date(2026, 4, 3), 7),
    ]
    assert [(note.kind, note.lines) for note in table.notes] == [(HIDDEN, (4,)), (READ_AS, ())]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "x02b_xlsxwriter_price_zero.xlsx",
            (
                DOUBT,
                "2 formules n’ont jamais été calculées : leur résultat manque. Ouvrez le fichier dans votre tableur, "
                "enregistrez-le, puis déposez-le de nouveau.",
                (2,),
                ("=1200*2", "=4+4"),
            ),
        ),
        (
            "x06_filtered_rows.xlsx",
            (
                HIDDEN,
                "Un filtre cache 3 lignes dans le classeur : elles sont lues aussi. Si elles sont de trop, retirez-les puis "
                "déposez le fichier de nouveau.",
                (3, 5, 7),
                (),
            ),
        ),
        (
            "x07_one_sheet_per_month.xlsx",
            (
                LEFT_OUT,
                "Seule la feuille « Janvier » est lue. Les autres se lisent chacune à part.",
                (),
                ("Février", "Mars"),
            ),
        ),
        (
            "x09_error_cells.xlsx",
            (
                DOUBT,
                "4 cellules affichent une erreur de calcul : elles sont lues comme vides.",
                (2,),
                ("#N/A", "#VALUE!", "#REF!"),
            ),
        ),
    ],
)
def test_workbooks_of_which_something_is_told(name, told):
    assert read(f"field/{name}", SESSIONS).notes == (Note(*told),)


def test_x02b_a_price_never_computed_is_not_zero():
    table = read("field/x02b_xlsxwriter_price_zero.xlsx", SESSIONS)
    assert rows(table) == [("X2b", "Paie", "12/03/2026", "=1200*2", "=4+4")]
    with pytest.raises(CellError):
        parse_amount(table.column("Prix HT")[0])

"""Files as people really have them: what is right for each, as samples/field tells it."""

import pytest

from qualiopi.exchange.reading import NoteKind, Table, UnreadableFile
from tests.imports.running import read

SESSIONS, TRAINEES = "sessions", "enrolments"
REPAIRED, READ_AS = NoteKind.REPAIRED, NoteKind.READ_AS


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
    ],
)
def test_files_that_are_refused(name, kind, sentence):
    with pytest.raises(UnreadableFile) as refused:
        read(f"field/{name}", kind)
    assert refused.value.sentence == sentence

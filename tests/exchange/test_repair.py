"""Text that lost its letters: given back when that is certain, and told; refused with its line otherwise."""

import io

import openpyxl
import pytest

from qualiopi.exchange.reading import Note, NoteKind, Table, UnreadableFile, read_table

WINDOWS, UNICODE = "cp1252", "utf-8"
HEADINGS = "Nom;Prénom\n"


def read(content: bytes) -> Table:
    return read_table(io.BytesIO(content))


def sentence_of(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(content)
    return caught.value.sentence


def rows(table: Table) -> list[tuple]:
    return [row.values for row in table.rows]


@pytest.mark.parametrize(
    ("spoilt", "letters"),
    [
        ("LEFÃˆVRE;HÃ©lÃ¨ne", ("LEFÈVRE", "Hélène")),
        ("HÃƒÂ©bert;Zoé", ("Hébert", "Zoé")),  # thrice, beside a letter that is well
        ("lâ€™Ã©tape;2 400 â‚¬", ("l’étape", "2 400 €")),
        ("ÃŽle-de-France;Å’uvre", ("Île-de-France", "Œuvre")),
        ("ÃŽLE;HÃ©lÃ¨ne", ("ÎLE", "Hélène")),
        ("L√©ger;Andr√©", ("Léger", "André")),  # read as Macintosh
        ("Lef&egrave;vre;R&amp;D", ("Lefèvre", "R&D")),
        ("Lef&#232;vre;No&euml;l", ("Lefèvre", "Noël")),
    ],
)
def test_letters_that_are_given_back(spoilt, letters):
    table = read(f"{HEADINGS}Durand;Paul\n{spoilt}\n".encode())
    assert rows(table) == [("Durand", "Paul"), letters]
    (note,) = table.notes
    assert (note.kind, note.lines) == (NoteKind.REPAIRED, (3,))
    assert set(note.words) <= set(" ".join(letters).split())


def test_letters_spoilt_inside_a_workbook():
    book = openpyxl.Workbook()
    for row in (["Nom", "Prénom"], ["LEFÃˆVRE", "Zoé"], ["Durand", "L&eacute;a"]):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    table = read(target.getvalue())
    assert rows(table) == [("LEFÈVRE", "Zoé"), ("Durand", "Léa")]
    assert [(note.kind, note.lines, note.words) for note in table.notes] == [
        (NoteKind.REPAIRED, (2,), ("LEFÈVRE",)),
        (NoteKind.REPAIRED, (3,), ("Léa",)),
    ]


@pytest.mark.parametrize("sound", ["JOÃO;CONCEIÇÃO", "Âge;Ångström", "R&D;AT&T", "Quoi ?;a.fr/?id=1", "Été;ZOÉ"])
def test_letters_that_are_sound_stay(sound):
    table = read(f"{HEADINGS}{sound}\n".encode())
    assert (rows(table), table.notes) == ([tuple(sound.split(";"))], ())


def test_one_line_of_another_encoding():
    lines = [(HEADINGS, UNICODE), ("Dupré;Hélène\n", UNICODE), ("Lefèvre;Zoé\n", WINDOWS), ("Bénard;Noël\n", UNICODE)]
    table = read(b"".join(text.encode(codec) for text, codec in lines))
    assert (table.encoding, rows(table)) == ("UTF-8", [("Dupré", "Hélène"), ("Lefèvre", "Zoé"), ("Bénard", "Noël")])
    sentence = "Une ligne n’est pas écrite comme les autres (Windows au lieu de UTF-8) : nous l’avons lue à sa façon."
    assert table.notes == (Note(NoteKind.REPAIRED, sentence, (3,), ("Lefèvre", "Zoé")),)


def test_one_line_of_unicode_among_lines_of_windows():
    lines = [(HEADINGS, WINDOWS), ("Dupré;Hélène\n", WINDOWS), ("Lefèvre;Zoé\n", UNICODE), ("Bénard;Noël\n", WINDOWS)]
    table = read(b"".join(text.encode(codec) for text, codec in lines))
    assert (table.encoding, rows(table)[1]) == ("Windows", ("Lefèvre", "Zoé"))
    assert [(note.kind, note.lines) for note in table.notes] == [(NoteKind.REPAIRED, (3,))]


def test_capitals_before_a_narrow_blank_are_no_unicode():
    # « É\xa0 » of Windows happens to be well-formed UTF-8, for a letter of no Western language.
    table = read("NOM;AVIS\nDUPRÉ;TRÈS ANIMÉ\xa0: OUI\n".encode(WINDOWS))
    assert (table.encoding, rows(table), table.notes) == ("Windows", [("DUPRÉ", "TRÈS ANIMÉ\xa0: OUI")], ())


def test_lines_are_those_of_the_spreadsheet_after_a_cell_of_several_lines():
    table = read('Nom;Avis\nDurand;"bien\net\nmieux"\nLEFÃˆVRE;ok\n'.encode())
    assert [note.lines for note in table.notes] == [(3,)]


@pytest.mark.parametrize("spoilt", ["Zoï¿½;Paul", "HÃ‚lÃ…;â€™â€"])
def test_letters_beyond_repair_are_refused_with_their_line(spoilt):
    assert sentence_of(f"{HEADINGS}Durand;Paul\n{spoilt}\n".encode()).startswith("Des lettres de la ligne 3 sont abîmées (« ")


def test_a_line_cut_inside_a_letter_is_refused():
    content = f"{HEADINGS}Dupré;Hélène\n".encode() + "Bénard;Zo".encode() + b"\xc3;x\n"
    assert sentence_of(content).startswith("Des lettres de la ligne 3 sont illisibles")


def test_letters_that_became_question_marks():
    assert sentence_of(b"Nom;Prenom\nLef?vre;H?l?ne\nB?nard;Luc\n").startswith(
        "Des lettres de la ligne 2 sont abîmées (« Lef?vre »)"
    )
    # With other accents in the file, it may be how somebody writes.
    table = read("Nom;Avis\nDupré;Quoi?Rien\n".encode())
    (note,) = table.notes
    assert (note.kind, note.lines, note.words) == (NoteKind.DOUBT, (2,), ("Quoi?Rien",))


@pytest.mark.parametrize("written", ["'01000", '="01000"'])
def test_what_keeps_a_zero_is_no_part_of_the_text(written):
    table = read(f"Nom;Code postal\nDurand;{written}\n".encode())
    assert (rows(table), [note.kind for note in table.notes]) == ([("Durand", "01000")], [NoteKind.READ_AS])


@pytest.mark.parametrize("written", ["'s Hertogenbosch", "'12'", "l'été", "=1+1"])
def test_other_apostrophes_stay(written):
    assert rows(read(f"Nom;Ville\nDurand;{written}\n".encode())) == [("Durand", written)]


def test_only_a_doubt_asks_somebody_to_look():
    assert {kind: Note(kind, "").doubtful for kind in NoteKind} == {kind: kind is NoteKind.DOUBT for kind in NoteKind}

"""Every sample file is read as a person would read it."""

from datetime import date, datetime
from pathlib import Path

import pytest

from qualiopi.exchange.mapping import Sought
from qualiopi.exchange.reading import ReadLimits, Table, UnreadableFile, best_sheet, read_table

SAMPLES = Path(__file__).parents[1] / "samples"


def read(name: str, **options: str) -> Table:
    with (SAMPLES / name).open("rb") as file:
        return read_table(file, **options)


def told(table: Table) -> tuple[str, ...]:
    return tuple(str(note) for note in table.notes)


@pytest.mark.parametrize(
    ("name", "form", "encoding", "separator", "heading_line", "columns", "lines"),
    [
        ("agefodd_session_export_header.csv", "CSV", "UTF-8", "point-virgule", 1, 30, [2]),
        ("avis_utf16be_anotea_shape.csv", "CSV", "UTF-16", "point-virgule", 1, 17, [2, 3]),
        ("grille_preuves_audit.xlsx", "XLSX", "", "", 5, 11, [6, 7, 8, 9, 10]),
        ("satisfaction_google_forms_download_utf8.csv", "CSV", "UTF-8", "virgule", 1, 4, [2, 3]),
        ("satisfaction_google_sheets_utf8.csv", "CSV", "UTF-8", "virgule", 1, 8, [2, 3, 4, 5, 6]),
        ("satisfaction_limesurvey_codes_utf8bom.csv", "CSV", "UTF-8", "virgule", 1, 10, [2, 3, 4]),
        ("satisfaction_ms_forms.xlsx", "XLSX", "", "", 1, 8, [2, 3]),
        ("sessions_excel_fr_cp1252.csv", "CSV", "Windows", "point-virgule", 1, 13, [2, 3, 4, 5]),
        ("stagiaires_excel_fr_cp1252.csv", "CSV", "Windows", "point-virgule", 1, 12, [2, 3, 4, 5]),
        ("suivi_formations.xlsx", "XLSX", "", "", 3, 14, [4, 5]),
        ("teams_attendance_utf16le.csv", "CSV", "UTF-16", "tabulation", 8, 6, [9, 10]),
        ("zoom_participants_report.csv", "CSV", "UTF-8", "virgule", 4, 6, [5, 6, 7, 8]),
    ],
)
def test_shape_of_each_sample(name, form, encoding, separator, heading_line, columns, lines):
    table = read(name)
    assert (table.format, table.encoding, table.separator, table.heading_line) == (form, encoding, separator, heading_line)
    assert len(table.headings) == columns
    assert [row.line for row in table.rows] == lines


def test_windows_letters_and_line_breaks_survive():
    table = read("sessions_excel_fr_cp1252.csv")
    assert table.column("Prix de vente total (HT)")[:2] == ("2 400,00 €", "1\xa0750,5")
    assert table.column("Lieu")[2] == "12, rue des Lilas\r\n59000 Lille"
    assert table.column("Intitulé de la formation")[3] == "Bilan d’étape"


def test_headings_lose_their_trailing_spaces_and_line_breaks():
    assert read("stagiaires_excel_fr_cp1252.csv").labels[2] == "Prénom"
    assert (
        read("satisfaction_google_sheets_utf8.csv").labels[5]
        == "Qualité de l'animation (1 = très insatisfait, 5 = très satisfait)"
    )
    assert read("satisfaction_ms_forms.xlsx").labels[6] == "Satisfaction globale"


def test_two_headings_alike_are_numbered_and_said():
    table = read("grille_preuves_audit.xlsx")
    assert table.labels[-2:] == ("Etat", "Etat (2)")
    assert told(table) == ("Deux colonnes s’appellent « Etat » : la suivante est numérotée.",)


def test_merged_cells_are_filled_down():
    table = read("grille_preuves_audit.xlsx")
    assert table.column("Critères") == (
        "Critère 1 - Information au public",
        "Critère 1 - Information au public",
        "Critère 1 - Information au public",
        "Critère 2  : Objectif et adaptation",
        "Critère 2  : Objectif et adaptation",
    )
    assert table.column("Indicateurs")[1] == "Indic 1 - Information du public"


def test_total_row_is_left_out_and_hidden_column_is_said():
    table = read("suivi_formations.xlsx")
    assert told(table) == (
        "Seule la feuille « Sessions 2026 » est lue. L’autre se lit à part. (« Stagiaires »)",
        "La colonne « Facture » est masquée dans le classeur : elle est lue aussi.",
        "Ligne 6 : total, laissée de côté.",
    )
    assert [heading.label for heading in table.headings if heading.hidden] == ["Facture"]


def test_real_dates_of_a_workbook_stay_dates():
    assert read("suivi_formations.xlsx").column("Début") == (date(2026, 1, 12), "2/2/26")
    assert read("satisfaction_ms_forms.xlsx").column("Heure de fin")[0] == datetime(2026, 1, 13, 17, 2, 11)  # noqa: DTZ001


def test_a_workbook_of_excel_97():
    table = read("stagiaires_excel_97.xls")
    assert (table.format, table.sheets, table.labels) == (
        "XLS",
        ("Stagiaires", "Vide"),
        ("Nom", "Prénom", "Date de naissance", "Adresse e-mail", "Heures"),
    )
    assert [row.values for row in table.rows] == [
        ("Inventée", "Zoé", date(1990, 5, 17), "zoe@exemple.fr", 21),
        ("Supposé", "Karim", date(1985, 11, 2), "karim@exemple.fr", 17.5),
    ]


def test_a_workbook_of_excel_97_is_bounded_as_the_others_are():
    with (SAMPLES / "stagiaires_excel_97.xls").open("rb") as file, pytest.raises(UnreadableFile) as refused:
        read_table(file, limits=ReadLimits(columns=4))
    assert refused.value.sentence.startswith("Ce tableau a plus de 4 colonnes.")
    with (SAMPLES / "stagiaires_excel_97.xls").open("rb") as file, pytest.raises(UnreadableFile) as refused:
        read_table(file, limits=ReadLimits(rows=2))
    assert refused.value.sentence.startswith("Ce tableau est trop grand")


def test_second_sheet_by_name_or_by_fit():
    assert read("suivi_formations.xlsx", sheet="Stagiaires").labels == ("NOM Prénom", "Mail", "Tél", "Session")
    with (SAMPLES / "suivi_formations.xlsx").open("rb") as file:
        table = best_sheet(file, columns=[Sought("email", frozenset({"mail"}))])
    assert (table.sheet, table.sheets) == ("Stagiaires", ("Sessions 2026", "Stagiaires"))


def test_connection_report_stops_where_the_next_table_starts():
    table = read("teams_attendance_utf16le.csv")
    assert table.labels[0] == "Nom"
    assert told(table) == ("Un autre tableau commence à la ligne 13 : il n’est pas lu. Déposez-le à part.",)

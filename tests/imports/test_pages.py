"""The wizard, page by page, as the training manager goes through it."""

from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from qualiopi.exchange.models import ImportRun, ImportState, RememberedMapping
from qualiopi.journal.models import Entry
from tests.cast import Cast, gather
from tests.exchange.test_hostile import altered
from tests.factories import SessionFactory
from tests.files import made
from trainings.people.models import Trainee
from trainings.sessions.models import Enrolment, Session

SAMPLES = Path(__file__).parents[1] / "samples"
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return gather()


@pytest.fixture
def client(cast):
    return cast.client(cast.training_manager)


def send(client, name: str, kind: str, content: bytes | None = None):
    upload = SimpleUploadedFile(name, (SAMPLES / name).read_bytes() if content is None else content)
    return client.post(reverse("imports:upload", args=["fil-ouest", kind]), {"file": upload})


def page(name: str, run: ImportRun) -> str:
    return reverse(f"imports:{name}", args=["fil-ouest", run.pk])


def choices(response) -> dict[str, str]:
    return {f"column-{row.place}": row.chosen for row in response.context["rows"]}


def test_a_file_goes_through_every_step_and_back(client):
    response = send(client, "sessions_excel_fr_cp1252.csv", "sessions")
    run = ImportRun.objects.get()
    assert (response.status_code, response["Location"]) == (302, page("columns", run))

    columns = client.get(page("columns", run))
    assert "Les 13 colonnes sont reconnues." in columns.content.decode()
    assert [row.heading for row in columns.context["rows"] if row.doubt] == ["Nb stagiaires", "Sous-traitance pour"]
    assert columns.context["rows"][7].samples == "Lille, 12, rue des Lilas ⏎ 59000 Lille, Paris"

    response = client.post(page("columns", run), {**choices(columns), "remember": "on"})
    assert response["Location"] == page("check", run)
    assert RememberedMapping.objects.get().headings["nb stagiaires"] == "expected_trainees"

    check = client.get(page("check", run))
    assert [(row.line, row.heading, row.value, row.sentence, row.correction) for row in check.context["blocking"]] == [
        (5, "Date de début", "31/04/2026", "Avril n’a que 30 jours.", "30/04/2026")
    ]
    assert "Une cellule empêche l’import." in check.content.decode()
    assert Session.objects.count() == 0

    refused = client.post(page("confirm", run))
    assert (refused["Location"], Session.objects.count()) == (page("check", run), 0)

    client.post(page("check", run), {"cell-5:Date de début": "30/04/2026"})
    check = client.get(page("check", run))
    assert (check.context["summary"]["blocking_cells"], check.context["summary"]["created"]) == (0, 4)

    response = client.post(page("confirm", run))
    assert response["Location"] == page("detail", run)
    assert list(Session.objects.order_by("reference").values_list("reference", "starts_on__day", "state")) == [
        ("S26-001", 12, "done"),
        ("S26-002", 2, "running"),
        ("S26-003", 9, "cancelled"),
        ("S26-004", 30, "planned"),
    ]
    assert "Les 4 lignes sont importées." in client.get(page("detail", run)).content.decode()

    response = client.post(page("undo", run), follow=True)
    assert "Cet import est annulé." in response.content.decode()
    assert Session.objects.count() == 0
    assert set(Entry.objects.values_list("verb", flat=True)) == {
        "import.send",
        "import.remember_columns",
        "import.confirm",
        "import.undo",
    }


def test_a_field_left_as_it_is_does_not_empty_its_cell(client):
    send(client, "s.csv", "sessions", b"Ref;Formation;Duree\nS1;Cours;deux jours\nS2;Cours;trois jours\n")
    run = ImportRun.objects.get()
    client.post(page("columns", run), choices(client.get(page("columns", run))))
    rows = client.get(page("check", run)).context["blocking"]
    assert [(row.field, row.correction) for row in rows] == [("2:Duree", "deux jours"), ("3:Duree", "trois jours")]
    client.post(page("check", run), {"cell-2:Duree": "14", "cell-3:Duree": "trois jours"})
    assert [row.field for row in client.get(page("check", run)).context["blocking"]] == ["3:Duree"]
    client.post(page("check", run), {"cell-3:Duree": ""})
    client.post(page("confirm", run))
    assert list(Session.objects.order_by("reference").values_list("duration_hours", flat=True)) == [14, None]


def test_a_cell_that_was_not_offered_is_not_corrected(client):
    send(client, "sessions_excel_fr_cp1252.csv", "sessions")
    run = ImportRun.objects.get()
    client.post(page("columns", run), choices(client.get(page("columns", run))))
    client.post(page("check", run), {"cell-2:Date de début": "01/01/2020"})
    run.refresh_from_db()
    assert run.corrections == {}


def test_a_session_chosen_for_the_whole_file_enrols_everybody(cast, client):
    SessionFactory(organisation=cast.organisation, reference="S26-001")
    content = (SAMPLES / "stagiaires_excel_fr_cp1252.csv").read_bytes().replace(b"9,87654E+13", b"")
    send(client, "stagiaires.csv", "enrolments", content)
    run = ImportRun.objects.get()
    columns = client.get(page("columns", run))
    assert columns.context["rows"][11].chosen == "disability"
    client.post(page("columns", run), {**choices(columns), "session": "s26-001"})
    client.post(page("confirm", run))
    assert (Trainee.objects.count(), Enrolment.objects.count()) == (3, 3)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("vide.csv", b"", "Ce fichier est vide."),
        ("photo.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00\x01\x02\x03", "Ce fichier n’est"),
        ("casse.xlsx", b"PK\x03\x04 rien de bon", "Ce classeur est abîmé ou incomplet."),
    ],
)
def test_an_unreadable_file_is_said_and_nothing_is_kept(client, name, content, sentence):
    response = send(client, name, "sessions", content)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert ImportRun.objects.count() == 0


def test_no_file_chosen(client):
    response = client.post(reverse("imports:upload", args=["fil-ouest", "sessions"]))
    assert response.status_code == 200
    assert "Choisissez un fichier" in response.content.decode()


def test_one_field_chosen_twice_is_refused(client):
    send(client, "sessions_excel_fr_cp1252.csv", "sessions")
    run = ImportRun.objects.get()
    posted = {**choices(client.get(page("columns", run))), "column-1": "reference"}
    response = client.post(page("columns", run), posted)
    assert response.status_code == 200
    assert "Deux colonnes deviennent « Référence de la session »" in response.content.decode()


def test_without_a_needed_column_the_page_says_which(client):
    send(client, "sessions_excel_fr_cp1252.csv", "sessions")
    run = ImportRun.objects.get()
    client.post(page("columns", run), {**choices(client.get(page("columns", run))), "column-0": ""})
    sentences = [row.sentence for row in client.get(page("check", run)).context["blocking"]]
    assert sentences == ["Aucune colonne ne donne la référence des sessions : choisissez-la dans les colonnes."]


def test_another_sheet_can_be_read(client):
    send(client, "suivi_formations.xlsx", "sessions")
    run = ImportRun.objects.get()
    assert client.get(page("columns", run)).context["table"].sheet == "Sessions 2026"
    client.post(page("sheet", run), {"sheet": "Stagiaires"})
    assert client.get(page("columns", run)).context["table"].sheet == "Stagiaires"


def test_the_file_to_correct_holds_the_lines_that_block_and_why(client, tmp_path):
    send(client, "sessions_excel_fr_cp1252.csv", "sessions")
    run = ImportRun.objects.get()
    client.post(page("columns", run), choices(client.get(page("columns", run))))
    response = client.get(page("to_correct", run))
    target = tmp_path / "a-corriger.xlsx"
    target.write_bytes(b"".join(response.streaming_content))
    rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
    assert len(rows) == 2
    assert (rows[0][0], rows[0][-2:]) == ("Réf.", ("Ligne d’origine", "À corriger"))
    assert (rows[1][0], rows[1][-2:]) == ("S26-004", (5, "Date de début : Avril n’a que 30 jours."))


def test_a_confirmed_import_is_never_made_twice(client):
    content = (SAMPLES / "sessions_excel_fr_cp1252.csv").read_bytes().replace(b"31/04/2026", b"30/04/2026")
    send(client, "sessions.csv", "sessions", content)
    run = ImportRun.objects.get()
    client.post(page("columns", run), choices(client.get(page("columns", run))))
    client.post(page("confirm", run))
    again = client.post(page("confirm", run), follow=True)
    assert "Cet import est déjà fait." in again.content.decode()
    assert (Session.objects.count(), ImportRun.objects.get().state) == (4, ImportState.CONFIRMED)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_queries_whatever_its_length(client, number, django_assert_num_queries):
    for _each in range(number):
        send(client, "sessions_excel_fr_cp1252.csv", "sessions")
    with django_assert_num_queries(7):
        response = client.get(reverse("imports:list", args=["fil-ouest"]))
    assert len(response.context["page"].object_list) == number


def test_another_organisation_s_import_does_not_exist(cast, client):
    send(client, "sessions_excel_fr_cp1252.csv", "sessions")
    run = ImportRun.objects.get()
    stranger = cast.client(cast.stranger)
    own = reverse("imports:columns", args=["etranger-secret", run.pk])
    assert [stranger.get(own).status_code, stranger.get(page("columns", run)).status_code] == [404, 404]


def refused(client, name: str, content: bytes) -> str:
    """What the page of the first step says of a file that it refuses; nothing is kept."""
    response = send(client, name, "sessions", content)
    assert (response.status_code, ImportRun.objects.count()) == (200, 0)
    return response.context["sentence"]


def with_macros() -> bytes:
    source = (SAMPLES / "suivi_formations.xlsx").read_bytes()
    return altered(source, "xl/vbaProject.bin", lambda part: b"macros")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("suivi.xls", b"<html><table><tr><td>a</td></tr></table></html>", "Ce fichier est une page web, pas un classeur"),
        ("suivi.xlsm", with_macros(), "Ce classeur contient des macros ou du contenu actif. Enregistrez-le au format XLSX"),
        ("suivi.docx", made.docx(), "Ce fichier n’est ni un texte ni un classeur. Déposez un fichier CSV, XLSX, XLS ou ODS."),
        ("suivi.pdf", made.pdf(), "Ce fichier n’est ni un texte ni un classeur. Déposez un fichier CSV, XLSX, XLS ou ODS."),
        (
            "suivi.csv",
            b"Nom;Note\x07\nS1;5\n",
            "Ce fichier n’est ni un texte ni un classeur. Déposez un fichier CSV, XLSX, XLS ou ODS.",
        ),
        (
            "suivi.csv",
            b"#!/bin/sh;x\nS1;5\n",
            "Ce fichier n’est ni un texte ni un classeur. Déposez un fichier CSV, XLSX, XLS ou ODS.",
        ),
    ],
)
def test_refusals_speak_of_tables(client, name, content, sentence):
    assert refused(client, name, content).startswith(sentence)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("p09_tsv_named.xls", "p09_tsv_named.csv"), ("e08b_ctrlz.csv", "e08b_ctrlz.csv"), ("j01_sheetjs.ods", "j01_sheetjs.ods")],
)
def test_what_a_file_holds_decides_of_its_name(client, name, kept):
    response = send(client, name, "sessions", (SAMPLES / "field" / name).read_bytes())
    assert (response.status_code, ImportRun.objects.get().file.name) == (302, kept)


def test_what_reading_did_is_told_at_every_step(client):
    send(client, "x06_filtered_rows.xlsx", "sessions", (SAMPLES / "field" / "x06_filtered_rows.xlsx").read_bytes())
    run = ImportRun.objects.get()
    sentence = "Un filtre cache 3 lignes dans le classeur"
    columns = client.get(page("columns", run))
    assert sentence in columns.content.decode()
    client.post(page("columns", run), choices(columns))
    assert sentence in client.get(page("check", run)).content.decode()
    client.post(page("confirm", run))
    assert sentence in client.get(page("detail", run)).content.decode()


def test_a_doubt_is_shown_with_its_words(client):
    content = "NOM;PRENOM;SESSION\nMERCIÈRE;LUC;S1\nPETIT;JEAN;S1\n".encode("mac_roman")
    send(client, "stagiaires.csv", "enrolments", content)
    shown = client.get(page("columns", ImportRun.objects.get()))
    (note,) = shown.context["table"].notes
    assert (note.kind, note.words) == ("doubt", ("MERCIéRE",))
    text = shown.content.decode()
    assert "sans certitude (Macintosh donnerait «" in text.replace("\u202f", " ").replace("\xa0", " ")
    assert ">MERCIéRE</span>" in text


def test_a_file_imported_before_is_told_with_its_page(client):
    name = "grille_preuves_audit.xlsx"
    send(client, name, "evidence_grid")
    first = ImportRun.objects.get()
    ImportRun.objects.filter(pk=first.pk).update(state=ImportState.CONFIRMED, confirmed_at=first.created_at)
    send(client, name, "evidence_grid")
    again = ImportRun.objects.exclude(pk=first.pk).get()
    shown = client.get(page("columns", again))
    assert shown.context["before"] == first
    assert [
        words for words in ("Le même fichier a déjà été importé le", page("detail", first)) if words not in shown.content.decode()
    ] == []
    send(client, "stagiaires_excel_fr_cp1252.csv", "enrolments")
    other = ImportRun.objects.exclude(pk__in=[first.pk, again.pk]).get()
    assert client.get(page("columns", other)).context["before"] is None

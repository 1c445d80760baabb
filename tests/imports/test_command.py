"""``manage.py import_table`` does what the pages do."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from qualiopi.exchange.models import ImportRun
from qualiopi.files.models import StoredFile
from qualiopi.journal.models import Entry
from tests.factories import OrganisationFactory, SessionFactory
from trainings.people.models import Trainee
from trainings.sessions.models import Enrolment, Session
from trainings.surveys.models import Response

SAMPLES = Path(__file__).parents[1] / "samples"
pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(slug="fil-ouest")


def import_table(*arguments) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_table", "--organisation", "fil-ouest", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        return stop.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def kept_files():
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def corrected(tmp_path):
    target = tmp_path / "sessions.csv"
    target.write_bytes((SAMPLES / "sessions_excel_fr_cp1252.csv").read_bytes().replace(b"31/04/2026", b"30/04/2026"))
    return target


def test_done(organisation, tmp_path):
    code, out, _err = import_table("--kind", "sessions", corrected(tmp_path))
    assert (code, Session.objects.count()) == (0, 4)
    assert out.splitlines()[-2:] == ["4 lignes : 4 nouvelles, 0 mises à jour, 0 inchangées, 0 cellules à corriger.", "Importé."]
    assert sorted(Entry.objects.values_list("verb", flat=True)) == ["import.confirm", "import.send"]


def test_a_dry_run_writes_nothing_at_all(organisation, tmp_path):
    before = kept_files()
    code, out, _err = import_table("--kind", "sessions", corrected(tmp_path), "--dry-run")
    assert (code, out.splitlines()[-1]) == (0, "Rien n’est écrit.")
    assert (Session.objects.count(), ImportRun.objects.count(), StoredFile.objects.count(), Entry.objects.count()) == (0, 0, 0, 0)
    assert kept_files() == before


def test_some_rows_are_wrong_and_nothing_is_written(organisation):
    before = kept_files()
    code, out, _err = import_table("--kind", "sessions", SAMPLES / "sessions_excel_fr_cp1252.csv")
    assert code == 1
    assert "[à corriger] ligne 5, Date de début « 31/04/2026 » : Avril n’a que 30 jours." in out.splitlines()
    assert (Session.objects.count(), ImportRun.objects.count(), StoredFile.objects.count()) == (0, 0, 0)
    assert kept_files() == before


def test_the_answer_as_json(organisation):
    code, out, _err = import_table("--kind", "sessions", SAMPLES / "sessions_excel_fr_cp1252.csv", "--format", "json")
    answer = json.loads(out)
    assert (code, answer["written"], answer["rows"], answer["columns"]["Réf."]) == (1, False, 4, "reference")
    assert answer["problems"] == [
        {
            "line": 5,
            "column": "Date de début",
            "value": "31/04/2026",
            "sentence": "Avril n’a que 30 jours.",
            "suggestion": "30/04/2026",
        }
    ]
    assert [(notice["line"], notice["column"]) for notice in answer["notices"]] == [
        (2, "Formateur(s)"),
        (2, "Formateur(s)"),
        (3, "Lieu"),
        (3, "Formateur(s)"),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Ce fichier est vide. Déposez un tableau avec une ligne de titres et au moins une ligne."),
        (None, "Le fichier tableau.csv n’existe pas, ou ne se lit pas."),
    ],
)
def test_a_file_that_can_t_be_read(organisation, tmp_path, content, sentence):
    path = tmp_path / "tableau.csv"
    if content is not None:
        path.write_bytes(content)
    code, _out, err = import_table("--kind", "sessions", path)
    assert (code, err.strip()) == (2, sentence)
    code, out, _err = import_table("--kind", "sessions", path, "--format", "json")
    assert (code, json.loads(out)) == (2, {"written": False, "error": sentence})
    assert ImportRun.objects.count() == 0


def test_a_session_for_the_whole_file_and_a_column_by_hand(organisation, tmp_path):
    SessionFactory(organisation=organisation, reference="S1")
    path = tmp_path / "liste.csv"
    path.write_text("Qui;Où\nFictive;Lille\n", encoding="utf-8")
    code, _out, _err = import_table("--kind", "enrolments", path, "--session", "S1", "--column", "Qui=last_name")
    assert (code, Trainee.objects.get().last_name, Enrolment.objects.get().session.reference) == (0, "Fictive", "S1")


def test_an_unknown_organisation_or_column(organisation, tmp_path):
    with pytest.raises(CommandError, match="Aucun organisme à l’adresse « ailleurs »"):
        call_command("import_table", "--organisation", "ailleurs", "--kind", "sessions", "x.csv")
    with pytest.raises(CommandError, match="écrivez TITRE=CHAMP"):
        import_table("--kind", "sessions", corrected(tmp_path), "--column", "Réf.")


SHEETS = "Seule la feuille « Sessions 2026 » est lue. L’autre se lit à part."
HIDDEN = "La colonne « Facture » est masquée dans le classeur : elle est lue aussi."
TOTAL = "Ligne 6 : total, laissée de côté."


def of_the_file(out):
    """What is told of the file itself; how its columns are read is told after it."""
    return [note for note in json.loads(out)["notes"] if not note["sentence"].startswith("Colonne « ")]


def test_what_was_left_out_is_told_in_words_and_in_json(organisation):
    _code, out, _err = import_table("--kind", "sessions", SAMPLES / "suivi_formations.xlsx", "--dry-run")
    assert out.splitlines()[:3] == [
        f"[à savoir] {SHEETS} (« Stagiaires »)",
        f"[à savoir] {HIDDEN}",
        f"[à savoir] {TOTAL}",
    ]
    _code, out, _err = import_table("--kind", "sessions", SAMPLES / "suivi_formations.xlsx", "--dry-run", "--format", "json")
    assert of_the_file(out) == [
        {"kind": "left_out", "sentence": SHEETS, "lines": [], "words": ["Stagiaires"]},
        {"kind": "hidden", "sentence": HIDDEN, "lines": [], "words": []},
        {"kind": "left_out", "sentence": TOTAL, "lines": [6], "words": []},
    ]


@pytest.mark.parametrize(
    ("name", "kind", "lines"),
    [
        ("x06_filtered_rows.xlsx", "hidden", [3, 5, 7]),
        ("x07_one_sheet_per_month.xlsx", "left_out", []),
        ("x09_error_cells.xlsx", "doubt", [2]),
        ("x02b_xlsxwriter_price_zero.xlsx", "doubt", [2]),
    ],
)
def test_what_a_workbook_does_not_show_is_told(organisation, name, kind, lines):
    _code, out, _err = import_table("--kind", "sessions", SAMPLES / "field" / name, "--dry-run", "--format", "json")
    (note,) = of_the_file(out)
    assert (note["kind"], note["lines"]) == (kind, lines)


def test_letters_that_were_given_back_are_told(organisation):
    SessionFactory(organisation=organisation, reference="S1")
    SessionFactory(organisation=organisation, reference="S2")
    code, out, _err = import_table("--kind", "enrolments", SAMPLES / "field" / "e03_double_encoded.csv")
    assert (code, sorted(Trainee.objects.values_list("last_name", "first_name"))) == (
        0,
        [("Durand", "René"), ("Lefèvre", "Hélène"), ("Müller", "Zoé")],
    )
    assert "Des lettres accentuées avaient été encodées deux fois : nous les avons rétablies." in out


@pytest.fixture
def answers(organisation):
    """Answers whose dates say two things, and whose words give no mark."""
    SessionFactory(organisation=organisation, reference="S1", starts_on=None, ends_on=None)

    def write(path):
        path.write_text("Date;Session;Satisfaction;Recommandation\n02/03/2026;S1;Chouette;Oui\n", encoding="utf-8")
        return path

    return write


def test_the_doubts_of_columns_are_told_with_the_option_that_settles_them(answers, tmp_path):
    path = answers(tmp_path / "avis.csv")
    code, out, _err = import_table("--kind", "survey_answers", path)
    lines = out.splitlines()
    assert code == 1
    assert lines[0] == (
        "[à vérifier] Colonne « Date » : rien ne dit si le jour est avant le mois : « 02/03/2026 » est lu le 2 mars 2026."
    )
    assert '    autre lecture, --reading "Date=month_first" : mois avant le jour : « 02/03/2026 » est le 3 février 2026' in lines
    assert any(
        line.startswith('    autre valeur d’un mot, --word "Satisfaction:Chouette=VALEUR" : 5 (5 sur 5)') for line in lines
    )


def test_options_choose_the_reading_of_a_column_and_what_its_words_become(answers, tmp_path):
    path = answers(tmp_path / "avis.csv")
    choices = ["--reading", "Date=month_first", "--word", "Satisfaction:chouette=4", "--word", "Recommandation:Oui=9"]
    code, out, _err = import_table("--kind", "survey_answers", path, "--format", "json", *choices)
    answer = json.loads(out)
    assert (code, answer["problems"]) == (0, [])
    response = Response.objects.get()
    assert (response.answered_on, response.overall, response.recommendation) == (date(2026, 2, 3), 4, 9)
    assert [(told["column"], told["field"], told["chosen"], told["doubt"]) for told in answer["readings"]] == [
        ("Date", "moment", "month_first", False),
        ("Satisfaction", "overall", "", False),
        ("Recommandation", "recommendation", "", False),
    ]
    assert answer["readings"][1]["words"] == [{"word": "Chouette", "becomes": "4", "lines": [2]}]


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        (["--reading", "Date"], "« Date » : écrivez TITRE=LECTURE."),
        (
            ["--reading", "Date=americaine"],
            "« americaine » n’est pas une lecture de la colonne « Date ». Possibles : day_first (jour avant le mois : "
            "« 02/03/2026 » est le 2 mars 2026), month_first (mois avant le jour : « 02/03/2026 » est le 3 février 2026).",
        ),
        (["--reading", "Session=x"], "« x » n’est pas une lecture de la colonne « Session » : elle n’a pas de choix."),
        (["--word", "Rien:Oui=5"], "« Rien:Oui=5 » : écrivez TITRE:MOT=VALEUR, avec le titre d’une colonne du fichier."),
        (["--word", "Satisfaction:Oui=5"], "« oui » n’est pas un mot à préciser de la colonne « Satisfaction »."),
        (["--word", "Recommandation:Oui=12"], "« 12 » n’est pas une valeur de la colonne « Recommandation ». Possibles : 10 (10 sur 10)"),
    ],
)  # fmt: skip
def test_a_choice_that_a_column_does_not_have_is_refused(answers, tmp_path, choice, sentence):
    with pytest.raises(CommandError) as caught:
        import_table("--kind", "survey_answers", answers(tmp_path / "avis.csv"), *choice)
    assert str(caught.value).startswith(sentence)
    assert ImportRun.objects.count() == 0

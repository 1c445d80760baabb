"""From a file with known holes, imported from the command line, to exactly these holes."""

import csv
import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

SESSIONS, HOLES = 150, 17


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return str(path)


@pytest.fixture
def references():
    return [f"S26-{place:03d}" for place in range(SESSIONS)]


def imported(tmp_path, references, answered):
    sessions = [
        ["Réf.", "Intitulé de la formation", "Formateur(s)", "Date de début", "Date de fin", "Durée (heures)", "Lieu", "Statut"]
    ]
    answers = [
        ["Horodateur", "Session", "Globalement, êtes-vous satisfait(e) de la formation ?", "Un commentaire, une suggestion ?"]
    ]
    for place, reference in enumerate(references):
        start = date(2026, 1, 5) + timedelta(days=2 * place)
        end = start + timedelta(days=1)
        days = [f"{start:%d/%m/%Y}", f"{end:%d/%m/%Y}"]
        sessions.append([reference, f"Formation inventée {place % 9}", "Carvalho Inès", *days, "14", "Lille", "Terminée"])
        if reference in answered:
            answers.append([f"{end:%d/%m/%Y} 17:02:11", reference, "4", ""])
    arguments = ["--organisation", "grand", "--format", "json"]
    call_command("import_table", write(tmp_path / "sessions.csv", sessions), "--kind", "sessions", *arguments)
    call_command("import_table", write(tmp_path / "avis.csv", answers), "--kind", "survey_answers", *arguments)


def test_exactly_the_sessions_without_answer(tmp_path, references, capsys):
    OrganisationFactory(slug="grand")
    without = set(references[3::9])
    assert (len(references), len(without)) == (SESSIONS, HOLES)
    imported(tmp_path, references, set(references) - without)
    capsys.readouterr()
    call_command("readiness", "--organisation", "grand", "--audit-date", "2026-12-15", "--format", "json")
    by_number = {entry["number"]: entry for entry in json.loads(capsys.readouterr().out)}
    found = [hole for hole in by_number[30]["missing"] if hole["kind"] == "session"]
    assert sorted(hole["reference"] for hole in found) == sorted(without)
    # Every other indicator about sessions counts all of them: the import left nothing out.
    need = [hole["reference"] for hole in by_number[4]["missing"] if hole["kind"] == "session"]
    assert sorted(need) == sorted(references)

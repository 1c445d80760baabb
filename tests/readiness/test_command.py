"""`manage.py readiness`: everything that is missing, no more and no less."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import OrganisationFactory
from tests.readiness.worlds import finished_sessions, small_world

pytestmark = pytest.mark.django_db

KEYS = [
    "number",
    "applicable",
    "status",
    "expected",
    "observed",
    "missing",
    "reasons",
    "renewals",
    "next_action",
    "due_on",
    "provisional",
    "expectations",
]
STATUSES = {"demonstrable", "at_risk", "insufficient", "cannot_be_judged", "not_applicable"}


def readiness(capsys, *arguments):
    call_command("readiness", *arguments, "--format", "json")
    return json.loads(capsys.readouterr().out)


def test_seventeen_of_a_hundred_and_fifty(capsys):
    organisation = OrganisationFactory(slug="grand")
    holes = set(range(0, 150, 9))
    assert len(holes) == 17
    sessions = finished_sessions(organisation, 150, unanswered=holes)
    (entry,) = readiness(capsys, "--organisation", "grand", "--audit-date", "2026-11-20", "--indicator", "30")
    missing = [hole for hole in entry["missing"] if hole["kind"] == "session"]
    assert sorted(hole["reference"] for hole in missing) == sorted(sessions[place].reference for place in holes)
    assert {tuple(hole["expectations"]) for hole in missing} == {("trainees_asked", "session_has_answers")}
    assert {hole["url"] for hole in missing} == {f"/o/grand/enquetes/{sessions[place].pk}/toutes/" for place in holes}


def test_a_list_with_every_indicator_of_the_grid(capsys):
    small_world(slug="petit")
    entries = readiness(capsys, "--organisation", "petit", "--audit-date", "2026-11-20")
    assert [entry["number"] for entry in entries] == list(range(1, 34))
    assert [list(entry) for entry in entries] == [KEYS] * 33
    assert {entry["applicable"] for entry in entries} <= {"yes", "no", "unknown"}
    assert {entry["status"] for entry in entries} <= STATUSES
    assert [len(readiness(capsys, "--organisation", "petit", "--audit-date", day)) for day in ("2026-10-31", "2026-11-01")] == [
        32,
        33,
    ]


def test_what_is_missing_says_who_and_where(capsys):
    _organisation, sessions = small_world(slug="petit")
    (entry,) = readiness(capsys, "--organisation", "petit", "--audit-date", "2026-11-20", "--indicator", "30")
    hole = next(hole for hole in entry["missing"] if hole["kind"] == "session")
    assert (hole["reference"], sessions[1].course.title in hole["label"]) == ("S-001", True)
    assert entry["next_action"] != ""
    assert entry["due_on"] is not None


def test_the_table_names_the_holes(capsys):
    small_world(slug="petit", name="Petit organisme")
    call_command("readiness", "--organisation", "petit", "--audit-date", "2026-11-20", "--indicator", "30")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Petit organisme, audit du 20/11/2026, grille 2026"
    assert [line for line in lines if "S-001" in line] != []


@pytest.mark.parametrize("arguments", [["--organisation", "inconnu"], ["--organisation", "petit", "--indicator", "34"]])
def test_what_does_not_exist_is_said(arguments):
    OrganisationFactory(slug="petit")
    with pytest.raises(CommandError):
        call_command("readiness", *arguments)

"""The two commands of the first floor."""

import json

import pytest
from django.core.management import CommandError, call_command

from qualiopi.organisations.models import Organisation
from qualiopi.organisations.queries import profile_of
from qualiopi.standard.profile import Profile

PROFILE = {"categories": ["AF"], "certifying": False, "work_study": None, "subcontracts_out": True}


@pytest.fixture
def file(tmp_path):
    def write(content: object) -> str:
        path = tmp_path / "profil.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return str(path)

    return write


def applicability(capsys, *arguments: str) -> str:
    call_command("applicability", *arguments)
    return capsys.readouterr().out


@pytest.mark.parametrize(("day", "count", "grid"), [("2026-10-31", 32, "2019"), ("2026-11-01", 33, "2026")])
def test_one_profile_as_json(capsys, file, day, count, grid):
    rows = json.loads(applicability(capsys, "--audit-date", day, "--profile", file(PROFILE), "--format", "json"))
    assert (len(rows), {row["grid"] for row in rows}) == (count, {grid})
    assert {row["number"]: row["applicable"] for row in rows if row["applicable"] != "yes"} | {33: "no"} == {
        3: "no", 7: "no", 13: "unknown", 14: "no", 15: "no", 16: "no", 20: "no", 28: "unknown", 29: "no", 33: "no",
    }  # fmt: skip
    assert all(row["reason"] and row["source"] for row in rows)


def test_several_profiles_give_several_lists(capsys, file):
    found = json.loads(applicability(capsys, "--audit-date", "2026-11-01", "--profile", file([PROFILE, {}]), "--format", "json"))
    assert [len(rows) for rows in found] == [33, 33]


def test_a_table_has_a_line_per_indicator(capsys, file):
    lines = applicability(capsys, "--audit-date", "2026-11-01", "--profile", file(PROFILE)).splitlines()
    assert len(lines) == 34
    assert lines[13].split()[:3] == ["13", "à", "préciser"]


@pytest.mark.parametrize(
    ("day", "content", "sentence"),
    [
        ("1er novembre", PROFILE, "« 1er novembre » n'est pas une date : écrivez-la AAAA-MM-JJ."),
        ("2026-11-01", "{", "n'est pas du JSON : ligne 1, colonne 2."),
        ("2026-11-01", {"categories": ["XX"]}, "Catégories admises"),
        ("2026-11-01", [{}, {"certifying": "oui"}], "Profil 2 :"),
    ],
)
def test_what_cannot_be_read_is_said(file, day, content, sentence):
    with pytest.raises(CommandError) as refusal:
        call_command("applicability", "--audit-date", day, "--profile", file(content))
    assert (sentence in str(refusal.value), refusal.value.returncode) == (True, 2)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(CommandError, match="ne se lit pas"):
        call_command("applicability", "--audit-date", "2026-11-01", "--profile", str(tmp_path / "rien.json"))


@pytest.mark.django_db
def test_an_organisation_opens_from_the_command_line(capsys, file):
    call_command("create_organisation", "fil-nord", "--name", "Ateliers du Fil Nord", "--profile", file(PROFILE))
    organisation = Organisation.objects.get()
    assert (organisation.slug, organisation.name) == ("fil-nord", "Ateliers du Fil Nord")
    assert profile_of(organisation.profile) == Profile.from_data(PROFILE)
    assert json.loads(capsys.readouterr().out) == {"slug": "fil-nord", "name": "Ateliers du Fil Nord"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "content", "code"), [("fil nord", {}, 1), ("fil-nord", {"categories": "AF"}, 2), ("fil-nord", {"salariés": 3}, 2)]
)
def test_a_refused_organisation_leaves_nothing(file, slug, content, code):
    with pytest.raises(CommandError) as refusal:
        call_command("create_organisation", slug, "--name", "Nord", "--profile", file(content))
    assert (refusal.value.returncode, Organisation.objects.count()) == (code, 0)

"""``manage.py import_table --kind connections`` keeps a connection report as its page does."""

from __future__ import annotations

import io
import json
from datetime import date, time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from qualiopi.files.models import StoredFile
from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import EnrolmentFactory, HalfDayFactory, SessionFactory
from tests.harness.worlds import shared
from trainings.attendance.models import Connection, ConnectionReport
from trainings.sessions.models import SessionState

pytestmark = pytest.mark.django_db
FIELD = Path(__file__).parents[1] / "samples" / "field"
WAITING = FIELD / "a07_zoom_waiting_room.csv"
people = shared(cast.gather)


@pytest.fixture
def morning(people):
    """The morning of 2 February of the session S2, at a distance; Zoé and Luc are enrolled."""
    session = SessionFactory(
        organisation=people.organisation,
        reference="S2",
        starts_on=date(2026, 2, 2),
        ends_on=date(2026, 2, 6),
        state=SessionState.RUNNING,
        trainers=[people.trainer_record],
    )
    EnrolmentFactory(session=session, trainee__first_name="Zoé", trainee__last_name="Martin", trainee__email="zoe@exemple.fr")
    EnrolmentFactory(session=session, trainee__first_name="Luc", trainee__last_name="Petit")
    return HalfDayFactory(session=session, remote=True, starts_at=time(9), ends_at=time(12, 30))


def bring_in(morning, path: Path, *more: str, day: str = "2026-02-02", part: str = "morning") -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    named = ["--organisation", morning.organisation.slug, "--session", "S2", "--day", day, "--part", part]
    try:
        call_command("import_table", "--kind", "connections", *named, str(path), *more, stdout=out, stderr=err)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue().replace("\u00a0", " "), err.getvalue()


def kept() -> list[tuple[object, ...]]:
    return list(
        Connection.objects.order_by("seen_name").values_list(
            "report__tool", "report__half_day", "seen_name", "minutes", "kept_minutes", "waited_minutes", "enrolment", "stretches"
        )
    )


def test_the_command_and_the_page_keep_the_same(morning, people):
    code, out, _err = bring_in(morning, WAITING)
    by_command = kept()
    notes = ConnectionReport.objects.get().notes
    ConnectionReport.objects.all().delete()
    page = reverse("attendance:remote", args=[morning.organisation.slug, morning.pk])
    upload = SimpleUploadedFile(WAITING.name, WAITING.read_bytes())
    assert people.client(people.trainer).post(page, {"file": upload}).status_code == 302
    assert (code, kept(), ConnectionReport.objects.get().notes) == (0, by_command, notes)
    assert out.splitlines() == [
        "[à savoir] Relevé de connexion Zoom, 02/02/2026, matin : 2 vues, 2 reconnues. Vérifiez qui est qui sur la page du relevé, puis "
        "reportez-le sur l’émargement.",
        "[à savoir] Le temps passé en salle d’attente ne compte pas : Luc Petit (3 h 25).",
        "Luc Petit : 5 min retenues sur 7, 205 en salle d’attente ; c’est Luc Petit.",
        "Zoé Martin : 210 min retenues sur 217 ; c’est Zoé Martin.",
        "2 lignes : 2 nouvelles, 0 mises à jour, 0 inchangées, 0 cellules à corriger.",
        "Importé.",
    ]


def test_the_answer_as_json(morning):
    code, out, _err = bring_in(morning, WAITING, "--format", "json")
    answer = json.loads(out)
    assert (code, answer["written"], answer["rows"], answer["counts"]) == (0, True, 2, {"matched": 2, "unmatched": 0})
    assert [note["kind"] for note in answer["notes"]] == ["read_as", "left_out"]
    assert answer["lines"] == [
        {"name": "Luc Petit", "email": "", "minutes": "7", "kept": "5", "waited": "205", "trainee": "Luc Petit"},
        {
            "name": "Zoé Martin",
            "email": "zoe@exemple.fr",
            "minutes": "217",
            "kept": "210",
            "waited": "0",
            "trainee": "Zoé Martin",
        },
    ]


def test_a_dry_run_tells_the_same_and_keeps_nothing(morning):
    _code, wet, _err = bring_in(morning, WAITING)
    ConnectionReport.objects.all().delete()
    before = (StoredFile.objects.count(), Entry.objects.count(), sorted(Path(settings.MEDIA_ROOT).rglob("*")))
    code, dry, _err = bring_in(morning, WAITING, "--dry-run")
    assert (code, dry.splitlines()[:-1], dry.splitlines()[-1]) == (0, wet.splitlines()[:-1], "Rien n’est écrit.")
    assert ConnectionReport.objects.count() == 0
    assert (StoredFile.objects.count(), Entry.objects.count(), sorted(Path(settings.MEDIA_ROOT).rglob("*"))) == before


def test_a_file_that_is_no_report_of_this_half_day(morning):
    code, _out, err = bring_in(morning, FIELD / "a09_zoom_unique_users.csv")
    assert (code, err.startswith("Ce fichier est la liste des utilisateurs uniques de Zoom")) == (2, True)
    code, out, _err = bring_in(morning, FIELD / "web_teams_full_day.csv", "--format", "json")
    assert (code, json.loads(out)["error"].split(" : ")[0]) == (2, "Ce relevé est celui du 23/11/2026")
    assert ConnectionReport.objects.count() == 0


@pytest.mark.parametrize(
    ("day", "part", "sentence"),
    [
        (
            "2026-02-03",
            "afternoon",
            "La session S2 n’a pas de demi-journée le 3 février 2026, après-midi. Ses demi-journées : 02/02/2026, matin.",
        ),
        (
            "2026-02-02",
            "evening",
            "La session S2 n’a pas de demi-journée le 2 février 2026, soirée. Ses demi-journées : 02/02/2026, matin.",
        ),
    ],
)
def test_a_half_day_that_is_not_there_is_told_with_those_that_are(morning, day, part, sentence):
    with pytest.raises(CommandError) as refused:
        bring_in(morning, WAITING, day=day, part=part)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        (["--session", "S9", "--day", "2026-02-02", "--part", "morning"], "Aucune session n’a la référence « S9 »."),
        (["--session", "S2", "--part", "morning"], "Un relevé de connexion est celui d’une demi-journée"),
        (["--session", "S2", "--day", "2026-02-02"], "Un relevé de connexion est celui d’une demi-journée"),
        (["--day", "2026-02-02", "--part", "morning"], "Un relevé de connexion est celui d’une demi-journée"),
    ],
)
def test_the_half_day_has_to_be_named(morning, named, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("import_table", "--organisation", morning.organisation.slug, "--kind", "connections", *named, str(WAITING))


@pytest.mark.parametrize("option", [("--sheet", "Feuil1"), ("--column", "Nom=name")])
def test_what_serves_other_tables_is_refused(morning, option):
    with pytest.raises(CommandError, match="toutes les feuilles sont lues"):
        bring_in(morning, WAITING, *option)


def test_a_closed_session_takes_no_report(morning):
    session = morning.session
    session.state = SessionState.CANCELLED
    session.save()
    with pytest.raises(CommandError, match="Cette session a été annulée"):
        bring_in(morning, WAITING)

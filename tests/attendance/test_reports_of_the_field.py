"""Connection reports as people have them, one test each: what is seen, for how many minutes, who it is, and what is told."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import EnrolmentFactory, HalfDayFactory, SessionFactory
from trainings.attendance.models import ConnectionReport
from trainings.attendance.queries import minutes_by_person
from trainings.attendance.verbs import apply_report, file_report
from trainings.sessions.models import SessionState

pytestmark = pytest.mark.django_db
FIELD = Path(__file__).parents[1] / "samples" / "field"
FEBRUARY, NOVEMBER = date(2026, 2, 2), date(2026, 11, 23)


@pytest.fixture
def s2(people, clock):
    """A day at a distance in February and one in November, both over, with the people of the files enrolled under short names."""
    clock.at(18, day=NOVEMBER)
    session = SessionFactory(organisation=people.organisation, starts_on=FEBRUARY, ends_on=NOVEMBER, state=SessionState.RUNNING)
    half_days = {
        (day, part): HalfDayFactory(session=session, day=day, part=part, remote=True, starts_at=starts, ends_at=ends)
        for day in (FEBRUARY, NOVEMBER)
        for part, starts, ends in (("am", time(9), time(12, 30)), ("pm", time(13, 30), time(17)))
    }

    def enrol(first: str, last: str, email: str = "") -> object:
        return EnrolmentFactory(session=session, trainee__first_name=first, trainee__last_name=last, trainee__email=email)

    trainees = {
        "zoé": enrol("Zoé", "Martin", "zoe@exemple.fr"),
        "luc": enrol("Luc", "Petit", "luc@exemple.fr"),
        "ana": enrol("Ana", "Roux", "ana@exemple.fr"),
        "marie": enrol("Marie", "Martin"),
        "marie-hélène": enrol("Marie-Hélène", "Imaginé", "s26-033.1@exemple.fr"),
        "anaïs i.": enrol("Anaïs", "Inventaire"),
        "fatou": enrol("Fatou", "Modèle"),
        "anaïs r.": enrol("Anaïs", "Roussel-Fiction", "s26-033.4@exemple.fr"),
    }
    return SimpleNamespace(session=session, half_days=half_days, trainees=trainees, trainer=people.trainer)


def bring_in(s2, name: str, *, day: date = FEBRUARY, part: str = "am") -> ConnectionReport:
    upload = SimpleUploadedFile(name, (FIELD / name).read_bytes())
    return file_report(half_day=s2.half_days[day, part], upload=upload, actor=s2.trainer)


def minutes(s2, report: ConnectionReport) -> dict[str, int]:
    """Minutes of the half-day, by short name of who was recognised."""
    names = {enrolment.pk: name for name, enrolment in s2.trainees.items()}
    return {names[person]: kept for person, kept in minutes_by_person(report).items()}


def unmatched(report: ConnectionReport) -> dict[str, int]:
    return {each.seen_name: each.kept_minutes for each in report.connections.filter(enrolment=None)}


def told(report: ConnectionReport) -> list[str]:
    return [note["sentence"].replace("\u00a0", " ") for note in report.notes]


def refusal(s2, name: str) -> str:
    with pytest.raises(ValidationError) as refused:
        bring_in(s2, name)
    return refused.value.messages[0]


def test_a01_teams_fr_whole_day(s2):
    morning, afternoon = bring_in(s2, "a01_teams_fr_whole_day.csv"), bring_in(s2, "a01_teams_fr_whole_day.csv", part="pm")
    assert (morning.tool, told(morning), told(afternoon)) == ("Teams", [], [])
    assert minutes(s2, morning) == {"zoé": 210, "luc": 15}
    assert minutes(s2, afternoon) == {"zoé": 210, "luc": 210}


def test_a01_without_its_activities_never_more_in_all_than_told(s2, tmp_path):
    text = (FIELD / "a01_teams_fr_whole_day.csv").read_bytes().decode("utf-16")
    short = text[: text.index("3. Activités")].encode("utf-16")
    reports = [
        file_report(half_day=s2.half_days[FEBRUARY, part], upload=SimpleUploadedFile("court.csv", short), actor=s2.trainer)
        for part in ("am", "pm")
    ]
    assert [minutes(s2, report) for report in reports] == [{"zoé": 210, "luc": 112}, {"zoé": 210, "luc": 112}]
    for report in reports:
        assert told(report) == [
            "Luc Petit : de 9 h à 17 h, mais 3 h 45 en tout. Le relevé ne dit pas quand ; ces minutes sont partagées entre les "
            "demi-journées. Déposez le rapport avec les activités, ou corrigez."
        ]


def test_a03_teams_de(s2):
    report = bring_in(s2, "a03_teams_de.csv")
    assert (report.tool, minutes(s2, report), told(report)) == ("Teams", {"zoé": 210}, [])


def test_a07_zoom_waiting_room(s2):
    report = bring_in(s2, "a07_zoom_waiting_room.csv")
    assert (report.tool, minutes(s2, report)) == ("Zoom", {"zoé": 210, "luc": 5})
    assert told(report) == ["Le temps passé en salle d’attente ne compte pas : Luc Petit (3 h 25)."]


def test_web_zoom_waiting_room(s2):
    report = bring_in(s2, "web_zoom_waiting_room.csv", day=NOVEMBER)
    assert minutes(s2, report) == {"marie-hélène": 210, "anaïs i.": 5, "fatou": 0}
    assert told(report) == [
        "Fatou Modèle : 3 h 15 en salle d’attente, jamais dans la réunion. C’est une absence.",
        "Le temps passé en salle d’attente ne compte pas : Anaïs Inventaire (3 h 25).",
    ]
    apply_report(report=report, actor=s2.trainer, absent_too=True)
    marks = {mark.enrolment: str(mark.kind) for mark in s2.half_days[NOVEMBER, "am"].marks.all()}
    assert marks[s2.trainees["fatou"]] == "absent"
    assert marks[s2.trainees["anaïs i."]] == "present"


def test_a09_zoom_unique_users(s2):
    assert refusal(s2, "a09_zoom_unique_users.csv") == (
        "Ce fichier est la liste des utilisateurs uniques de Zoom : elle ne dit pas quand chacun était là. Dans le rapport des "
        "participants, décochez « Afficher les utilisateurs uniques » (Show unique users), puis exportez de nouveau."
    )


def test_a10_zoom_shared_email(s2):
    report = bring_in(s2, "a10_zoom_shared_email.csv")
    assert minutes(s2, report) == {"luc": 210, "ana": 60, "marie": 180}
    assert unmatched(report) == {"iPhone": 210}
    assert told(report) == [
        "L’adresse contact@pme.fr sert à 2 personnes (Luc Petit, Ana Roux) : chacune est comptée à part.",
        "Deux connexions en même temps, comptées une fois : Marie Martin. Deux appareils, ou deux personnes du même nom ? "
        "Vérifiez, et notez l’autre personne à la main.",
    ]


def test_a11_zoom_one_duration_missing(s2):
    report = bring_in(s2, "a11_zoom_one_duration_missing.csv")
    assert (report.tool, minutes(s2, report), report.connections.get().minutes) == ("Zoom", {"luc": 205}, 205)


def test_a12_google_meet(s2):
    report = bring_in(s2, "a12_google_meet.csv")
    assert (report.tool, minutes(s2, report), told(report)) == ("Google Meet", {"zoé": 210, "luc": 45}, [])


def test_a13_bbb(s2):
    report = bring_in(s2, "a13_bbb.csv")
    assert (report.tool, minutes(s2, report), told(report)) == ("BigBlueButton", {"zoé": 210, "luc": 180}, [])


def test_a16_zoom_webinar(s2):
    report = bring_in(s2, "a16_zoom_webinar.csv")
    assert (report.tool, minutes(s2, report)) == ("Zoom", {"zoé": 210, "luc": 210})
    assert told(report) == ["Une personne inscrite n’est pas venue, dit l’outil : Ana Roux."]


def test_web_teams_full_day(s2):
    morning = bring_in(s2, "web_teams_full_day.csv", day=NOVEMBER)
    afternoon = bring_in(s2, "web_teams_full_day.csv", day=NOVEMBER, part="pm")
    assert [minutes(s2, report) for report in (morning, afternoon)] == [{"anaïs r.": 15}, {"anaïs r.": 180}]
    assert (morning.tool, told(morning), told(afternoon)) == ("Teams", [], [])


def test_an_address_and_a_name_that_contradict_each_other_are_left_to_the_hand(s2):
    content = (FIELD / "a11_zoom_one_duration_missing.csv").read_bytes().replace(b"Luc Petit", b"Ana Roux")
    report = file_report(half_day=s2.half_days[FEBRUARY, "am"], upload=SimpleUploadedFile("r.csv", content), actor=s2.trainer)
    assert (unmatched(report), told(report)) == (
        {"Ana Roux": 205},
        ["Ana Roux : l’adresse luc@exemple.fr est celle de Luc Petit. Dites qui c’est."],
    )

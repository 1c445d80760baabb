"""Reports of Zoom and Teams: who was connected, who they are, what goes on the register, what is followed up."""

from __future__ import annotations

import io
import uuid
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse

from qualiopi.exchange.reading import UnreadableFile
from qualiopi.files.errors import Reason, RefusedFile
from tests.attendance.conftest import PARIS
from tests.factories import ConnectionFactory, ConnectionReportFactory, EnrolmentFactory, HalfDayFactory
from trainings.attendance.models import Connection, ConnectionReport, FollowUp, Mark
from trainings.attendance.queries import followed_minutes, minutes_by_person, to_follow, whole_registers
from trainings.attendance.reports import read_report, union_minutes
from trainings.attendance.verbs import (
    Applied,
    Said,
    apply_report,
    correct,
    declare,
    file_report,
    match_report,
    note_follow_up,
    sign,
)

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parents[1] / "samples"
ZOOM, TEAMS = SAMPLES / "zoom_participants_report.csv", SAMPLES / "teams_attendance_utf16le.csv"


@pytest.fixture
def remote(room, clock):
    """The morning of 2 February 2026 at a distance, of which both samples tell; it is over."""
    clock.at(18)
    morning = HalfDayFactory(session=room.session, day=date(2026, 2, 2), remote=True)
    zoe = EnrolmentFactory(
        session=room.session, trainee__first_name="Zoé", trainee__last_name="Martin", trainee__email="zoe.martin@exemple.fr"
    )
    return room, morning, zoe


def upload(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes())


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 2, 2, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("stretches", "minutes"),
    [
        ([], 0),
        ([(at(9), at(10))], 60),
        ([(at(8), at(13))], 210),
        ([(at(9), at(10)), (at(9, 30), at(10, 30))], 90),
        ([(at(11), at(12)), (at(9), at(10)), (at(9), at(12))], 180),
        ([(at(7), at(8)), (at(13), at(14))], 0),
    ],
)
def test_overlapping_connections_count_once_within_the_half_day(stretches, minutes):
    assert union_minutes(stretches, at(9), at(12, 30)) == minutes


def test_the_report_of_zoom_is_read_and_matched(remote):
    room, morning, zoe = remote
    report = file_report(half_day=morning, upload=upload(ZOOM), actor=room.people.trainer)
    assert report.tool == "Zoom"
    seen = {each.seen_name: (each.enrolment, each.minutes, each.kept_minutes) for each in report.connections.all()}
    assert seen == {
        "Anaïs (Anaïs Lefèvre)": (room.anais, 208, 207),
        "Zoé Martin": (zoe, 217, 210),
        "iPhone de José": (None, 21, 21),
    }


def test_the_report_of_teams_is_read_and_matched(remote):
    room, morning, zoe = remote
    report = file_report(half_day=morning, upload=upload(TEAMS), actor=room.people.trainer)
    assert report.tool == "Teams"
    seen = {each.seen_name: (each.enrolment, each.kept_minutes) for each in report.connections.all()}
    assert seen == {"Lefèvre Anaïs": (room.anais, 207), "Zoé Martin": (zoe, 210)}


@pytest.mark.parametrize(
    ("day", "joined", "left"),
    [
        (date(2026, 3, 11), "03/11/2026 09:00:00 AM", "03/11/2026 10:00:00 AM"),
        (date(2026, 3, 11), "11/03/2026 09:00:00", "11/03/2026 10:00:00"),
        (date(2026, 10, 26), "10/26/2026 09:00:00 AM", "10/26/2026 10:00:00 AM"),
        (date(2026, 10, 26), '"10/26/26, 9:00:00 AM"', '"10/26/26, 10:00:00 AM"'),
        (date(2026, 10, 26), '"Oct 26, 2026 09:00:00 AM"', '"Oct 26, 2026 10:00:00 AM"'),
        (date(2026, 10, 26), "26 oct. 2026 à 09:00:00", "26 oct. 2026 à 10:00:00"),
        (date(2026, 10, 26), "26/10/2026 à 09:00", "26/10/2026 à 10:00"),
        (date(2026, 10, 26), "2026-10-26 09:00:00", "2026-10-26T10:00:00"),
        (date(2026, 10, 26), "2026-10-26T08:00:00Z", "2026-10-26T09:00:00Z"),
    ],
)
def test_the_hours_of_tools_are_read_whatever_the_country_of_the_account(room, clock, day, joined, left):
    half_day = HalfDayFactory(session=room.session, day=day)
    text = f"Name,Join Time,Leave Time\nZoé Martin,{joined},{left}\n"
    stretch = read_report(io.BytesIO(text.encode()), half_day).people[0].stretches[0]
    assert stretch == (datetime(*day.timetuple()[:3], 9, tzinfo=PARIS), datetime(*day.timetuple()[:3], 10, tzinfo=PARIS))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Nom,Prix\nA,12\nB,13\n", "n’est pas un relevé de connexion"),
        ("Name,Join Time,Leave Time\n", "montre personne"),
        ("Name,Join Time,Leave Time\nZoé,02/02/2026 14:00:00,02/02/2026 15:00:00\n", "celui du 02/02/2026"),
        ("Name,Join Time,Leave Time\nZoé,hier,demain\n", "montre personne"),
    ],
)
def test_another_file_is_refused_with_what_to_do(remote, content, said):
    room, morning, _zoe = remote
    with pytest.raises(UnreadableFile, match=said):
        read_report(io.BytesIO(content.encode()), morning)
    with pytest.raises(ValidationError):
        file_report(half_day=morning, upload=SimpleUploadedFile("r.csv", content.encode()), actor=room.people.trainer)
    assert ConnectionReport.objects.count() == 0


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason.MACROS, "Enregistrez-le au format XLSX, sans macros"),
        (Reason.LOCKED, "mot de passe"),
        (Reason.UNKNOWN, "Déposez un fichier CSV, XLSX, XLS ou ODS"),
    ],
)
def test_a_report_that_cannot_be_kept_is_spoken_of_as_a_table(remote, monkeypatch, reason, said):
    room, morning, _zoe = remote

    def refuse(**_given):
        raise RefusedFile("Le document est refusé.", reason)

    monkeypatch.setattr("trainings.attendance.verbs.remote.receive", refuse)
    with pytest.raises(ValidationError) as caught:
        file_report(half_day=morning, upload=upload(ZOOM), actor=room.people.trainer)
    assert (said in caught.value.message_dict["file"][0], "document" in caught.value.message_dict["file"][0]) == (True, False)


def test_who_left_and_came_back_is_shown_with_each_stay(remote):
    room, morning, _zoe = remote
    day = f"{morning.day:%d/%m/%Y}"
    text = f"Name,Join Time,Leave Time\nKarim Benali,{day} 09:00:00,{day} 10:15:00\nKarim Benali,{day} 10:20:00,{day} 12:30:00\n"
    report = file_report(half_day=morning, upload=SimpleUploadedFile("r.csv", text.encode()), actor=room.people.trainer)
    connection = report.connections.get()
    connection.enrolment = room.karim
    connection.save()
    part = whole_registers([room.session], until=morning.day)[room.session.pk].parts[0]
    text = " ".join(render_to_string("attendance/_whole_part.html", {"part": part}).split())
    assert "9 h – 10 h 15, 10 h 20 – 12 h 30" in text


def test_two_people_of_one_name_are_left_to_the_hand(remote):
    room, morning, _zoe = remote
    EnrolmentFactory(session=room.session, trainee__first_name="Anaïs", trainee__last_name="Lefèvre")
    report = file_report(half_day=morning, upload=upload(TEAMS), actor=room.people.trainer)
    assert report.connections.get(seen_name="Lefèvre Anaïs").enrolment is None


def test_a_hand_correction_then_the_register(remote):
    room, morning, zoe = remote
    sign(half_day=morning, enrolment=zoe, said=Said(method="confirmed", once=uuid.uuid4(), reason="Oubli"))
    report = file_report(half_day=morning, upload=upload(ZOOM), actor=room.people.trainer)
    jose = report.connections.get(seen_name="iPhone de José")
    match_report(report=report, chosen={jose.pk: (room.karim.pk, 21)}, actor=room.people.trainer)
    jose.refresh_from_db()
    assert (jose.enrolment, jose.by_hand) == (room.karim, True)
    done = apply_report(report=report, actor=room.people.trainer)
    assert (done.present, done.completed, done.absent) == (2, 1, 0)
    assert followed_minutes(room.session) == {zoe.pk: 210, room.anais.pk: 207, room.karim.pk: 21}
    assert Mark.objects.get(supersedes__isnull=False).reason == "Relevé de connexion Zoom"
    for again in (
        lambda: apply_report(report=report, actor=room.people.trainer),
        lambda: match_report(report=report, chosen={}, actor=room.people.trainer),
    ):
        with pytest.raises(ValidationError):
            again()
    gap = to_follow(room.session)
    assert [(each.enrolment, str(each.subject), each.detail) for each in gap] == [(room.karim, "remote_gap", "21 / 210 min")]
    # Said by hand to have followed a little more, it is still a gap; nearly the whole half-day, no longer one.
    line = Mark.objects.get(enrolment=room.karim)
    line = correct(mark=line, kind="present", minutes=100, reason="Suivi par téléphone", actor=room.people.trainer)
    assert [each.detail for each in to_follow(room.session)] == ["100 / 210 min"]
    correct(mark=line, kind="present", minutes=190, reason="Le relevé de l’opérateur le montre", actor=room.people.trainer)
    assert to_follow(room.session) == []


def test_somebody_who_came_late_into_the_room_is_no_gap_at_a_distance(room, clock):
    absent = declare(half_day=room.morning, enrolment=room.karim, kind="absent", actor=room.people.trainer)
    correct(mark=absent, kind="present", minutes=60, reason="Arrivé à 11 h 30", actor=room.people.trainer)
    assert to_follow(room.session) == []


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (Applied(1, 0, 0), "une présence."),
        (Applied(2, 1, 0), "2 présences, une signature complétée."),
        (Applied(0, 0, 3), "3 absences."),
        (Applied(0, 0, 0), "tout était déjà noté."),
    ],
)
def test_what_a_report_added_is_told(remote, monkeypatch, done, said):
    room, morning, _zoe = remote
    report = file_report(half_day=morning, upload=upload(ZOOM), actor=room.people.trainer)
    monkeypatch.setattr("trainings.attendance.views.remote.apply_report", lambda **told: done)
    browser = room.people.client(room.people.trainer)
    browser.post(reverse("attendance:report", args=[room.organisation.slug, report.pk]), {"go": "apply"})
    page = browser.get(reverse("attendance:half_day", args=[room.organisation.slug, morning.pk])).content.decode()
    assert f"Le relevé est reporté : {said}" in page.replace("\u00a0", " ")


def test_who_is_not_in_the_report_may_be_noted_absent(remote):
    room, morning, zoe = remote
    declare(half_day=morning, enrolment=zoe, kind="excused", reason="Malade", actor=room.people.trainer)
    report = file_report(half_day=morning, upload=upload(TEAMS), actor=room.people.trainer)
    done = apply_report(report=report, actor=room.people.trainer, absent_too=True)
    # Zoé was said to be excused: what a person said is left as it is.
    assert (done.present, done.completed, done.absent) == (1, 0, 1)
    assert Mark.objects.get(kind="absent").enrolment == room.karim


def test_two_devices_of_one_person_count_once(room, clock):
    half_day = HalfDayFactory(session=room.session, day=date(2026, 2, 2), remote=True)
    report = ConnectionReportFactory(half_day=half_day)
    ConnectionFactory(report=report, enrolment=room.karim, joined_at=at(9), left_at=at(11), minutes=120, kept_minutes=120)
    ConnectionFactory(report=report, enrolment=room.karim, joined_at=at(10), left_at=at(12), minutes=120, kept_minutes=120)
    assert minutes_by_person(report) == {room.karim.pk: 180}


def test_two_devices_of_one_person_count_once_whoever_said_whose_they_are(room, clock):
    half_day = HalfDayFactory(session=room.session, day=date(2026, 2, 2), remote=True)
    report = ConnectionReportFactory(half_day=half_day)
    computer = ConnectionFactory(
        report=report, enrolment=room.karim, joined_at=at(9), left_at=at(12), minutes=180, kept_minutes=180
    )
    telephone = ConnectionFactory(report=report, joined_at=at(10), left_at=at(12), minutes=120, kept_minutes=120)
    match_report(report=report, chosen={telephone.pk: (room.karim.pk, 120)}, actor=room.people.trainer)
    assert minutes_by_person(report) == {room.karim.pk: 180}
    # Minutes that somebody types are theirs to add, up to the half-day.
    match_report(report=report, chosen={telephone.pk: (room.karim.pk, 20)}, actor=room.people.trainer)
    assert minutes_by_person(report) == {room.karim.pk: 200}
    match_report(report=report, chosen={computer.pk: (None, 180)}, actor=room.people.trainer)
    assert minutes_by_person(report) == {room.karim.pk: 20}


@pytest.mark.parametrize(("who", "minutes"), [("other", 10), ("karim", 211), ("karim", -1)])
def test_a_correction_that_cannot_be_is_refused(remote, who, minutes):
    room, morning, _zoe = remote
    report = file_report(half_day=morning, upload=upload(ZOOM), actor=room.people.trainer)
    jose = report.connections.get(seen_name="iPhone de José")
    person = room.karim if who == "karim" else EnrolmentFactory()
    with pytest.raises(ValidationError):
        match_report(report=report, chosen={jose.pk: (person.pk, minutes)}, actor=room.people.trainer)
    jose.refresh_from_db()
    assert (jose.enrolment, jose.by_hand) == (None, False)


def test_the_pages_go_from_the_file_to_the_register(remote):
    room, morning, _zoe = remote
    browser = room.people.client(room.people.trainer)
    here = reverse("attendance:remote", args=[room.organisation.slug, morning.pk])
    wrong = browser.post(here, {"file": SimpleUploadedFile("r.csv", b"Nom,Prix\nA,12\n")})
    assert (wrong.status_code, "n’est pas un relevé de connexion" in wrong.content.decode()) == (422, True)
    page = browser.post(here, {"file": upload(ZOOM)}).url
    text = browser.get(page).content.decode()
    assert "<b>Une personne vue</b> n’est rapprochée de personne." in text
    jose = Connection.objects.get(seen_name="iPhone de José")
    bad = browser.post(page, {f"who-{jose.pk}": str(room.karim.pk), f"minutes-{jose.pk}": "beaucoup"}, follow=True)
    assert "Les minutes s’écrivent en chiffres" in bad.content.decode()
    browser.post(page, {f"who-{jose.pk}": str(room.karim.pk), f"minutes-{jose.pk}": "20", "go": "keep"})
    assert Mark.objects.count() == 0
    browser.post(page, {"go": "apply", "absent": "1"})
    assert Mark.objects.count() == 3
    assert "Reporté sur l’émargement le 20 novembre 2026." in browser.get(page).content.decode()


def test_absences_are_followed_up(room, clock):
    declare(half_day=room.morning, enrolment=room.karim, kind="absent", actor=room.people.trainer)
    declare(half_day=room.afternoon, enrolment=room.karim, kind="absent", actor=room.people.trainer)
    declare(half_day=room.morning, enrolment=room.anais, kind="excused", reason="Malade", actor=room.people.trainer)
    room.anais.state, room.anais.ended_on, room.anais.end_reason = "abandoned", room.morning.day, "Nouvel emploi"
    room.anais.save()
    waiting = to_follow(room.session)
    assert [(each.enrolment, str(each.subject), each.detail) for each in waiting] == [
        (room.anais, "interruption", "Nouvel emploi"),
        (room.karim, "absence", ""),
    ]
    browser = room.people.client(room.people.trainer)
    page = reverse("attendance:follow_ups", args=[room.organisation.slug, room.session.pk])
    assert "<b>2 absences ou écarts</b> attendent un contact." in browser.get(page).content.decode()
    form = reverse("attendance:follow_up", args=[room.organisation.slug, room.karim.pk])
    sent = {
        "subject": "absence",
        "event_on": "2026-11-20",
        "contacted_on": "2026-11-20",
        "reason": "Panne",
        "action": "Rattrape lundi",
    }
    assert 'value="2026-11-20"' in browser.get(f"{form}?subject=absence&event_on=2026-11-20").content.decode()
    assert browser.post(form, sent | {"contacted_on": "2026-11-21"}).status_code == 422
    assert browser.post(form, sent | {"contacted_on": "2026-11-19"}).status_code == 422
    assert browser.post(form, sent | {"action": " "}).status_code == 422
    assert browser.post(form, sent).url == page
    assert (FollowUp.objects.get().made_by, FollowUp.objects.get().reason) == (room.people.trainer, "Panne")
    assert [str(each.subject) for each in to_follow(room.session) if each.done is None] == ["interruption"]


def test_what_is_to_follow_costs_the_same_whatever_its_number(room, clock, django_assert_num_queries):
    def absent(number: int) -> None:
        for _ in range(number):
            person = EnrolmentFactory(session=room.session)
            declare(half_day=room.morning, enrolment=person, kind="absent", actor=room.people.trainer)
            note_follow_up(
                enrolment=person, subject="absence", event_on=room.morning.day, contacted_on=room.morning.day,
                action="Appelé", actor=room.people.trainer,
            )  # fmt: skip

    for number in (1, 3):
        absent(number)
        with django_assert_num_queries(3):
            to_follow(room.session)

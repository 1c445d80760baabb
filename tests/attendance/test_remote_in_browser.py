"""Reports brought in by hand in a real browser: from the file to the hours of the certificate, and what is told on the way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from tests.factories import EnrolmentFactory, HalfDayFactory
from tests.harness.browser import assert_good_at_all_widths
from trainings.attendance.models import Connection, Mark
from trainings.attendance.queries import followed_minutes
from trainings.documents.models import DocumentKind
from trainings.documents.queries.contexts import drafts_of
from trainings.documents.queries.targets import targets_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def zoe(room, clock):
    clock.at(18)
    return EnrolmentFactory(
        session=room.session, trainee__first_name="Zoé", trainee__last_name="Martin", trainee__email="zoe.martin@exemple.fr"
    )


def bring_in(page, room, half_day, name: str) -> None:
    """From the page of a half-day, choose a report and have it read."""
    page.goto(reverse("attendance:half_day", args=[room.organisation.slug, half_day.pk]))
    page.get_by_role("link", name="Importer un relevé de connexion").click()
    page.set_input_files("input[type=file]", SAMPLES / name)
    page.get_by_role("button", name="Lire ce relevé").click()
    page.get_by_role("heading", name="Qui est qui dans ce relevé ?").wait_for()


def test_the_report_of_zoom_reaches_the_certificate_with_one_person_matched_by_hand(room, zoe, open_page):
    half_day = HalfDayFactory(session=room.session, day=date(2026, 2, 2), remote=True)
    page = open_page(room.people.trainer, width=360)
    bring_in(page, room, half_day, "zoom_participants_report.csv")
    page.get_by_text("Une personne vue n’est rapprochée de personne.").wait_for()
    # What is to be decided comes first.
    assert page.locator("tbody th").first.inner_text() == "iPhone de José"
    assert_good_at_all_widths(page)
    page.get_by_label("Qui est iPhone de José").select_option(label="Karim Belaïd")
    page.get_by_role("button", name="Reporter sur l’émargement").click()
    page.get_by_text("Le relevé est reporté").wait_for()
    assert Connection.objects.get(by_hand=True).enrolment == room.karim
    assert followed_minutes(room.session) == {zoe.pk: 210, room.anais.pk: 207, room.karim.pk: 21}
    page.get_by_role("link", name="Corriger Karim Belaïd").click()
    page.get_by_role("link", name="Relevé de connexion").wait_for()
    assert_good_at_all_widths(page)
    page.get_by_label("Minutes suivies").fill("45")
    page.get_by_label("Motif de la correction").fill("Suivi au téléphone après la panne")
    page.get_by_role("button", name="Ajouter la correction").click()
    page.get_by_text("La correction est notée").wait_for()
    page.get_by_role("link", name="Corriger Karim Belaïd").click()
    history = page.get_by_role("region", name="Ce qui est noté").get_by_role("listitem")
    assert history.count() == 2
    assert "Présent, 21 min" in history.first.inner_text().replace("\u00a0", " ")
    assert "Présent, 45 min" in history.last.inner_text().replace("\u00a0", " ")
    targets = targets_of(room.session, DocumentKind.COMPLETION)
    hours = {
        str(draft.target.enrolment.trainee): draft.context["realisation"]["duree"].replace("\u00a0", " ")
        for draft in drafts_of(room.session, DocumentKind.COMPLETION, targets, style=None)
    }
    # Three half-days of the four that fourteen hours make: the certificate says what its hours rest on.
    rest = "(émargement tenu pour 10 h 30 seulement, sur les 14 h de la session)"
    assert hours == {"Zoé Martin": f"3 h 30 {rest}", "Anaïs Lefèvre": f"3 h 27 {rest}", "Karim Belaïd": f"45 min {rest}"}


def test_the_report_of_teams_notes_the_others_absent(room, zoe, open_page):
    half_day = HalfDayFactory(session=room.session, day=date(2026, 2, 2), remote=True)
    page = open_page(room.people.trainer, width=360)
    bring_in(page, room, half_day, "teams_attendance_utf16le.csv")
    page.get_by_text("Chacun est reconnu : vérifiez, puis reportez.").wait_for()
    page.get_by_label("Noter absentes les personnes").check()
    page.get_by_role("button", name="Reporter sur l’émargement").click()
    page.get_by_text("Le relevé est reporté").wait_for()
    assert {mark.enrolment: (mark.kind, mark.minutes) for mark in Mark.objects.all()} == {
        zoe: ("present", 210),
        room.anais: ("present", 207),
        room.karim: ("absent", None),
    }


def test_what_a_report_leaves_out_is_told_beside_it(room, open_page, clock):
    clock.at(18, day=date(2026, 11, 23))
    half_day = HalfDayFactory(session=room.session, day=date(2026, 11, 23), remote=True)
    fatou = EnrolmentFactory(session=room.session, trainee__first_name="Fatou", trainee__last_name="Modèle")
    page = open_page(room.people.trainer, width=360)
    bring_in(page, room, half_day, "field/web_zoom_waiting_room.csv")
    told = page.get_by_text("À savoir").locator("xpath=..").get_by_role("listitem")
    assert [text.replace("\u00a0", " ").replace("\u202f", " ") for text in told.all_inner_texts()] == [
        "Fatou Modèle : 3 h 15 en salle d’attente, jamais dans la réunion. C’est une absence.",
        "Le temps passé en salle d’attente ne compte pas : Anaïs Inventaire (3 h 25).",
    ]
    assert_good_at_all_widths(page)
    page.get_by_label("Qui est Anaïs Inventaire").select_option(label="Anaïs Lefèvre")
    page.get_by_label("Noter absentes les personnes").check()
    page.get_by_role("button", name="Reporter sur l’émargement").click()
    page.get_by_text("Le relevé est reporté").wait_for()
    kinds = {mark.enrolment: str(mark.kind) for mark in Mark.objects.filter(half_day=half_day)}
    assert kinds == {fatou: "absent", room.karim: "absent", room.anais: "present"}

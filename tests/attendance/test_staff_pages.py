"""The register as the team sees it, and what a trainer does with a half-day."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from qualiopi.journal.models import Entry
from tests.answers import on_one_line
from tests.attendance.conftest import DRAWING
from tests.factories import EnrolmentFactory, HalfDayFactory, MarkFactory, SessionFactory
from tests.files.made import pdf
from trainings.attendance.models import Mark
from trainings.attendance.queries import sheet
from trainings.attendance.verbs import Said, countersign, declare, sign
from trainings.sessions.models import EnrolmentLink

pytestmark = pytest.mark.django_db
PDF = pdf()


@pytest.fixture
def browser(room, clock):
    return room.people.client(room.people.trainer)


def url(room, name: str, *rows) -> str:
    return reverse(f"attendance:{name}", args=[room.organisation.slug, *(row.pk for row in rows)])


def test_the_grid_says_who_signed_who_did_not_and_what_is_to_come(room, browser):
    sign(
        half_day=room.morning,
        enrolment=room.karim,
        said=Said(method="drawn", once=uuid.uuid4(), drawing=DRAWING, reason="Réseau coupé"),
    )
    declare(half_day=room.morning, enrolment=room.anais, kind="absent", actor=room.people.trainer)
    countersign(half_day=room.morning, trainer=room.trainer, actor=room.people.trainer, once=uuid.uuid4())
    HalfDayFactory(session=room.session, day=date(2026, 11, 27))
    text = on_one_line(browser.get(url(room, "session", room.session)))
    assert "<b>2 présences ou absences notées</b> sur 4." in text
    assert "Une demi-journée reste à contresigner." in text
    assert "1 sur 2, une absence" in text
    assert text.count("à signer</b>") == 2
    assert len(re.findall("> ?à venir ?</span>", text)) == 2 + 1
    assert DRAWING in text
    assert "3 lignes au registre" in text


@pytest.mark.parametrize("size", [1, 3])
def test_the_grid_costs_the_same_whatever_its_size(room, clock, django_assert_num_queries, size):
    manager = room.people.client(room.people.training_manager)
    for number in range(size):
        half_day = HalfDayFactory(session=room.session, day=room.session.starts_on - timedelta(days=number + 1))
        person = EnrolmentFactory(session=room.session)
        sign(half_day=half_day, enrolment=person, said=Said(method="confirmed", once=uuid.uuid4(), reason="Oubli"))
        countersign(half_day=half_day, trainer=room.trainer, actor=room.people.trainer, once=uuid.uuid4())
    manager.get(url(room, "session", room.session))
    with django_assert_num_queries(QUERIES):
        assert manager.get(url(room, "session", room.session)).status_code == 200


QUERIES = 17


def test_a_trainer_sees_only_their_own_register(room, browser):
    other = SessionFactory(organisation=room.organisation, reference="S26-SECRET")
    half_day, person = HalfDayFactory(session=other), EnrolmentFactory(session=other)
    for address in (
        url(room, "session", other),
        url(room, "half_day", half_day),
        url(room, "display", half_day),
        url(room, "pass_round", half_day),
        url(room, "sign_for", half_day, person),
        url(room, "sheet", other),
    ):
        assert browser.get(address).status_code == 404
    assert browser.get(url(room, "sign_for", room.afternoon, person)).status_code == 404


def test_the_device_goes_from_hand_to_hand(room, browser):
    names = browser.get(url(room, "pass_round", room.afternoon)).content.decode()
    assert names.index("Karim Belaïd") < names.index("Anaïs Lefèvre")
    page = url(room, "sign_for", room.afternoon, room.karim)
    assert '<h1 class="tour__nom" data-person-name>Karim Belaïd</h1>' in on_one_line(browser.get(page))
    answer = browser.post(page, {"once": uuid.uuid4(), "drawing": DRAWING, "kind": "present"})
    assert answer.url == url(room, "pass_round", room.afternoon)
    mark = Mark.objects.get()
    assert (mark.enrolment, mark.method, mark.made_by, mark.drawing) == (room.karim, "passed_round", room.people.trainer, DRAWING)
    again = browser.post(page, {"once": uuid.uuid4(), "drawing": DRAWING, "kind": "present"})
    assert (again.status_code, "C’est déjà signé" in again.content.decode()) == (409, True)
    words = browser.post(page, {"once": uuid.uuid4(), "drawing": "M1 1"}, headers={"accept": "application/json"})
    assert (words.status_code, words.json()["field"]) == (422, "drawing")


def test_a_trainer_countersigns_and_the_second_is_told(room, browser):
    page = url(room, "half_day", room.morning)
    assert "J’ai animé, je contresigne" in browser.get(page).content.decode()
    browser.post(page, {"once": uuid.uuid4(), "drawing": DRAWING, "kind": "present"})
    assert "<b>Yann Le Goff</b> a contresigné le 20 novembre 2026 à 15\u00a0h." in browser.get(page).content.decode()
    second = browser.post(page, {"once": uuid.uuid4()}, headers={"accept": "application/json"})
    assert second.status_code == 409
    assert "Yann Le Goff a déjà contresigné" in second.json()["message"]
    manager = room.people.client(room.people.training_manager)
    manager.post(url(room, "half_day", room.afternoon), {"once": uuid.uuid4()})
    assert Mark.objects.filter(kind="countersigned").count() == 1


def test_an_absence_is_noted_then_corrected(room, browser):
    browser.post(url(room, "declare", room.morning, room.karim), {"kind": "absent", "reason": ""})
    mark = Mark.objects.get()
    page = url(room, "correct", mark)
    assert "ligne 1" in browser.get(page).content.decode()
    assert browser.post(page, {"kind": "present", "reason": ""}).status_code == 422
    assert browser.post(page, {"kind": "present", "minutes": "150", "reason": "Arrivé à 10 h"}).status_code == 302
    corrected = Mark.objects.get(supersedes=mark)
    assert (corrected.kind, corrected.minutes, corrected.reason) == ("present", 150, "Arrivé à 10 h")
    late = browser.post(page, {"kind": "absent", "reason": "Erreur"})
    assert late.status_code == 422
    assert "vient d’être corrigée" in late.content.decode()
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert sorted(verbs) == ["attendance.corrected", "attendance.declared"]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("closed", "La session est close : son émargement ne change plus."),
        ("cancelled", "Cette session ne se signe plus."),
        ("postponed", "Cette session ne se signe plus."),
    ],
)
def test_a_register_that_no_longer_changes_is_read_and_nothing_is_offered(room, browser, state, said):
    sign(
        half_day=room.morning, enrolment=room.karim, said=Said(method="drawn", once=uuid.uuid4(), drawing=DRAWING, reason="Oubli")
    )
    room.session.state = state
    room.session.save()
    register = browser.get(url(room, "session", room.session)).content.decode()
    half_day = browser.get(url(room, "half_day", room.morning)).content.decode()
    line = browser.get(url(room, "correct", Mark.objects.get())).content.decode()
    for offered in ("Envoyer les liens", "Déposer une feuille", "Demander la signature", "Contresigner</a>"):
        assert offered not in register
    assert url(room, "follow_ups", room.session) in register
    assert said in half_day
    assert "Personne n’a contresigné, et le registre ne change plus." in half_day
    assert "Cette session ne se signe plus." in browser.get(url(room, "pass_round", room.morning)).content.decode()
    assert "Noter une absence" not in half_day
    assert url(room, "correct", Mark.objects.get()) in half_day
    assert "Le registre de cette session ne change plus" in line
    assert "Ajouter la correction" not in line
    assert "ligne 1" in line


def test_a_scanned_sheet_notes_everybody_it_bears(room, browser):
    sign(
        half_day=room.morning, enrolment=room.karim, said=Said(method="drawn", once=uuid.uuid4(), drawing=DRAWING, reason="Oubli")
    )
    page = url(room, "sheet", room.session)
    assert browser.get(page).status_code == 200
    sent = {
        "file": SimpleUploadedFile("feuille.pdf", PDF, "application/pdf"),
        "half_days": [room.morning.pk, room.afternoon.pk],
        "enrolments": [room.karim.pk, room.anais.pk],
        "trainer": room.trainer.pk,
    }
    assert browser.post(page, sent).status_code == 302
    added = Mark.objects.filter(method="sheet").order_by("number")
    assert [(mark.kind, mark.half_day, mark.enrolment) for mark in added] == [
        ("present", room.morning, room.anais),
        ("present", room.afternoon, room.karim),
        ("present", room.afternoon, room.anais),
        ("countersigned", room.morning, None),
        ("countersigned", room.afternoon, None),
    ]
    assert browser.get(url(room, "scanned", added[0])).getvalue() == PDF
    sent["file"] = SimpleUploadedFile("feuille.pdf", PDF, "application/pdf")
    again = browser.post(page, sent)
    assert (again.status_code, "déjà noté" in again.content.decode()) == (422, True)
    sent["file"] = SimpleUploadedFile("feuille.exe", b"MZ not a sheet", "application/pdf")
    assert browser.post(page, sent).status_code == 422
    assert Mark.objects.count() == 6


def test_everybody_gets_their_own_link_once(room, browser):
    room.anais.trainee.email = ""
    room.anais.trainee.save()
    browser.post(url(room, "send_links", room.session))
    assert [message.to for message in mail.outbox] == [[room.karim.trainee.email]]
    assert "/e/" in mail.outbox[0].body
    page = browser.get(url(room, "session", room.session)).content.decode()
    assert "Sans adresse e-mail : Anaïs Lefèvre." in page
    browser.post(url(room, "send_links", room.session))
    assert len(mail.outbox) == 1
    browser.post(url(room, "send_links", room.session), {"again": "1"})
    assert len(mail.outbox) == 2
    room.session.state = "cancelled"
    room.session.save()
    browser.post(url(room, "send_links", room.session), {"again": "1"})
    assert len(mail.outbox) == 2


def test_only_who_still_has_to_sign_is_asked(room, browser, clock):
    MarkFactory(half_day=room.morning, enrolment=room.anais)
    MarkFactory(half_day=room.afternoon, enrolment=room.anais)
    MarkFactory(half_day=room.morning, enrolment=room.karim)
    for _time in range(2):
        browser.post(url(room, "send_links", room.session), {"waiting": "1"})
    assert [message.to for message in mail.outbox] == [[room.karim.trainee.email]] * 2


def test_a_mail_server_that_is_down_leaves_every_link_to_be_sent(room, browser, dead_postbox):
    answer = browser.post(url(room, "send_links", room.session), follow=True).content.decode()
    assert "Le serveur de messagerie ne répond pas : recommencez dans un moment." in answer
    assert EnrolmentLink.objects.filter(enrolment__session=room.session).exclude(sent_at=None).count() == 0


def test_the_sheet_is_what_the_register_says(room, clock, django_assert_num_queries):
    first = sign(
        half_day=room.morning, enrolment=room.karim, said=Said(method="drawn", once=uuid.uuid4(), drawing=DRAWING, reason="Oubli")
    )
    declare(half_day=room.morning, enrolment=room.anais, kind="excused", reason="Malade", actor=room.people.trainer)
    seal = countersign(half_day=room.morning, trainer=room.trainer, actor=room.people.trainer, once=uuid.uuid4())
    with django_assert_num_queries(4):
        read = sheet(room.session)
    assert [half_day.pk for half_day in read.half_days] == [room.morning.pk, room.afternoon.pk]
    cells = {str(person.enrolment.trainee): person.cells for person in read.people}
    assert list(cells) == ["Karim Belaïd", "Anaïs Lefèvre"]
    karim, none = cells["Karim Belaïd"]
    assert (karim.kind, karim.late, karim.reason, karim.drawing, karim.number, none) == (
        "present",
        True,
        "Oubli",
        DRAWING,
        1,
        None,
    )
    assert karim.fingerprint == first.fingerprint
    assert (cells["Anaïs Lefèvre"][0].kind, cells["Anaïs Lefèvre"][0].reason) == ("excused", "Malade")
    assert (read.countersignatures[0].trainer, read.countersignatures[1]) == ("Yann Le Goff", None)
    assert (read.lines, read.last_fingerprint) == (3, seal.fingerprint)

"""The trainee's own link, without a script: what is asked, what is taken, what is refused kindly."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.answers import on_one_line
from tests.attendance.conftest import DRAWING
from trainings.attendance.models import Mark
from trainings.attendance.verbs import declare
from trainings.sessions.models import LinkPurpose
from trainings.sessions.verbs import personal_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(room, clock):
    given = personal_link(enrolment=room.karim, purpose=LinkPurpose.ATTENDANCE, actor=None)
    return reverse("sign:start", args=[given.token])


def form_of(page) -> dict[str, str]:
    """What the form of a page would send, its button left out."""
    text = on_one_line(page)
    return {name: found[0] for name in ("half_day", "once") if (found := re.findall(rf'name="{name}" value="([^"]+)"', text))}


def test_the_half_day_that_goes_on_is_asked_first(room, link, client):
    page = client.get(link)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Bonjour Karim, signez pour vendredi après-midi." in text
    assert form_of(page)["half_day"] == str(room.afternoon.pk)
    assert "vendredi 20 novembre 2026, matin" in text
    assert Mark.objects.count() == 0


def test_without_a_script_the_button_confirms(room, link, client, clock):
    page = client.get(link)
    answer = client.post(link, form_of(page) | {"kind": "present"}, REMOTE_ADDR="203.0.113.77")
    assert answer.status_code == 302
    mark = Mark.objects.get()
    assert (mark.enrolment, mark.half_day, mark.kind, mark.method, mark.late, mark.address, mark.made_by) == (
        room.karim, room.afternoon, "present", "confirmed", False, "203.0.113.0/24", None,
    )  # fmt: skip
    thanks = client.get(answer.url).content.decode()
    assert "C’est noté, merci Karim." in thanks
    assert "Signé à 15\u00a0h" in thanks
    assert "Il reste une demi-journée à signer." in thanks
    client.post(link, form_of(page) | {"kind": "present"})
    assert Mark.objects.count() == 1


def test_a_late_signature_says_why_in_french_whatever_the_language(room, link, client):
    address = f"{link}?lang=en"
    page = client.get(f"{address}&d={room.morning.pk}")
    assert form_of(page)["half_day"] == str(room.morning.pk)
    refused = client.post(address, form_of(page) | {"kind": "present", "drawing": DRAWING})
    assert refused.status_code == 422
    assert form_of(refused) == form_of(page)
    assert client.post(address, form_of(page) | {"kind": "present", "drawing": DRAWING, "why": "battery"}).status_code == 302
    mark = Mark.objects.get()
    assert (mark.method, mark.late, mark.reason, mark.drawing) == ("drawn", True, "Téléphone déchargé", DRAWING)


def test_one_may_say_that_one_was_not_there(room, link, client):
    client.post(link, form_of(client.get(link)) | {"kind": "absent", "drawing": DRAWING})
    mark = Mark.objects.get()
    assert (mark.kind, mark.method, mark.drawing, mark.late) == ("absent", "confirmed", "", False)


def test_what_is_already_noted_is_told(room, link, client, clock):
    page = client.get(link)
    declare(half_day=room.afternoon, enrolment=room.karim, kind="absent", actor=room.people.trainer)
    answer = client.post(link, form_of(page) | {"kind": "present"})
    assert answer.status_code == 409
    assert "Une absence est déjà notée pour cette demi-journée." in answer.content.decode()
    words = client.post(link, form_of(page) | {"kind": "present"}, headers={"accept": "application/json"})
    assert (words.status_code, json.loads(words.content)["field"]) == (409, "")


def test_the_script_is_answered_in_words(room, link, client, clock):
    page = client.get(link)
    sent = form_of(page) | {"kind": "present", "drawing": DRAWING, "told_at": "2026-11-20T13:50:00.000Z"}
    words = client.post(link, sent, headers={"accept": "application/json"})
    token = link.split("/")[2]
    assert json.loads(words.content) == {"next": f"/e/{token}/fait/?d={room.afternoon.pk}&lang=fr"}
    assert Mark.objects.get().signed_at.isoformat() == "2026-11-20T13:50:00+00:00"
    late = form_of(client.get(link)) | {"kind": "present"}
    words = client.post(link, late, headers={"accept": "application/json"})
    assert (words.status_code, json.loads(words.content)["field"]) == (422, "reason")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"once": "pas-un-uuid"}, 422),
        ({"drawing": "M1 1 L2 2"}, 422),
        ({"drawing": "M" * 13_000}, 422),
        ({"kind": "countersigned"}, 422),
        ({"half_day": "pas-un-uuid"}, 404),
        ({"half_day": "00000000-0000-0000-0000-000000000000"}, 404),
        ({"told_at": "hier"}, 302),
        ({"told_at": "2026-13-45T99:00:00Z"}, 302),
        ({"why": "inconnu"}, 422),
    ],
)
def test_what_is_typed_wrong_is_told_and_nothing_breaks(room, link, client, changes, status):
    answer = client.post(link, form_of(client.get(link)) | {"kind": "present"} | changes)
    assert answer.status_code == status
    assert Mark.objects.count() == (status == 302)


@pytest.mark.parametrize(
    ("state", "heading", "words"),
    [
        ("closed", "Cette session est close.", "Cette session est close : son émargement ne change plus."),
        ("cancelled", "Cette session a été annulée.", "Cette session a été annulée : il n’y a plus rien à signer."),
        ("postponed", "Cette session a été reportée.", "Cette session a été reportée : vous signerez aux nouvelles dates."),
    ],
)
def test_a_session_that_is_over_says_so(room, link, client, state, heading, words):
    sent = form_of(client.get(link)) | {"kind": "present"}
    room.session.state = state
    room.session.save()
    for answer in (client.get(link), client.post(link, sent)):
        assert answer.status_code == 410
        assert heading in answer.content.decode()
    told = client.post(link, sent, headers={"accept": "application/json"})
    assert (told.status_code, told.json()["message"].startswith(words)) == (410, True)
    assert Mark.objects.count() == 0


def test_a_link_that_expired_or_is_unknown_says_so(room, link, client, clock):
    clock.at(9, day=room.session.ends_on + timedelta(days=31))
    assert "Ce lien n’est plus valable." in client.get(link).content.decode()
    words = {"headers": {"accept": "application/json"}}
    assert "Le temps prévu pour signer est passé" in client.post(link, {}, **words).json()["message"]
    unknown = client.post(reverse("sign:start", args=["inconnu"]), {}, **words)
    assert (unknown.status_code, "Ce lien ne fonctionne plus" in unknown.json()["message"]) == (404, True)
    assert client.get(reverse("sign:start", args=["inconnu"])).status_code == 404
    assert client.get(reverse("sign:signed", args=["inconnu"])).status_code == 404


def test_somebody_who_left_is_told(room, link, client):
    room.karim.state, room.karim.ended_on = "abandoned", room.session.starts_on
    room.karim.save()
    assert "Votre inscription à cette session s’est arrêtée." in client.get(link).content.decode()


def test_a_link_shows_its_own_person_alone(room, link, client):
    text = client.get(link).content.decode() + client.get(link + "fait/").content.decode()
    assert "Lefèvre" not in text
    assert "Anaïs" not in text


def test_nothing_to_sign_yet(room, link, client, clock):
    clock.at(8, 44)
    text = client.get(link).content.decode()
    assert "Bonjour Karim, rien à signer pour l’instant." in text
    assert "À signer à partir de 9\u00a0h" in text


def test_a_signature_costs_few_queries(room, link, client, django_assert_max_num_queries):
    sent = form_of(client.get(link)) | {"kind": "present"}
    # The link and the half-day, then in one transaction: the end of the register (made, the first time), the half-day as it is now,
    # the line, the new end. PostgreSQL hears the end and the half-day in one trip, and the last two.
    with django_assert_max_num_queries(10):
        client.post(link, sent)
    sent = form_of(client.get(f"{link}?d={room.morning.pk}")) | {"kind": "present", "why": "battery"}
    with django_assert_max_num_queries(7):
        client.post(link, sent)

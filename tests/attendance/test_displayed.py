"""The code of the room: it turns over, it asks something one knows, it gives up on who guesses."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.answers import on_one_line
from tests.attendance.conftest import DAY
from trainings.attendance.identity import Question, is_right, question_for
from trainings.attendance.models import FailedConfirmations, Mark
from trainings.attendance.rotating import code_of, is_current
from trainings.people.models import Trainee

pytestmark = pytest.mark.django_db


def address(room, *, moment=None) -> str:
    return reverse("sign:displayed", args=[room.afternoon.pk, code_of(room.afternoon.pk, now=moment or timezone.now())])


def ticket_of(page) -> str:
    return re.findall(r'name="ticket" value="([^"]+)"', on_one_line(page))[0]


def confirm(client, room, who, answer: str, **more):
    """Show the code, pick a name, answer."""
    names = client.get(address(room))
    picked = client.post(address(room), {"ticket": ticket_of(names), "who": who.pk})
    once = re.findall(r'name="once" value="([^"]+)"', on_one_line(picked))
    sent = {"ticket": ticket_of(names), "who": who.pk, "answer": answer, "once": once[0] if once else ""}
    return client.post(address(room), sent | more)


@pytest.mark.parametrize(("seconds", "good"), [(0, True), (59, True), (60, True), (119, True), (120, False), (-60, False)])
def test_the_code_lives_this_minute_and_the_next(room, clock, seconds, good):
    code = code_of(room.afternoon.pk, now=clock.now)
    assert is_current(room.afternoon.pk, code, now=clock.now + timedelta(seconds=seconds)) == good
    assert not is_current(room.morning.pk, code, now=clock.now)


def test_somebody_signs_with_what_they_know(room, clock, client):
    answer = confirm(client, room, room.karim, room.karim.trainee.email.upper())
    assert (answer.status_code, answer.url) == (302, "/e/salle/merci/?lang=fr")
    assert "C’est signé, merci." in client.get(answer.url).content.decode()
    mark = Mark.objects.get()
    assert (mark.enrolment, mark.half_day, mark.method, mark.late) == (room.karim, room.afternoon, "displayed", False)
    names = client.get(address(room)).content.decode()
    assert "Karim" not in names
    assert "Anaïs Lefèvre" in names


def test_an_old_code_is_refused_and_who_showed_a_good_one_may_finish(room, clock, client):
    old, names = address(room), client.get(address(room))
    clock.at(15, 5)
    refused = client.get(old)
    assert (refused.status_code, "Ce code a tourné." in refused.content.decode()) == (410, True)
    assert "Karim" not in refused.content.decode()
    picked = client.post(old, {"ticket": ticket_of(names), "who": room.karim.pk})
    assert "Votre adresse e-mail" in picked.content.decode()
    assert client.post(old, {"ticket": "faux", "who": room.karim.pk}).status_code == 410
    assert client.post(old, {"who": room.karim.pk}).status_code == 410


def test_five_wrong_answers_close_the_name(room, clock, client):
    for _ in range(5):
        assert confirm(client, room, room.karim, "autre@exemple.fr").status_code == 422
    last = confirm(client, room, room.karim, room.karim.trainee.email)
    assert last.status_code == 422
    assert "Trop de réponses fausses pour ce nom" in last.content.decode()
    assert FailedConfirmations.objects.get().count == 5
    assert confirm(client, room, room.anais, room.anais.trainee.email).status_code == 302
    assert list(Mark.objects.values_list("enrolment", flat=True)) == [room.anais.pk]


def test_a_right_answer_is_not_counted(room, clock, client):
    confirm(client, room, room.karim, "autre@exemple.fr")
    confirm(client, room, room.karim, room.karim.trainee.email)
    assert FailedConfirmations.objects.get().count == 1


def test_who_cannot_be_asked_anything_signs_on_the_trainer_s_device(room, clock, client):
    Trainee.objects.filter(pk=room.karim.trainee_id).update(email="")
    answer = confirm(client, room, room.karim, "")
    assert answer.status_code == 422
    assert "signez sur l’appareil de la personne qui vous forme" in answer.content.decode()
    assert Mark.objects.count() == 0


@pytest.mark.parametrize(
    ("trainee", "question", "right", "wrong"),
    [
        (
            {"birth_date": date(1990, 3, 7), "phone": "0612345678", "email": "a@exemple.fr"},
            Question.BIRTH_DATE,
            "1990-03-07",
            "1990-07-03",
        ),
        ({"birth_date": date(1990, 3, 7)}, Question.BIRTH_DATE, "7/3/90", "demain"),
        ({"phone": "+33 6 12 34 56 78", "email": "a@exemple.fr"}, Question.PHONE, "56 78", "5679"),
        ({"phone": "06 12 34 56 78"}, Question.PHONE, "0612345678", "678"),
        ({"phone": "12", "email": "a@exemple.fr"}, Question.EMAIL, " A@Exemple.fr", "b@exemple.fr"),
        ({}, None, "", "n’importe quoi"),
    ],
)
def test_what_somebody_is_asked(trainee, question, right, wrong):
    person = Trainee(last_name="Belaïd", **trainee)
    assert question_for(person) == question
    assert is_right(person, right) == (question is not None)
    assert not is_right(person, wrong)
    assert not is_right(person, "")


def test_a_session_that_is_over_or_unknown_shows_no_name(room, clock, client):
    here = address(room)
    room.session.state = "closed"
    room.session.save()
    page = client.get(here)
    assert page.status_code == 410
    assert "Belaïd" not in page.content.decode()
    unknown = reverse("sign:displayed", args=["00000000-0000-0000-0000-000000000000", "abc"])
    assert client.get(unknown).status_code == 404


def test_the_script_is_answered_in_words(room, clock, client):
    names = client.get(address(room))
    words = {"headers": {"accept": "application/json"}}
    sent = {"ticket": ticket_of(names), "who": room.karim.pk, "answer": "faux", "once": "2b1b3c6e-0000-4000-8000-000000000001"}
    wrong = client.post(address(room), sent, **words)
    assert (wrong.status_code, wrong.json()["field"]) == (422, "answer")
    right = client.post(address(room), sent | {"answer": room.karim.trainee.email}, **words)
    assert right.json() == {"next": "/e/salle/merci/?lang=fr"}
    assert client.post(address(room), sent | {"ticket": "faux"}, **words).status_code == 410


def test_the_page_of_the_room_shows_a_code_that_opens(room, clock):
    browser = room.people.client(room.people.trainer)
    page = browser.get(reverse("attendance:display", args=[room.organisation.slug, room.afternoon.pk]))
    text = on_one_line(page)
    assert page.status_code == 200
    assert '<svg role="img"' in text
    assert 'hx-trigger="load delay:60s, every 20s"' in text
    assert "signature sur 2" in text
    half_day = reverse("attendance:half_day", args=[room.organisation.slug, room.afternoon.pk])
    assert page.wsgi_request.path in browser.get(half_day).content.decode()
    clock.at(9, day=DAY + timedelta(days=1))
    assert "Pas de code pour cette demi-journée" in browser.get(page.wsgi_request.path).content.decode()
    assert page.wsgi_request.path not in browser.get(half_day).content.decode()

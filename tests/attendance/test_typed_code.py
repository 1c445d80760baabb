"""The code of the room for who has no camera: short, typed by hand, turning over like the picture."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.answers import on_one_line
from tests.attendance.conftest import DAY
from tests.factories import HalfDayFactory, SessionFactory
from trainings.attendance.queries import half_days_shown
from trainings.attendance.rotating import behind_typed, code_of, typed_code_of

pytestmark = pytest.mark.django_db
PAGE = "/e/salle/"


@pytest.mark.parametrize(
    ("written", "seconds", "good"),
    [
        ("{code}", 0, True),
        ("{code}", 119, True),
        ("{code}", 120, False),
        ("{code}", -60, False),
        ("{together}", 0, True),
        ("{CODE}", 0, True),
        (" {dashed} ", 0, True),
        ("", 0, False),
        ("aaaa aaaa", 0, False),
        ("{code}x", 0, False),
        ("é" * 500, 0, False),
    ],
)
def test_a_typed_code_opens_for_two_minutes_however_it_is_written(room, clock, client, written, seconds, good):
    code = typed_code_of(room.afternoon.pk, now=clock.now)
    spellings = {"code": code, "CODE": code.upper(), "together": code.replace(" ", ""), "dashed": code.replace(" ", "-")}
    clock.now += timedelta(seconds=seconds)
    answer = client.get(PAGE, {"code": written.format(**spellings)})
    if good:
        assert answer.status_code == 302
        assert answer.url == f"/e/salle/{room.afternoon.pk}/{code_of(room.afternoon.pk, now=clock.now)}/?lang=fr"
        assert "Karim Belaïd" in client.get(answer.url).content.decode()
    else:
        assert answer.status_code == (422 if written else 200)
        assert "Belaïd" not in answer.content.decode()
        assert ("Ce code a tourné" in answer.content.decode()) == bool(written)


def test_no_letter_shown_can_be_mistaken_for_another(room, clock):
    shown = set()
    for _minute in range(300):
        clock.now += timedelta(minutes=1)
        code = typed_code_of(room.afternoon.pk, now=clock.now)
        shown |= set(code)
        halves = [room.morning.pk, room.afternoon.pk]
        assert behind_typed(code.replace("i", "l"), halves, now=clock.now) == room.afternoon.pk
        assert behind_typed(code.replace("i", "1"), halves, now=clock.now) == room.afternoon.pk
    assert shown == set("abcdefghijkmnpqrstuvwxyz23456789 ")


def test_only_half_days_of_a_screen_that_can_be_on_have_a_code(room, clock, client, django_assert_num_queries):
    tomorrow = HalfDayFactory(session=room.session, day=DAY + timedelta(days=1))
    called_off = HalfDayFactory(session=SessionFactory(organisation=room.organisation, state="cancelled"), day=DAY)
    with django_assert_num_queries(1):
        assert set(half_days_shown(now=clock.now)) == {room.morning.pk, room.afternoon.pk}
    for half_day in (tomorrow, called_off):
        assert client.get(PAGE, {"code": typed_code_of(half_day.pk, now=clock.now)}).status_code == 422
    clock.at(8, day=DAY + timedelta(days=1))
    assert half_days_shown(now=clock.now) == []


def test_the_screen_shows_what_to_type_and_where(room, clock):
    browser = room.people.client(room.people.trainer)
    page = on_one_line(browser.get(reverse("attendance:display", args=[room.organisation.slug, room.afternoon.pk])))
    assert f'<a href="{PAGE}">testserver{PAGE}</a>' in page
    assert f'<b class="code-salle">{typed_code_of(room.afternoon.pk, now=clock.now)}</b>' in page


def test_the_page_speaks_english_and_keeps_it(room, clock, client):
    page = client.get(PAGE, {"lang": "en"}).content.decode()
    assert 'name="lang" value="en"' in page
    answer = client.get(PAGE, {"lang": "en", "code": typed_code_of(room.afternoon.pk, now=clock.now)})
    assert answer.url.endswith("/?lang=en")

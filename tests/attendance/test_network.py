"""Cuts of the network, in a real browser: an answer lost on the way, a session closed meanwhile, a browser that keeps nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.attendance.test_in_browser import draw
from trainings.attendance.models import Mark
from trainings.sessions.models import LinkPurpose, Session
from trainings.sessions.verbs import personal_link

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = "Votre signature est gardée sur cet appareil"
SIGN = "J’étais présent, je signe"


@pytest.fixture
def link(room, clock):
    return reverse("sign:start", args=[personal_link(enrolment=room.karim, purpose=LinkPurpose.ATTENDANCE, actor=None).token])


def test_an_answer_lost_on_the_way_is_asked_again_and_counts_once(room, link, open_page):
    page = open_page(width=360)
    page.goto(link)
    draw(page)

    def lose_the_answer(route):
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/e/**", lose_the_answer)
    page.get_by_role("button", name=SIGN).click()
    page.get_by_text(KEPT).wait_for()
    reached = Mark.objects.get()
    page.unroute("**/e/**")
    page.context.set_offline(True)
    page.context.set_offline(False)
    page.get_by_role("heading", name="C’est noté, merci Karim.").wait_for()
    assert Mark.objects.get() == reached


def test_a_session_closed_during_the_cut_says_so_when_the_signature_leaves(room, link, open_page):
    page = open_page(width=360)
    page.goto(link)
    draw(page)
    page.context.set_offline(True)
    page.get_by_role("button", name=SIGN).click()
    page.get_by_text(KEPT).wait_for()
    Session.objects.filter(pk=room.session.pk).update(state="closed")
    page.context.set_offline(False)
    page.get_by_text("Cette session est close : son émargement ne change plus.").wait_for()
    assert Mark.objects.count() == 0


def test_a_browser_that_lends_no_storage_waits_with_its_page_open(room, link, open_page):
    page = open_page(width=360)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });"
    )
    page.goto(link)
    draw(page)
    page.context.set_offline(True)
    page.get_by_role("button", name=SIGN).click()
    page.get_by_text(KEPT).wait_for()
    page.context.set_offline(False)
    page.get_by_role("heading", name="C’est noté, merci Karim.").wait_for()
    assert Mark.objects.get().method == "drawn"


def test_a_countersignature_waits_for_the_network_too(room, clock, open_page):
    page = open_page(room.people.trainer, width=360)
    page.goto(reverse("attendance:half_day", args=[room.organisation.slug, room.morning.pk]))
    draw(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="J’ai animé, je contresigne").click()
    page.get_by_text(KEPT).wait_for()
    page.context.set_offline(False)
    page.get_by_text("a contresigné le").wait_for()
    assert Mark.objects.get().kind == "countersigned"

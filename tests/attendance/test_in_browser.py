"""Signing in a real browser, with a finger, through a cut of the network, at three widths."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.harness.browser import assert_accessible, assert_good_at_all_widths, draw
from trainings.attendance.models import Mark
from trainings.attendance.rotating import code_of
from trainings.sessions.models import LinkPurpose, Session
from trainings.sessions.verbs import personal_link

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def link(room, clock):
    return reverse("sign:start", args=[personal_link(enrolment=room.karim, purpose=LinkPurpose.ATTENDANCE, actor=None).token])


def cut(page):
    """No network for this page alone. To be offline would end with the page, which sends what it kept at that very moment."""
    page.route("**/e/**", lambda route: route.abort())


def closed_and_opened_again(page):
    """Another page of the same phone, where the network is there."""
    page.close()
    return page.context.new_page()


def test_somebody_signs_with_a_finger(room, link, open_page):
    page = open_page(width=360, phone=True)
    page.goto(link)
    page.get_by_role("button", name="J’étais présent, je signe").click()
    page.get_by_text("Signez dans le cadre, ou choisissez").wait_for()
    draw(page)
    page.get_by_role("button", name="J’étais présent, je signe").click()
    page.get_by_role("heading", name="C’est noté, merci Karim.").wait_for()
    mark = Mark.objects.get()
    assert (mark.enrolment, mark.half_day, mark.method) == (room.karim, room.afternoon, "drawn")
    assert mark.drawing.startswith("M")


def test_a_finger_is_not_needed_nor_a_script(room, link, open_page):
    page = open_page(width=360)
    page.goto(link)
    page.get_by_role("button", name="Je ne peux pas signer du doigt").click()
    page.get_by_role("button", name="J’étais présent, je signe").click()
    page.get_by_role("heading", name="C’est noté, merci Karim.").wait_for()
    bare = open_page(width=360, javascript=False)
    bare.goto(f"{link}?d={room.morning.pk}")
    bare.locator("#why").select_option("battery")
    bare.get_by_role("button", name="J’étais présent, je signe").click()
    bare.get_by_role("heading", name="C’est noté, merci Karim.").wait_for()
    assert sorted(Mark.objects.values_list("method", "late")) == [("confirmed", False), ("confirmed", True)]


def test_a_signature_waits_for_the_network_on_the_device_and_leaves_once(room, link, open_page):
    page = open_page(width=360)
    page.goto(link)
    draw(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="J’étais présent, je signe").click()
    page.get_by_text("Votre signature est gardée sur cet appareil").wait_for()
    assert Mark.objects.count() == 0
    page.context.set_offline(False)
    page.get_by_role("heading", name="C’est noté, merci Karim.").wait_for()
    assert Mark.objects.get().method == "drawn"
    assert page.evaluate("localStorage.length") == 0


def test_a_page_that_was_closed_sends_when_it_is_opened_again(room, link, open_page):
    page = open_page(width=360)
    page.goto(link)
    draw(page)
    cut(page)
    page.get_by_role("button", name="J’étais présent, je signe").click()
    page.get_by_text("Votre signature est gardée sur cet appareil").wait_for()
    again = closed_and_opened_again(page)
    again.goto(link)
    again.get_by_text("Votre signature gardée sur cet appareil vient de partir.").wait_for()
    assert Mark.objects.count() == 1


def test_the_device_goes_round_without_a_network(room, clock, open_page):
    page = open_page(room.people.trainer, width=360)
    page.goto(reverse("attendance:pass_round", args=[room.organisation.slug, room.afternoon.pk]))
    page.context.set_offline(True)
    for name in ("Karim Belaïd", "Anaïs Lefèvre"):
        page.get_by_role("link", name=name).click()
        draw(page)
        page.get_by_role("button", name="J’étais présent, je signe").click()
        page.get_by_role("heading", name="Appuyez sur votre nom, puis signez.").wait_for()
    assert page.get_by_text("gardé sur l’appareil").count() == 2
    page.context.set_offline(False)
    page.get_by_text("gardé sur l’appareil").first.wait_for(state="detached")
    page.locator(".tour__fait", has_text="signé").nth(1).wait_for()
    assert sorted(Mark.objects.values_list("method", flat=True)) == ["passed_round", "passed_round"]
    assert Mark.objects.values("enrolment").distinct().count() == 2


def test_somebody_without_a_camera_types_what_is_displayed(room, clock, open_page):
    screen = open_page(room.people.trainer)
    screen.goto(reverse("attendance:display", args=[room.organisation.slug, room.afternoon.pk]))
    code = screen.locator(".code-salle").inner_text()
    phone = open_page(width=360, phone=True)
    phone.goto("/e/salle/")
    phone.get_by_label("Code à huit caractères").fill(code.upper())
    phone.get_by_role("button", name="Continuer").tap()
    phone.get_by_text("Karim Belaïd").tap()
    phone.get_by_role("button", name="C’est moi, continuer").tap()
    phone.get_by_label("Votre adresse e-mail").fill("quelquun.dautre@exemple.fr")
    phone.get_by_role("button", name="J’étais présent, je signe").tap()
    phone.get_by_text("Ce n’est pas ce que dit votre fiche.").wait_for()
    assert Mark.objects.count() == 0
    phone.get_by_label("Votre adresse e-mail").fill(room.karim.trainee.email)
    phone.get_by_role("button", name="J’étais présent, je signe").tap()
    phone.get_by_role("heading", name="C’est signé, merci.").wait_for()
    mark = Mark.objects.get()
    assert (mark.enrolment, mark.method) == (room.karim, "displayed")


def test_every_public_page_is_accessible(room, link, open_page):
    page = open_page(width=360)
    for address in (link, f"{link}fait/", "/e/inconnu/", "/e/salle/merci/", "/e/salle/", "/e/salle/?code=faux"):
        page.goto(address)
        assert_good_at_all_widths(page)
    page.goto(reverse("sign:displayed", args=[room.afternoon.pk, code_of(room.afternoon.pk, now=timezone.now())]))
    assert_good_at_all_widths(page)
    page.locator(".choix label").first.click()
    page.get_by_role("button", name="C’est moi, continuer").click()
    page.get_by_label("Votre adresse e-mail").wait_for()
    assert_accessible(page)
    Session.objects.filter(pk=room.session.pk).update(state="closed")
    for address in (link, reverse("sign:displayed", args=[room.afternoon.pk, "ancien"])):
        page.goto(address)
        assert_good_at_all_widths(page)


def test_every_page_of_the_team_is_accessible(room, link, open_page):
    page = open_page(room.people.trainer)
    for name, row in (
        ("session", room.session),
        ("half_day", room.afternoon),
        ("display", room.afternoon),
        ("pass_round", room.afternoon),
        ("sheet", room.session),
        ("remote", room.morning),
        ("follow_ups", room.session),
        ("follow_up", room.karim),
    ):
        page.goto(reverse(f"attendance:{name}", args=[room.organisation.slug, row.pk]))
        assert_good_at_all_widths(page)


def test_what_must_be_chosen_is_in_sight_and_has_the_focus_on_a_small_phone(room, link, open_page):
    page = open_page(width=360, phone=True)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{link}?d={room.morning.pk}")
    draw(page)
    page.get_by_role("button", name="J’étais présent, je signe").tap()
    page.get_by_text("Choisissez d’abord pourquoi").wait_for()
    seen = page.locator("#why").evaluate(
        """(choice) => {
          const box = choice.getBoundingClientRect();
          const above = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return [document.activeElement === choice, box.top >= 0 && box.bottom <= innerHeight, above === choice];
        }"""
    )
    assert (seen, Mark.objects.count()) == ([True, True, True], 0)
    page.locator("#why").select_option("battery")
    page.get_by_role("button", name="J’étais présent, je signe").tap()
    page.get_by_role("heading", name="C’est noté, merci Karim.").wait_for()
    assert Mark.objects.get().drawing.startswith("M")


def test_what_was_kept_is_shown_as_sent_once_it_left(room, link, open_page):
    page = open_page(width=360)
    page.goto(link)
    draw(page)
    cut(page)
    page.get_by_role("button", name="J’étais présent, je signe").click()
    page.get_by_text("Votre signature est gardée sur cet appareil").wait_for()
    again = closed_and_opened_again(page)
    again.goto(f"{link}?d={room.afternoon.pk}")
    again.get_by_text("Votre signature gardée sur cet appareil vient de partir.").wait_for()
    assert again.locator("[data-pad]").is_visible() is False
    assert again.get_by_role("button", name="J’étais présent, je signe").is_visible() is False
    again.get_by_role("link", name="Voir ce qui est signé").click()
    again.get_by_role("heading", name="C’est noté, merci Karim.").wait_for()


def test_pages_of_the_room_s_code_exist_in_both_languages(room, clock, open_page):
    page = open_page(width=360)
    page.goto(reverse("sign:displayed", args=[room.afternoon.pk, code_of(room.afternoon.pk, now=timezone.now())]))
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Who are you?").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator(".tel__tete b [lang=fr]").inner_text() == room.session.course.title
    page.get_by_text("Karim Belaïd").click()
    page.locator("button[form=f]").click()
    page.get_by_label("Your e-mail address").wait_for()
    page.get_by_role("button", name="Français").click()
    page.get_by_label("Votre adresse e-mail").wait_for()
    assert_good_at_all_widths(page)

"""Every kind of message in a real browser: it fits a phone, and everybody can read it, by day and by night."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.harness.browser import assert_accessible, assert_fits, assert_good_at_all_widths
from tests.post.kinds import MESSAGES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_message_can_be_read_on_a_phone_and_on_a_desk(everyone, open_page, scheme):
    page = open_page()
    page.emulate_media(color_scheme=scheme)
    for make in MESSAGES.values():
        page.set_content(make(everyone).letter().written.html)
        assert_accessible(page, message=True)
        for width in (360, 768):
            page.set_viewport_size({"width": width, "height": 740})
            assert_fits(page)


def test_everybody_can_take_the_link_of_an_invitation_that_did_not_leave(world, no_postbox, open_page):
    page = open_page(world.people.quality_manager)
    page.goto(reverse("organisations:members", args=["fil-ouest"]))
    page.get_by_role("button", name="Renvoyer l’invitation").first.click()
    page.get_by_role("heading", level=1, name="L’invitation n’est pas partie").wait_for()
    page.get_by_role("button", name="Copier le lien").wait_for()
    assert_good_at_all_widths(page)

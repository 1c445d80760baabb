"""Every kind of message in a real browser: it fits a phone, and everybody can read it, by day and by night."""

from __future__ import annotations

import pytest

from tests.harness.browser import assert_accessible, assert_fits
from tests.post.kinds import MESSAGES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_message_can_be_read_on_a_phone_and_on_a_desk(everyone, open_page, scheme):
    page = open_page()
    page.emulate_media(color_scheme=scheme)
    for make in MESSAGES.values():
        page.set_content(make(everyone).letter().written.html)
        assert_accessible(page)
        for width in (360, 768):
            page.set_viewport_size({"width": width, "height": 740})
            assert_fits(page)

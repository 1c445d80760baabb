"""Every page of the public and of the sign-in, and the main ones of the house, in a real browser: accessible, still, and whole with
letters twice as large on a phone."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Error

from tests.harness.browser import (
    SHIFTED,
    assert_accessible,
    assert_fits,
    assert_fits_with_large_text,
    assert_good_at_all_widths,
    assert_stays_still,
    wait_for_panels,
)
from tests.pages.world import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The pages of the house, in as many parts that two processes share.
PARTS = 4


@pytest.fixture
def house(db, stand_in_pdf):
    return build()


def visit(page, path):
    """Open a page; whether it is one: neither a file, a part of a page, nor a way elsewhere."""
    try:
        answer = page.goto(path)
    except Error as error:
        if re.search("Download is starting|ERR_ABORTED", error.message):  # a file, or nothing to show
            return False
        raise
    if answer.status >= 300 or answer.request.redirected_from or not answer.headers["content-type"].startswith("text/html"):
        return False
    if not page.evaluate("document.doctype"):
        return False
    wait_for_panels(page)
    return True


@pytest.mark.parametrize("language", ["fr-FR", "en-GB"])
def test_public_and_sign_in_pages_are_still_and_good_at_three_widths_and_with_large_text(open_page, house, language):
    page = open_page(width=360, language=language)
    for path in (*house.public, "/referentiel/", "/referentiel/concernes/", "/referentiel/1/"):
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(path)
        assert_stays_still(page)
        assert_fits_with_large_text(page)
        assert_good_at_all_widths(page)


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_of_the_house_are_still_accessible_and_whole_with_large_text(open_page, house, part):
    page = open_page(user=house.people.network_head, width=360)
    for _name, path in house.of_role("network_head")[part::PARTS]:
        if visit(page, path):
            assert_stays_still(page)
            assert_fits_with_large_text(page)
            assert_accessible(page)


def test_the_auditor_s_room_is_still_and_good_at_three_widths_and_with_large_text(open_page, house):
    page = open_page(user=house.people.auditor, width=360)
    for _name, path in house.of_role("auditor"):
        page.set_viewport_size({"width": 360, "height": 740})
        if visit(page, path):
            assert_stays_still(page)
            assert_fits_with_large_text(page)
            assert_good_at_all_widths(page)


@pytest.mark.parametrize("number", [11, 30])
def test_what_one_touches_on_an_indicator_is_large_enough_at_three_widths(open_page, house, number):
    head = open_page(user=house.people.network_head)
    head.goto(reverse("indicators:page", args=["fil-ouest", number]))
    assert_good_at_all_widths(head)
    auditor = open_page(user=house.people.auditor)
    auditor.goto(reverse("audits:indicator", args=["fil-ouest", number]))
    assert_good_at_all_widths(auditor)


def test_the_measures_bite(open_page, house):
    page = open_page(width=360)
    page.goto("/compte/connexion/")
    page.evaluate("document.querySelector('h1').style.width = '30rem'")
    with pytest.raises(AssertionError, match="dépasse de"):
        assert_fits_with_large_text(page)
    page.reload()
    assert_fits(page)
    page.evaluate("document.querySelector('main').style.marginTop = '400px'")
    assert sum(value for value, _what in page.evaluate(SHIFTED)) >= 0.1
    page.evaluate("document.body.append(Object.assign(document.createElement('h5'), {textContent: 'Hors de tout'}))")
    with pytest.raises(AssertionError, match="region"):
        assert_accessible(page)

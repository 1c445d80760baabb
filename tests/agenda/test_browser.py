"""The list of sessions in a real browser: within the window, accessible, two lines on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast as standing
from tests.factories import EnrolmentFactory, SessionFactory
from tests.harness.browser import assert_fits_with_large_text, assert_good_at_all_widths

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
URL = "/o/fil-ouest/sessions/"


@pytest.fixture
def cast():
    people = standing.gather()
    for number, (days, state) in enumerate([(-40, "done"), (-20, "done"), (30, "confirmed"), (60, "cancelled")]):
        day = timezone.localdate() + timedelta(days=days)
        held = SessionFactory(
            organisation=people.organisation,
            reference=f"S-{number}",
            starts_on=day,
            ends_on=day,
            state=state,
            trainers=[people.trainer_record],
        )
        EnrolmentFactory(session=held)
    return people


def test_good_at_all_widths_and_with_large_text(open_page, cast):
    page = open_page(cast.quality_manager)
    assert page.goto(URL).status == 200
    assert_good_at_all_widths(page)
    assert_fits_with_large_text(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_filters_behind_the_fold_and_chips(open_page, cast, javascript):
    page = open_page(cast.quality_manager, javascript=javascript)
    page.goto(URL)
    page.get_by_text("Plus de filtres").click()
    page.get_by_label("État").select_option("confirmed")
    page.get_by_role("button", name="Filtrer").click()
    page.wait_for_url("**/sessions/?*state=confirmed*")
    page.locator("#sessions tbody tr").get_by_text("S-2").wait_for()
    assert page.locator("#sessions tbody tr").count() == 1


def test_on_a_phone_a_session_takes_two_lines_and_leads_to_what_comes_next(open_page, cast):
    page = open_page(cast.quality_manager, width=360)
    page.goto(URL)
    rows = page.locator("#sessions tbody tr")
    assert rows.count() == 3
    # Two lines of text and what stands around them.
    assert max(rows.nth(place).bounding_box()["height"] for place in range(3)) < 80
    assert rows.first.locator(".etape").is_visible()

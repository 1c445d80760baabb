"""The list of sessions in a real browser: within the window, accessible, two lines on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast as standing
from tests.factories import CertifierAuditFactory, EnrolmentFactory, SessionFactory
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


# Words of the picture in sight that are smaller than they may be, or that stand outside of it.
WRONG = """() => [...document.querySelectorAll('svg.image')].filter(drawn => drawn.getClientRects().length).flatMap(drawn => {
  const edge = drawn.getBoundingClientRect();
  return [...drawn.querySelectorAll('text')].filter(word => {
    const box = word.getBoundingClientRect();
    const size = parseFloat(word.getAttribute('font-size')) * drawn.getScreenCTM().a;
    return size < 12 || box.left < edge.left - 2 || box.right > edge.right + 2;
  }).map(word => word.textContent);
})"""


def test_the_year_is_read_at_all_widths_and_leads_to_a_month(open_page, cast):
    CertifierAuditFactory(organisation=cast.organisation, held_on=timezone.localdate() + timedelta(days=100))
    page = open_page(cast.quality_manager)
    page.goto(f"{URL}annee/")
    assert_good_at_all_widths(page)
    for width, drawn in ((360, "tel"), (768, "tel"), (1440, "large")):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(f"svg.image--{drawn}").is_visible()
        assert page.evaluate(WRONG) == []
    page.get_by_text("Lire les chiffres").click()
    assert page.locator("#annee-chiffres tbody tr").count() == 12
    page.locator("svg.image--large a[aria-label*='1 session']").first.click()
    page.wait_for_url("**/sessions/?since=*")

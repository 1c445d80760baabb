"""The matrix in a real browser: within the window, accessible, and as usable on a phone."""

from datetime import date

import pytest

from tests import cast as standing
from tests.factories import EnrolmentFactory, SessionFactory
from tests.harness.browser import assert_good_at_all_widths
from tests.readiness.worlds import finished_sessions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast():
    people = standing.gather()
    finished_sessions(people.organisation, 4, unanswered={1, 2})
    held = SessionFactory(organisation=people.organisation, reference="S-YANN", trainers=[people.trainer_record])
    EnrolmentFactory(session=held)
    SessionFactory(
        organisation=people.organisation,
        reference="S27-LOIN",
        starts_on=date(2099, 1, 4),
        ends_on=date(2099, 1, 5),
        state="planned",
    )
    return people


def test_good_at_all_widths(open_page, cast):
    page = open_page(cast.quality_manager)
    response = page.goto("/o/fil-ouest/indicateurs/sessions/")
    assert response.status == 200
    assert_good_at_all_widths(page)


def test_filters_swap_the_matrix_and_keep_the_address(open_page, cast):
    page = open_page(cast.quality_manager)
    page.goto("/o/fil-ouest/indicateurs/sessions/")
    page.get_by_label("Session", exact=True).fill("S-001")
    page.get_by_role("button", name="Filtrer").click()
    page.wait_for_url("**/indicateurs/sessions/?*q=S-001*")
    page.wait_for_function("document.querySelectorAll('#matrice tbody tr:not(.qui)').length === 1")
    assert page.locator("#matrice tbody tr:not(.qui)").count() == 1


# As wide as it gets, with seventeen expectations: the last columns of each line once more.
WIDEN = """() => {
  const columns = document.querySelectorAll('.matrice thead tr:nth-child(2) th').length;
  document.querySelectorAll('.matrice tr:not(.qui, thead :first-child)').forEach(row => {
    [...row.querySelectorAll('th[scope=col], td')].slice(columns - 17).forEach(cell => row.append(cell.cloneNode(true)));
  });
}"""
# The words of the cells of the matrix that stand on more than one line.
CUT = """() => [...document.querySelectorAll('.matrice .case')].flatMap(cell => {
  const words = [], walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    for (const word of walker.currentNode.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(walker.currentNode, word.index);
      range.setEnd(walker.currentNode, word.index + word[0].length);
      if (range.getClientRects().length > 1) words.push(word[0]);
    }
  }
  return words;
})"""


@pytest.mark.parametrize("width", [1280, 1440])
def test_every_column_of_the_matrix_is_in_sight_on_a_laptop(open_page, cast, width):
    page = open_page(cast.quality_manager, width=width)
    page.goto("/o/fil-ouest/indicateurs/sessions/")
    page.evaluate(WIDEN)
    assert page.locator(".matrice thead tr:nth-child(2) th").count() == 17
    widths = page.locator(".defile").evaluate("part => [part.scrollWidth, part.clientWidth]")
    assert widths[0] <= widths[1]
    assert "manque" in page.locator(".matrice").inner_text()
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_the_holes_are_a_list_that_leads_where_they_are_mended(open_page, cast, javascript):
    page = open_page(cast.quality_manager, width=360, javascript=javascript)
    page.goto("/o/fil-ouest/indicateurs/sessions/")
    assert not page.locator(".matrice").is_visible()
    page.get_by_role("listitem").filter(has_text="S-001").get_by_role("link", name="avis demandé").click()
    page.wait_for_url("**/enquetes/**")


@pytest.mark.parametrize("javascript", [True, False])
def test_one_click_writes_to_who_leads(open_page, cast, javascript):
    page = open_page(cast.training_manager, javascript=javascript)
    page.goto("/o/fil-ouest/indicateurs/sessions/")
    page.locator(".matrice .qui").get_by_role("button", name=f"Relancer {cast.trainer_record}").click()
    page.wait_for_url("**/indicateurs/sessions/")
    assert page.get_by_text("1 personne est relancée.").is_visible()
    assert page.get_by_role("button", name=f"Relancer {cast.trainer_record}").count() == 0

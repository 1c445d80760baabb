"""The public pages about the standard in a real browser."""

import pytest

from tests.harness.browser import assert_good_at_all_widths

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("address", ["/referentiel/?voir=changes", "/referentiel/12/", "/referentiel/33/?grille=2019"])
def test_the_standard_is_good_at_three_widths(open_page, address):
    page = open_page()
    page.goto(address)
    assert_good_at_all_widths(page)


def test_which_apply_works_without_javascript(open_page):
    page = open_page(javascript=False)
    page.goto("/referentiel/concernes/")
    page.get_by_label("Actions de formation").first.check()
    page.get_by_role("group", name="Préparez-vous à une certification professionnelle enregistrée ?").get_by_label("Oui").check()
    page.get_by_label("Date de l’audit").fill("2026-11-01")
    page.get_by_role("button", name="Voir les indicateurs").click()
    page.get_by_role("heading", name="25 indicateurs sur 33 vous concernent").wait_for()
    page.get_by_role("link", name="À préciser").click()
    assert page.get_by_role("row").filter(has_text="à préciser").count() == 3


def test_which_apply_is_good_at_three_widths(open_page):
    page = open_page()
    page.goto("/referentiel/concernes/?categories=AF&certifying=oui")
    assert_good_at_all_widths(page)

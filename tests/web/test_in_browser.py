"""Every component and layout in a real Chromium: accessible and fitting at three widths, and usable."""

import pytest

from tests.factories import UserFactory
from tests.harness.browser import assert_good_at_all_widths
from tests.harness.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.web.gallery"), pytest.mark.django_db(transaction=True)]
ADDRESSES = ["/galerie/", "/telephone/", "/auditeur/", "/compte/connexion/", "/compte/mot-de-passe/", "/inconnu/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_accessible_and_fitting_at_three_widths(open_page, address):
    UserFactory()
    page = open_page()
    page.goto(address)
    assert_good_at_all_widths(page)


def test_the_menu_of_a_phone_opens_with_the_keyboard_and_closes_on_escape(open_page):
    page = open_page(width=360)
    page.goto("/galerie/")
    menu = page.get_by_role("navigation", name="Menu")
    page.locator("details.menu > summary").press("Enter")
    menu.wait_for()
    page.keyboard.press("Escape")
    menu.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Menu"


def test_the_first_stop_of_the_keyboard_leads_to_the_content(open_page):
    page = open_page()
    page.goto("/galerie/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    until(lambda: page.evaluate("document.activeElement.id") == "contenu", "le clavier dans le contenu")


def test_choosing_a_file_sends_it_and_shows_where_it_leads(open_page):
    page = open_page()
    page.goto("/depot/")
    page.set_input_files("input[type=file]", {"name": "livret.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 essai"})
    page.wait_for_url("**/depot/fait/?nom=livret.pdf")
    assert page.get_by_role("heading", level=1).inner_text() == "Reçu : livret.pdf"


def test_a_file_is_sent_without_javascript(open_page):
    page = open_page(javascript=False)
    page.goto("/depot/")
    page.set_input_files("input[type=file]", {"name": "livret.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 essai"})
    page.get_by_role("button", name="Déposer").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Reçu : livret.pdf"


def test_a_broken_connection_says_what_is_kept(chromium, live_server):
    # A page of its own: htmx tells the console about the failure, which `open_page` doesn't forgive.
    page = chromium.new_page(base_url=live_server.url, locale="fr-FR")
    page.goto("/depot/")
    page.route("**/depot/", lambda route: route.abort())
    page.set_input_files("input[type=file]", {"name": "livret.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 essai"})
    page.get_by_role("alert").filter(has_text="Vos fichiers précédents sont gardés").wait_for()
    assert page.locator("form progress").is_hidden()
    page.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_filter_gives_the_same_page_swapped_or_fresh(open_page, javascript):
    page = open_page(javascript=javascript)
    page.goto("/filtres/")
    page.get_by_label("Modalité").select_option("distance")
    if not javascript:
        page.get_by_role("button", name="Filtrer").click()
    page.wait_for_url("**/filtres/?modalite=distance")
    page.locator("#liste", has_text="Modalité : distance").wait_for()
    swapped = page.locator("#liste").inner_html()
    page.reload()
    assert page.locator("#liste").inner_html() == swapped

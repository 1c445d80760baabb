"""The settings in a real browser: nothing overflows, axe finds nothing, the profile tells what changes at once."""

import pytest
from django.contrib.sessions.models import Session

from qualiopi.organisations.enums import Role
from qualiopi.organisations.verbs import add_member, update_card
from tests.cast import gather
from tests.factories.qualiopi import PASSWORD
from tests.harness.browser import assert_good_at_all_widths

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_page_is_good_at_three_widths(open_page):
    cast = gather()
    update_card(
        organisation=cast.organisation, card={"city": "Rennes", "certifier": "Certif Inventé"}, actor=cast.quality_manager
    )
    add_member(
        organisation=cast.organisation,
        email="anne@exemple.fr",
        full_name="Anne Bellec",
        role=Role.TRAINER,
        actor=cast.quality_manager,
    )
    page = open_page(cast.quality_manager)
    for place in ("", "organisme/", "profil/", "membres/", "membres/inviter/", "certificat/", "journal/"):
        page.goto(f"/o/fil-ouest/reglages/{place}")
        assert_good_at_all_widths(page)
    page.goto("/o/fil-ouest/reglages/")
    page.get_by_role("link", name="Signataire", exact=True).click()
    assert page.url.endswith("/o/fil-ouest/documents/modeles/apparence/")


def test_the_start_page_is_good_at_three_widths(open_page):
    page = open_page(gather().network_head)
    page.goto("/")
    assert_good_at_all_widths(page)


def test_the_account_is_reached_from_the_menu_and_good_at_three_widths(open_page):
    cast = gather()
    page = open_page(cast.quality_manager)
    page.goto("/o/fil-ouest/reglages/")
    page.get_by_role("link", name="Maëlle Kerdraon").click()
    assert_good_at_all_widths(page)
    page.get_by_label("Langue").select_option("English")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Your account is up to date.").wait_for()
    assert_good_at_all_widths(page)
    page.get_by_role("link", name="Change my password").click()
    page.get_by_label("Current password").fill("autre chose")
    page.get_by_label("New password", exact=True).fill("une phrase toute neuve")
    page.get_by_label("New password, once more").fill("une phrase toute neuve")
    page.get_by_role("button", name="Save this password").click()
    page.get_by_text("This is not your current password.").wait_for()
    assert_good_at_all_widths(page)


def test_the_menu_fetches_its_count_by_itself(open_page):
    cast = gather()
    page = open_page(cast.quality_manager)
    page.goto("/o/fil-ouest/reglages/")
    count = page.get_by_role("navigation", name="Navigation principale").locator(".compte")
    count.wait_for()
    shown = count.inner_text()
    assert_good_at_all_widths(page)
    page.get_by_role("link", name="Ce qui m’attend").click()
    assert page.get_by_role("navigation", name="Navigation principale").locator(".compte").inner_text() == shown
    page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_text("Menu", exact=True).click()
    assert page.get_by_role("navigation", name="Menu").locator(".compte").inner_text() == shown


def test_a_changed_answer_tells_its_effect_before_it_is_kept(open_page):
    cast = gather()
    page = open_page(cast.quality_manager)
    page.goto("/o/fil-ouest/reglages/profil/")
    page.get_by_role("group", name="Confiez-vous des sessions à des sous-traitants ?").get_by_label("Oui").check()
    page.locator("#changes").get_by_text("27. Sous-traitance et portage salarial").wait_for()
    cast.organisation.profile.refresh_from_db()
    assert cast.organisation.profile.subcontracts_out is False
    page.get_by_role("button", name="Enregistrer le profil").click()
    page.get_by_text("1 indicateur change.").wait_for()
    cast.organisation.profile.refresh_from_db()
    assert cast.organisation.profile.subcontracts_out is True


def test_what_was_typed_when_the_session_had_ended_is_back_in_its_form(open_page):
    cast = gather()
    page = open_page()

    def sign_in():
        page.get_by_label("Adresse électronique").fill(cast.quality_manager.email)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter").click()

    page.goto("/o/fil-ouest/reglages/membres/inviter/")
    sign_in()
    page.get_by_label("Adresse e-mail").fill("nolwenn@exemple.fr")
    page.get_by_label("Prénom et nom").fill("Nolwenn L’Été <&>")
    page.get_by_label("Rôle").select_option("trainer")
    Session.objects.all().delete()
    page.get_by_role("button", name="Envoyer l’invitation").click()
    sign_in()
    page.get_by_text("Votre session s’était fermée : rien n’a été enregistré.").wait_for()
    assert_good_at_all_widths(page)
    typed = [page.get_by_label(label).input_value() for label in ("Adresse e-mail", "Prénom et nom", "Rôle")]
    assert typed == ["nolwenn@exemple.fr", "Nolwenn L’Été <&>", "trainer"]
    assert page.locator("[data-kept-values]").count() == 0
    page.get_by_role("button", name="Envoyer l’invitation").click()
    page.get_by_text("L’invitation part à nolwenn@exemple.fr.").wait_for()
    assert page.get_by_text("Votre session s’était fermée").count() == 0


def test_the_first_page_of_all_is_good_at_three_widths(open_page):
    page = open_page()
    page.goto("/")
    page.get_by_role("heading", level=1, name="Ouvrez le premier organisme").wait_for()
    assert_good_at_all_widths(page)

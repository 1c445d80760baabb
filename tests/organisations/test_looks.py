"""The settings in a real browser: nothing overflows, axe finds nothing, the profile tells what changes at once."""

import pytest

from qualiopi.organisations.enums import Role
from qualiopi.organisations.verbs import add_member, update_card
from tests.cast import gather
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


def test_the_start_page_is_good_at_three_widths(open_page):
    page = open_page(gather().network_head)
    page.goto("/")
    assert_good_at_all_widths(page)


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

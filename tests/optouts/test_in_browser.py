"""The page of a link on a phone, in both languages, and the one of managers."""

import pytest
from django.urls import reverse

from qualiopi.optouts.links import choice_token
from qualiopi.optouts.verbs import choice_of
from tests.factories import MailChoiceFactory
from tests.harness.browser import assert_good_at_all_widths

pytestmark = pytest.mark.browser


def test_somebody_refuses_and_changes_their_mind(people, open_page):
    choice = choice_of(organisation_id=people.organisation.pk, email="anais@exemple.fr")
    page = open_page(width=360, phone=True, javascript=False)
    link = reverse("mail_choice:choice", args=[choice_token(choice.pk)])
    for language, button, heading, back in (
        ("fr", "Ne plus les recevoir", "C’est noté.", "Les recevoir de nouveau"),
        ("en", "Stop receiving them", "Done.", "Receive them again"),
    ):
        page.goto(f"{link}?lang={language}")
        page.get_by_role("button", name=button).click()
        page.get_by_role("heading", level=1, name=heading).wait_for()
        choice.refresh_from_db()
        assert choice.refused_at is not None
        page.get_by_role("button", name=back).click()
        page.get_by_role("button", name=button).wait_for()
        choice.refresh_from_db()
        assert choice.refused_at is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_everybody_can_read_the_page(people, open_page, language):
    choice = choice_of(
        organisation_id=people.organisation.pk, email="une-adresse-assez-longue-pour-un-telephone@formation.exemple.fr"
    )
    page = open_page(width=360, phone=True)
    for token in (choice_token(choice.pk), "rien"):
        page.goto(f"{reverse('mail_choice:choice', args=[token])}?lang={language}")
        assert_good_at_all_widths(page)


def test_everybody_can_read_who_refused(people, open_page):
    MailChoiceFactory.create_batch(2, organisation=people.organisation)
    page = open_page(people.training_manager)
    page.goto(reverse("optouts:refusals", args=["fil-ouest"]))
    assert_good_at_all_widths(page)

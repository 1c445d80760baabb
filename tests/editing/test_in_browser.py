"""The page on which two values meet, in a real browser."""

import pytest
from django.urls import reverse

from tests import cast
from tests.factories import TraineeFactory
from tests.harness.browser import assert_good_at_all_widths
from trainings.people.models import Trainee
from trainings.people.verbs import change_trainee

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False])
def test_the_second_sees_both_values_then_chooses(open_page, javascript):
    people = cast.gather()
    trainee = TraineeFactory(organisation=people.organisation, first_name="Anaïs")
    page = open_page(people.training_manager, javascript=javascript)
    page.goto(reverse("people:edit_trainee", args=["fil-ouest", trainee.pk]))
    page.get_by_label("Prénom").fill("Nina")
    change_trainee(trainee=trainee, fields={"first_name": "Anna"}, actor=people.quality_manager)
    page.get_by_role("button", name="Enregistrer la fiche").click()
    field = page.get_by_label("Prénom")
    told = page.locator(f"#{field.get_attribute('aria-describedby').split()[-1]}")
    assert told.inner_text().replace("\u00a0", " ").replace("\u202f", " ").startswith("Maëlle Kerdraon a enregistré « Anna » à ")
    assert (field.input_value(), field.get_attribute("aria-invalid")) == ("Nina", "true")
    # The summary has the focus: it says first that nothing is saved yet.
    assert page.locator(".erreurs:focus").inner_text().startswith("Cette page a changé pendant que vous écriviez")
    if javascript:
        assert_good_at_all_widths(page)
    page.get_by_role("button", name="Enregistrer la fiche").click()
    page.get_by_role("heading", name="Nina").first.wait_for()
    assert Trainee.objects.get().first_name == "Nina"

"""Two people send one form at the same moment, each on a connection of their own: one of them is told."""

import pytest
from django.urls import reverse

from tests import cast
from tests.at_once import at_once
from tests.editing.sheets import editing_sheet
from tests.factories import TraineeFactory
from trainings.people.models import Trainee

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_names_sent_at_once_one_is_kept_and_the_other_told():
    people = cast.gather()
    trainee = TraineeFactory(organisation=people.organisation, first_name="Anaïs")
    url = reverse("people:edit_trainee", args=["fil-ouest", trainee.pk])
    clients = [people.client(people.quality_manager), people.client(people.training_manager)]
    sheets = [editing_sheet(client.get(url).content.decode()) for client in clients]
    names = ["Anna", "Nina"]

    def send(number: int) -> int:
        return clients[number].post(url, sheets[number].typed({"first_name": names[number]})).status_code

    said = at_once(send)
    assert sorted(said) == [302, 422]
    assert Trainee.objects.get().first_name == names[said.index(302)]


def test_two_fields_sent_at_once_are_both_kept():
    people = cast.gather()
    trainee = TraineeFactory(organisation=people.organisation, first_name="Anaïs", postcode="")
    url = reverse("people:edit_trainee", args=["fil-ouest", trainee.pk])
    clients = [people.client(people.quality_manager), people.client(people.training_manager)]
    sheets = [editing_sheet(client.get(url).content.decode()) for client in clients]
    typed = [{"first_name": "Anna"}, {"postcode": "29200"}]
    said = at_once(lambda number: clients[number].post(url, sheets[number].typed(typed[number])).status_code)
    assert said == [302, 302]
    assert Trainee.objects.values_list("first_name", "postcode").get() == ("Anna", "29200")

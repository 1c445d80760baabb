"""Somebody new without an enrolment: who has the same name or address is shown first, and one chooses."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import EnrolmentFactory, SessionFactory, TraineeFactory
from tests.harness.worlds import shared
from trainings.people.models import Trainee
from trainings.people.verbs import find_or_create_trainee

pytestmark = pytest.mark.django_db
ZOE = {"first_name": "Zoë", "last_name": "D’Ornellas", "email": "zoe@exemple.fr"}

people = shared(cast.gather)


def address(name="create_trainee", *args):
    return reverse(f"people:{name}", args=["fil-ouest", *args])


@pytest.fixture
def manager(people):
    return people.client(people.training_manager)


def test_a_person_is_added_as_typed_and_checked(people, manager):
    form = ZOE | {"email": "Zoe@Exemple.fr", "phone": "06 92 12 34 56", "postcode": "b 1000", "birth_date": "1990-03-01"}
    answer = manager.post(address(), form)
    zoe = Trainee.objects.get()
    assert answer.url == address("trainee", zoe.pk)
    assert (zoe.organisation, str(zoe), zoe.email) == (people.organisation, "Zoë D’Ornellas", "zoe@exemple.fr")
    assert (zoe.phone, zoe.postcode, zoe.birth_date) == ("+262692123456", "B-1000", date(1990, 3, 1))
    line = Entry.objects.get()
    assert (line.verb, line.actor, line.object_label) == ("trainee.create", people.training_manager, "Zoë D’Ornellas")
    page = manager.get(answer.url).content.decode()
    assert ("La fiche de Zoë D’Ornellas est créée." in page, "inscrite à aucune session" in page) == (True, True)
    # An enrolment of that name and address is hers.
    assert find_or_create_trainee(organisation=people.organisation, **ZOE, actor=None) == zoe


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("last_name", "", "Ce champ est obligatoire"),
        ("last_name", "…", "Écrivez le nom en lettres."),
        ("email", "zoe", "Saisissez une adresse"),
        ("phone", "06 12 34 56 7", "numéro"),
        ("postcode", "1000", "Quatre chiffres se lisent de plusieurs façons"),
        ("birth_date", "0190-03-01", "Vérifiez l’année"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(manager, field, value, why):
    form = ({"last_name": "D’Ornellas"} if field != "last_name" else {}) | {field: value}
    answer = manager.post(address(), form)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert why in answer.context["form"].errors[field][0]
    assert Trainee.objects.count() == 0


@pytest.mark.parametrize(
    "typed",
    [
        {"first_name": "Zoë", "last_name": "D’Ornellas"},
        {"first_name": "D'ORNELLAS", "last_name": "ZOE", "email": "autre@exemple.fr"},
        {"first_name": "Z.", "last_name": "Dupont", "email": "ZOE@exemple.fr"},
    ],
    ids=["the same name", "written otherwise", "the same address"],
)
def test_who_may_be_the_same_is_shown_and_nothing_is_created(people, manager, typed):
    zoe = TraineeFactory(organisation=people.organisation, **ZOE, birth_date=date(1990, 3, 1), postcode="35000")
    EnrolmentFactory(trainee=zoe, session=SessionFactory(organisation=people.organisation))
    TraineeFactory(organisation=people.elsewhere, **ZOE)
    TraineeFactory(organisation=people.organisation, first_name="Zoë", last_name="Autrement", email="")
    answer = manager.post(address(), typed)
    told = "zoe@exemple.fr · date de naissance : 1er mars 1990 · 35000 · 1 inscription"
    assert (answer.status_code, answer.context["found"]) == (422, [(zoe.pk, "Zoë D’Ornellas", told)])
    page = answer.content.decode()
    assert (f'href="{address("trainee", zoe.pk)}"' in page, "Est-ce la même personne ?" in page) == (True, True)
    assert Trainee.objects.for_organisation(people.organisation).count() == 2


def test_two_people_of_no_address_are_not_taken_for_one(people, manager):
    TraineeFactory(organisation=people.organisation, first_name="Anna", last_name="Inventée", email="")
    assert manager.post(address(), {"first_name": "Nina", "last_name": "Imaginée"}).status_code == 302


def test_somebody_else_of_that_name_is_created_once_one_has_said_so(people, manager):
    zoe = TraineeFactory(organisation=people.organisation, **ZOE)
    other = ZOE | {"email": "autre.zoe@exemple.fr", "shown": [str(zoe.pk), "pas une clé"]}
    # What was shown is only told apart by the button that says so.
    assert manager.post(address(), other).status_code == 422
    assert manager.post(address(), other | {"others": "on"}).status_code == 302
    assert sorted(Trainee.objects.values_list("email", flat=True)) == ["autre.zoe@exemple.fr", "zoe@exemple.fr"]


def test_one_more_who_came_meanwhile_is_shown_again(people, manager):
    zoe = TraineeFactory(organisation=people.organisation, **ZOE)
    late = TraineeFactory(organisation=people.organisation, **ZOE | {"email": "tard@exemple.fr"})
    answer = manager.post(address(), ZOE | {"others": "on", "shown": [str(zoe.pk)]})
    assert (answer.status_code, {key for key, _name, _told in answer.context["found"]}) == (422, {zoe.pk, late.pk})
    assert Trainee.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_number_of_queries(people, manager, count, django_assert_num_queries):
    for _number in range(count):
        EnrolmentFactory(
            trainee=TraineeFactory(organisation=people.organisation, **ZOE),
            session=SessionFactory(organisation=people.organisation),
        )
    with django_assert_num_queries(6):
        assert len(manager.post(address(), ZOE).context["found"]) == count


def test_who_may_not_edit_has_neither_the_button_nor_the_page(people, manager):
    link = f'href="{address()}"'
    assert link in manager.get(address("trainees")).content.decode()
    assert people.client(people.trainer).get(address()).status_code == 404

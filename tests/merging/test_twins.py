"""Which pages are proposed as the same person's, and why."""

from datetime import date

import pytest

from tests.factories import OrganisationFactory, TraineeFactory, TrainerFactory
from trainings.merging.twins import MOST_TWINS, likely_twins, others_named

pytestmark = pytest.mark.django_db
LEA = {
    "first_name": "Léa",
    "last_name": "Dupont",
    "email": "lea@exemple.fr",
    "phone": "+33612345678",
    "birth_date": date(1990, 3, 1),
}
BLANK = {"email": "", "phone": "", "birth_date": None}
CASES = {
    "the same name, otherwise written": ({"first_name": "LEA", "last_name": "DUPONT"}, ["même nom"]),
    "the two parts the other way round": ({"first_name": "Dupont", "last_name": "Léa"}, ["même nom"]),
    "the name at birth": (
        {"first_name": "Léa", "last_name": "Martin", "birth_name": "Dupont"}, ["même nom de naissance"]
    ),
    "an initial": ({"first_name": "L.", "last_name": "Dupont"}, ["même nom de famille, même initiale"]),
    "a mistyped name at the same address": (
        {"first_name": "Léa", "last_name": "Dupond", "email": "LEA@exemple.fr"}, ["même adresse e-mail"]
    ),
    "an address shared with somebody else": (
        {"first_name": "Karim", "last_name": "Benali", "email": "lea@exemple.fr"}, ["même adresse e-mail"]
    ),
    "the same phone": ({"first_name": "Léa", "last_name": "Dupond", "phone": "+33612345678"}, ["même téléphone"]),
    "born the same day, one name in common": (
        {"first_name": "Léa", "last_name": "Dupond", "birth_date": date(1990, 3, 1)}, ["même date de naissance"]
    ),
    "born the same day, nothing in common": (
        {"first_name": "Karim", "last_name": "Benali", "birth_date": date(1990, 3, 1)}, []
    ),
    "a brother": ({"first_name": "Karim", "last_name": "Dupont"}, []),
    "everything": (LEA, ["même nom", "même adresse e-mail", "même téléphone", "même date de naissance"]),
}  # fmt: skip


@pytest.mark.parametrize(("said", "reasons"), CASES.values(), ids=CASES)
def test_reasons_to_think_so(said, reasons):
    person = TraineeFactory(**LEA)
    other = TraineeFactory(organisation=person.organisation, **BLANK | said)
    assert [(twin.person, twin.reasons) for twin in likely_twins(person)] == ([(other, reasons)] if reasons else [])


def test_the_likeliest_come_first_ten_at_most_in_one_query(django_assert_num_queries):
    person = TraineeFactory(**LEA)
    TraineeFactory.create_batch(12, organisation=person.organisation, email="lea@exemple.fr")
    likeliest = TraineeFactory(organisation=person.organisation, first_name="lea", last_name="dupont", **BLANK)
    TraineeFactory(organisation=OrganisationFactory(), **LEA)
    with django_assert_num_queries(1):
        found = likely_twins(person)
    assert (found[0].person, len(found)) == (likeliest, MOST_TWINS)


def test_trainers_have_twins_too():
    person = TrainerFactory(first_name="Yann", last_name="Le Goff", email="")
    other = TrainerFactory(organisation=person.organisation, first_name="Y.", last_name="LE GOFF", email="")
    assert [(twin.person, twin.reasons) for twin in likely_twins(person)] == [(other, ["même nom de famille, même initiale"])]


def test_any_other_page_can_be_searched_for():
    person = TraineeFactory(**LEA)
    other = TraineeFactory(organisation=person.organisation, first_name="Évelyne", last_name="D’Ornellas")
    assert others_named(person, "ornellas EVELYNE") == [other]
    assert others_named(person, "lea") == others_named(person, " ") == []

"""Folded columns say what their row says, whatever way it was written."""

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.db import connection, models
from django.db.models import F
from django.db.models.functions import Upper

from qualiopi.folding import FoldedKey, FoldedText, folded_columns, stale_keys
from qualiopi.management.commands.check_search import searched_models
from tests.factories import CompanyFactory, CourseFactory, OrganisationFactory, SessionFactory, TraineeFactory
from trainings.people.models import Company, Trainee
from trainings.sessions.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return TraineeFactory(first_name="Léa", last_name="Évrard", email="lea@exemple.fr", phone="+33612345678")


def kept(row):
    """What the database holds, not the object in memory."""
    return Trainee.objects.values_list("found_by", "name_key").get(pk=row.pk)


def by_saving(person):
    person.last_name = "Œuvrard"
    person.save()


def by_saving_one_field(person):
    person.last_name = "Œuvrard"
    person.save(update_fields=["last_name"])


def by_saving_what_was_read(person):
    part = Trainee.objects.only("last_name").get(pk=person.pk)
    part.last_name = "Œuvrard"
    part.save()


def by_saving_what_was_read_without_its_key(person):
    part = Trainee.objects.defer("found_by", "first_name").get(pk=person.pk)
    part.last_name = "Œuvrard"
    part.save()


def by_updating(person):
    assert Trainee.objects.filter(pk=person.pk).update(last_name="Œuvrard") == 1


def by_updating_from_the_database(person):
    Trainee.objects.filter(pk=person.pk).update(last_name=Upper(models.Value("œuvrard")))


def by_updating_what_is_filtered_on(person):
    assert Trainee.objects.filter(last_name="Évrard").update(last_name="Œuvrard") == 1


def by_updating_in_bulk(person):
    person.last_name = "Œuvrard"
    assert Trainee.objects.bulk_update([person], ["last_name"]) == 1


def by_creating_over(person):
    again = Trainee(pk=person.pk, organisation=person.organisation, first_name="Léa", last_name="Œuvrard")
    again.email, again.phone = person.email, person.phone
    Trainee.objects.bulk_create([again], update_conflicts=True, update_fields=["last_name"], unique_fields=["id"])


def by_update_or_create(person):
    Trainee.objects.update_or_create(pk=person.pk, defaults={"last_name": "Œuvrard"})


def by_a_fixture(person):
    by_saving(person)
    dumped = serializers.serialize("json", [person])
    Trainee.objects.filter(pk=person.pk).delete()
    for read in serializers.deserialize("json", dumped):
        read.save()


WAYS = [
    by_saving,
    by_saving_one_field,
    by_saving_what_was_read,
    by_saving_what_was_read_without_its_key,
    by_updating,
    by_updating_from_the_database,
    by_updating_what_is_filtered_on,
    by_updating_in_bulk,
    by_creating_over,
    by_update_or_create,
    by_a_fixture,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_each_way_of_writing_keeps_what_a_row_is_found_by(person, way):
    assert kept(person) == ("lea evrard lea exemple fr 33612345678", "evrard lea")
    way(person)
    last = Trainee.objects.values_list("last_name", flat=True).get(pk=person.pk)
    assert last.casefold() == "œuvrard"
    assert kept(person) == ("lea oeuvrard lea exemple fr 33612345678", "lea oeuvrard")
    assert stale_keys(Trainee) == []


def test_rows_made_together_are_found():
    organisation = OrganisationFactory()
    Company.objects.bulk_create([Company(organisation=organisation, name=name) for name in ("Cœur d’Évry", "Saint-Ouen")])
    assert list(Company.objects.order_by("name").values_list("name_key", "found_by")) == [
        ("coeur d evry", "coeur d evry"),
        ("saint ouen", "saint ouen"),
    ]


def test_a_column_that_is_not_followed_costs_nothing_more(person, django_assert_num_queries):
    with django_assert_num_queries(1):
        Trainee.objects.filter(pk=person.pk).update(postcode="91000")
    with django_assert_num_queries(1):
        person.save(update_fields=["postcode"])


def test_what_the_database_would_work_out_is_refused_rather_than_lost(person):
    person.last_name = Upper(F("last_name"))
    with pytest.raises(TypeError, match="donnez des valeurs, non des expressions"):
        person.save()


def test_what_nobody_foresaw_is_told_then_mended(person, capsys):
    SessionFactory(organisation=person.organisation, place="Évry")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trainings_trainee SET last_name = 'Quéré'")
        cursor.execute("UPDATE trainings_session SET found_by = ''")
    with pytest.raises(SystemExit) as ended:
        call_command("check_search")
    assert ended.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        "stagiaires : 1 à refaire.",
        "sessions : 1 à refaire.",
        "Lancez cette commande avec --rebuild.",
    ]
    call_command("check_search", "--rebuild")
    assert capsys.readouterr().out.splitlines()[-1] == "C'est refait."
    assert kept(person) == ("lea quere lea exemple fr 33612345678", "lea quere")
    assert Session.objects.get().found_by.endswith("evry")
    call_command("check_search")
    assert capsys.readouterr().out == "Tout se trouve par ce qu'il dit.\n"


def test_every_model_with_a_name_that_people_type_is_searched():
    assert sorted(model.__name__ for model in searched_models()) == [
        "Company",
        "Course",
        "Document",
        "FormerIdentity",
        "Funder",
        "Session",
        "StoredFile",
        "Subcontractor",
        "Trainee",
        "Trainer",
        "TrainerRecord",
    ]


def test_a_folded_column_knows_what_it_follows():
    assert [column.name for column in folded_columns(Trainee, following=["email"])] == ["found_by"]
    assert [column.name for column in folded_columns(Trainee, following=["last_name"])] == ["name_key", "found_by"]
    assert folded_columns(Trainee, following=["postcode"]) == []


def test_a_column_that_cannot_follow_is_an_error_of_the_check():
    class Lonely(models.Model):
        name = models.CharField(max_length=20)
        found_by = FoldedText("name", "nothing")

        class Meta:
            app_label = "trainings"
            managed = False

    try:
        assert [error.id for error in Lonely._meta.get_field("found_by").check()] == ["folding.E001", "folding.E002"]
    finally:
        apps.all_models["trainings"].pop("lonely")
        apps.clear_cache()


def test_a_key_is_no_longer_than_its_column():
    course = CourseFactory(title="Œ" * 250)
    assert course.title_key == "oe" * 125
    assert isinstance(course._meta.get_field("title_key"), FoldedKey)
    assert CompanyFactory(name="Évry", siret="12345678200015").found_by == "evry 12345678200015"

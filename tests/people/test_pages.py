"""Pages of trainers, trainees and courses."""

import pytest
from django.urls import reverse

from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import CourseFactory, EnrolmentFactory, SessionFactory, SubcontractorFactory, TraineeFactory, TrainerFactory
from tests.harness.worlds import shared
from trainings.catalogue.models import Course
from trainings.people.models import Trainer

pytestmark = pytest.mark.django_db


people = shared(cast.gather)


def page_rows(people, name, query=""):
    answer = people.client(people.training_manager).get(reverse(name, args=["fil-ouest"]) + query)
    return [str(row) for row in answer.context["page"].object_list]


def test_each_list_holds_the_organisations_own_rows(people):
    for organisation, name in ((people.organisation, "Visible"), (people.sister, "Caché")):
        TraineeFactory(organisation=organisation, first_name="", last_name=name)
        TrainerFactory(organisation=organisation, first_name="", last_name=name)
        CourseFactory(organisation=organisation, title=name)
    assert page_rows(people, "people:trainees") == ["Visible"]
    assert page_rows(people, "people:trainers") == ["Yann Le Goff", "Visible"]
    assert page_rows(people, "catalogue:list") == ["Visible"]


@pytest.mark.parametrize(("name", "queries"), [("people:trainees", 7), ("people:trainers", 8), ("catalogue:list", 11)])
@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_number_of_queries(people, name, queries, count, django_assert_num_queries):
    for _number in range(count):
        EnrolmentFactory(session=SessionFactory(organisation=people.organisation, trainers=[people.trainer_record]))
    client = people.client(people.training_manager)
    with django_assert_num_queries(queries):
        client.get(reverse(name, args=["fil-ouest"]))


@pytest.mark.parametrize(("name", "found"), [("people:trainees", "Zoë D’Ornellas"), ("people:trainers", "Zoë D’Ornellas")])
def test_a_search_ignores_accents_and_case(people, name, found):
    factory = TraineeFactory if name == "people:trainees" else TrainerFactory
    factory(organisation=people.organisation, first_name="Zoë", last_name="D’Ornellas")
    factory(organisation=people.organisation, first_name="Autre", last_name="Personne")
    assert page_rows(people, name, "?q=ornellas") == [found]


def test_a_trainer_of_a_subcontractor_is_a_subcontractor(people):
    company = SubcontractorFactory(organisation=people.organisation)
    answer = people.client(people.training_manager).post(
        reverse("people:create_trainer", args=["fil-ouest"]),
        {"first_name": "Léa", "last_name": "Dehors", "status": "carried", "subcontractor": company.pk},
    )
    assert (answer.status_code, "Seul un formateur sous-traitant" in answer.content.decode()) == (422, True)
    assert Trainer.objects.filter(last_name="Dehors").count() == 0


def test_the_same_trainer_is_not_created_twice(people):
    answer = people.client(people.training_manager).post(
        reverse("people:create_trainer", args=["fil-ouest"]), {"first_name": "LE GOFF", "last_name": "Yann"}
    )
    assert (answer.status_code, Trainer.objects.count()) == (422, 1)


def test_a_course_says_whether_it_is_certifying_or_that_nobody_knows(people):
    client = people.client(people.training_manager)
    for title, answer in (("Oui", "true"), ("Non", "false"), ("Inconnu", "")):
        client.post(reverse("catalogue:create", args=["fil-ouest"]), {"title": title, "certifying": answer})
    assert dict(Course.objects.values_list("title", "certifying")) == {"Oui": True, "Non": False, "Inconnu": None}


def test_a_title_is_used_once_whatever_its_accents(people):
    CourseFactory(organisation=people.organisation, title="Médiation")
    answer = people.client(people.training_manager).post(
        reverse("catalogue:create", args=["fil-ouest"]), {"title": "MEDIATION", "certifying": ""}
    )
    assert (answer.status_code, Course.objects.count()) == (422, 1)


@pytest.mark.parametrize("name", ["people:trainees", "people:trainers", "catalogue:list", "agenda:index"])
def test_a_search_of_thousands_of_words_finds_nothing_and_breaks_nothing(people, name):
    query = " ".join(f"mot{number}" for number in range(1600))
    answer = people.client(people.training_manager).get(reverse(name, args=["fil-ouest"]), {"q": query})
    assert (answer.status_code, list(answer.context["page"].object_list)) == (200, [])


def test_the_journal_names_only_what_changed(people):
    course = CourseFactory(organisation=people.organisation, title="Tenir une régie", code="")
    client = people.client(people.training_manager)
    fields = {"title": "Tenir une régie", "code": "", "category": course.category, "certifying": "false", "duration_hours": "21"}
    client.post(reverse("catalogue:edit", args=["fil-ouest", course.pk]), fields)
    trainer = {"first_name": "Yann", "last_name": "Le Goff", "status": "employee", "email": "yann@exemple.fr"}
    client.post(reverse("people:edit_trainer", args=["fil-ouest", people.trainer_record.pk]), trainer)
    told = {entry.verb: entry.details["fields"] for entry in Entry.objects.filter(verb__in=["course.change", "trainer.change"])}
    assert told == {"course.change": ["duration_hours"], "trainer.change": ["email", "status", "user"]}

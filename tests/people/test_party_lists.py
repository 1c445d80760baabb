"""Companies and funders: lists with what stands behind each, and those that no enrolment names yet."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import CompanyFactory, EnrolmentFactory, FunderFactory, FundingFactory, SessionFactory, TraineeFactory
from tests.harness.worlds import shared
from trainings.people.models import Company, Funder
from trainings.people.verbs import find_or_create_company, find_or_create_funder

pytestmark = pytest.mark.django_db
KINDS = [("companies", CompanyFactory), ("funders", FunderFactory)]

people = shared(cast.gather)


def address(name, *args, query=""):
    return reverse(f"people:{name}", args=["fil-ouest", *args]) + query


def lines(people, name, query=""):
    answer = people.client(people.training_manager).get(address(name, query=query))
    return [(line.party.name, line.party.session_count, line.party.trainee_count) for line in answer.context["lines"]]


def stand_behind(people, factory, party, *, session, trainee):
    enrolment = EnrolmentFactory(session=session, trainee=trainee)
    if factory is CompanyFactory:
        enrolment.company, enrolment.has_company = party, True
        enrolment.save()
    else:
        FundingFactory(enrolment=enrolment, funder=party)


@pytest.mark.parametrize(("name", "factory"), KINDS)
def test_each_session_and_each_person_counts_once(people, name, factory):
    own = {"organisation": people.organisation}
    filature, alone = factory(**own, name="Filature Inventée"), factory(**own, name="Atelier Inventé")
    factory(organisation=people.elsewhere, name="Maison Cachée")
    first, second = SessionFactory(**own), SessionFactory(**own)
    anna, nina = TraineeFactory(**own), TraineeFactory(**own)
    for session, trainee in ((first, anna), (first, nina), (second, anna)):
        stand_behind(people, factory, filature, session=session, trainee=trainee)
    assert lines(people, name) == [(alone.name, 0, 0), (filature.name, 2, 2)]


@pytest.mark.parametrize(("name", "factory"), KINDS)
@pytest.mark.parametrize("count", [1, 3])
def test_a_list_takes_the_same_number_of_queries(people, name, factory, count, django_assert_num_queries):
    own = {"organisation": people.organisation}
    for _number in range(count):
        stand_behind(people, factory, factory(**own), session=SessionFactory(**own), trainee=TraineeFactory(**own))
    client = people.client(people.training_manager)
    with django_assert_num_queries(8):
        client.get(address(name))


@pytest.mark.parametrize(("name", "factory"), KINDS)
def test_a_list_comes_by_twenty_five_and_is_searched(people, name, factory):
    for number in range(26):
        factory(organisation=people.organisation, name=f"Établissement {number:02}")
    assert len(lines(people, name)) == 25
    assert lines(people, name, "?page=2") == [("Établissement 25", 0, 0)]
    assert lines(people, name, "?q=etablissement+07") == [("Établissement 07", 0, 0)]
    page = people.client(people.training_manager).get(address(name, query="?q=etablissement+07"))
    assert "1 fiche correspond à « etablissement 07 »." in page.content.decode()
    empty = people.client(people.training_manager).get(address(name, query="?q=introuvable"))
    assert "Aucune fiche ne correspond : essayez moins de mots." in empty.content.decode()


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (
            "companies",
            [
                ["Nom", "Adresse e-mail", "SIRET", "Adresse postale", "Représentée par", "Sessions", "Stagiaires"],
                ["Filature Inventée", "rh@exemple.fr", "73282932000074", "3, quai Inventé", "'=Rozenn", "0", "0"],
            ],
        ),
        (
            "funders",
            [
                ["Nom", "Adresse e-mail", "Nature", "Sessions", "Stagiaires"],
                ["Fonds Inventé", "avis@exemple.fr", "région", "0", "0"],
            ],
        ),
    ],
)
def test_a_list_leaves_as_a_file(people, name, rows):
    own = {"organisation": people.organisation}
    company = {"siret": "73282932000074", "address": "3, quai Inventé", "representative": "=Rozenn"}
    CompanyFactory(**own, name="Filature Inventée", email="rh@exemple.fr", **company)
    FunderFactory(**own, name="Fonds Inventé", email="avis@exemple.fr", kind="region")
    CompanyFactory(organisation=people.elsewhere)
    FunderFactory(organisation=people.elsewhere)
    answer = people.client(people.quality_manager).get(address(name, query="?format=csv"))
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content), delimiter=";")) == rows


def test_a_company_is_added_before_any_enrolment(people):
    form = {"name": " Filature Inventée ", "email": "rh@exemple.fr", "siret": "732 829 320 00074"}
    answer = people.client(people.training_manager).post(address("create_company"), form, follow=True)
    assert "L’entreprise Filature Inventée est ajoutée." in answer.content.decode()
    company = Company.objects.get()
    assert (company.organisation, company.siret, company.email) == (people.organisation, "73282932000074", "rh@exemple.fr")
    line = Entry.objects.get(verb="company.create")
    assert (line.actor, line.object_label) == (people.training_manager, company.name)
    assert find_or_create_company(organisation=people.organisation, name="FILATURE INVENTEE", actor=None) == company


@pytest.mark.parametrize(
    ("typed", "kind"), [("", "opco"), ("region", "region")], ids=["the nature its name tells", "the nature chosen"]
)
def test_a_funder_is_added_with_its_nature(people, typed, kind):
    form = {"name": "OPCO Inventé", "email": "", "kind": typed}
    assert people.client(people.quality_manager).post(address("create_funder"), form).url == address("funders")
    funder = Funder.objects.get()
    assert (funder.organisation, funder.kind) == (people.organisation, kind)
    assert find_or_create_funder(organisation=people.organisation, name="opco inventé", actor=None) == funder


@pytest.mark.parametrize(
    ("create", "edit", "factory", "why"),
    [
        ("create_company", "edit_company", CompanyFactory, "Une entreprise porte déjà ce nom"),
        ("create_funder", "edit_funder", FunderFactory, "Un financeur porte déjà ce nom"),
    ],
)
def test_a_name_that_is_held_leads_to_its_sheet(people, create, edit, factory, why):
    held, other = (factory(organisation=people.organisation, name=name) for name in ("Filature Inventée", "Atelier Inventé"))
    factory(organisation=people.elsewhere, name="Tissage Inventé")
    client = people.client(people.training_manager)
    page = client.post(address(create), {"name": "FILATURE INVENTEE"})
    assert (page.status_code, page.context["known"].url) == (422, address(edit, held.pk))
    assert why in page.content.decode()
    renamed = client.post(address(edit, other.pk), {"name": "Filature inventée", "kind": "other"})
    assert (renamed.status_code, why in renamed.content.decode()) == (422, True)
    # The same name in another organisation is somebody else's.
    assert client.post(address(create), {"name": "Tissage Inventé"}).status_code == 302
    assert client.post(address(edit, other.pk), {"name": "ATELIER INVENTÉ", "kind": "other"}).status_code == 302

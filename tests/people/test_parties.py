"""Companies and funders are completed where an address or a representative is missing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import CompanyFactory, FunderFactory
from tests.harness.worlds import shared
from trainings.people.models import Company, Funder

pytestmark = pytest.mark.django_db
COMPANY = {
    "name": "Brasserie Inventée",
    "email": "rh@exemple.fr",
    "representative": "Rozenn Inventée, gérante",
    "siret": "732 829 320 00074",
    "address": "3, quai Inventé, Brest",
}
FUNDER = {"name": "Fonds Inventé", "email": "avis@exemple.fr", "kind": "other"}


people = shared(cast.gather)


def url(name, party, query=""):
    return reverse(f"people:{name}", args=["fil-ouest", party.pk]) + query


def test_a_company_is_completed_and_the_journal_says_what(people):
    company = CompanyFactory(organisation=people.organisation, name="Brasserie Inventée")
    client = people.client(people.training_manager)
    assert client.post(url("edit_company", company), COMPANY).url == url("edit_company", company)
    company.refresh_from_db()
    kept = (company.name, company.email, company.representative, company.siret, company.address)
    assert kept == (
        "Brasserie Inventée",
        "rh@exemple.fr",
        "Rozenn Inventée, gérante",
        "73282932000074",
        "3, quai Inventé, Brest",
    )
    client.post(url("edit_company", company), COMPANY)
    line = Entry.objects.get(verb="company.change")
    assert (line.actor, line.object_label) == (people.training_manager, "Brasserie Inventée")
    assert line.details == {"fields": ["address", "email", "representative", "siret"]}


def test_a_funder_gets_its_address_and_its_kind(people):
    funder = FunderFactory(organisation=people.organisation, name="Fonds Inventé")
    people.client(people.quality_manager).post(url("edit_funder", funder), FUNDER | {"kind": "region"})
    funder.refresh_from_db()
    assert (funder.email, funder.kind) == ("avis@exemple.fr", "region")
    assert Entry.objects.get(verb="funder.change").details == {"fields": ["email", "kind"]}


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("name", "", "Ce champ est obligatoire"),
        ("name", "…", "Écrivez le nom en lettres ou en chiffres."),
        ("email", "pas une adresse", "Saisissez une adresse"),
        ("siret", "732 829 320 00075", "Ce SIRET ne tombe pas juste"),
        ("siret", "732829320", "C’est un SIREN"),
        ("siret", "７３２８２９３２００００７４", "Un SIRET a 14 chiffres"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(people, field, value, why):
    company = CompanyFactory(organisation=people.organisation, name="Brasserie Inventée")
    before = Company.objects.values().get()
    answer = people.client(people.training_manager).post(url("edit_company", company), COMPANY | {field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert why in answer.content.decode()
    assert Company.objects.values().get() == before


@pytest.mark.parametrize(
    ("asked", "back"),
    [
        ("/o/fil-ouest/sessions/", "/o/fil-ouest/sessions/"),
        ("/o/fil-sud/sessions/", None),
        ("//ailleurs.example/o/fil-ouest/", None),
        ("https://ailleurs.example/", None),
        ("", None),
    ],
)
def test_one_comes_back_where_one_was_and_nowhere_else(people, asked, back):
    funder = FunderFactory(organisation=people.organisation)
    address = url("edit_funder", funder, f"?retour={asked}")
    client = people.client(people.training_manager)
    assert client.get(address).context["back"] == (back or "")
    answer = client.post(address, FUNDER)
    assert answer.url == (back or url("edit_funder", funder))


@pytest.mark.parametrize(
    ("name", "factory", "model"), [("edit_company", CompanyFactory, Company), ("edit_funder", FunderFactory, Funder)]
)
def test_the_others_have_no_page(people, name, factory, model):
    mine, theirs = factory(organisation=people.organisation), factory(organisation=people.elsewhere)
    assert people.client(people.training_manager).get(url(name, theirs)).status_code == 404
    assert people.client(people.trainer).get(url(name, mine)).status_code == 404
    assert people.client(people.trainer).post(url(name, mine), COMPANY).status_code == 404
    assert model.objects.filter(email="rh@exemple.fr").count() == 0

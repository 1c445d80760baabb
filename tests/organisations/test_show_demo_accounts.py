"""`manage.py show_demo_accounts` tells the invented people, and nobody else."""

from io import StringIO

import pytest
from django.core.management import call_command

from qualiopi.organisations.enums import Role
from tests.factories import MemberFactory, NetworkMemberFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def shown() -> str:
    output = StringIO()
    call_command("show_demo_accounts", stdout=output)
    return output.getvalue()


def test_each_invented_person_is_shown_with_role_and_place(settings):
    settings.DEMO_PASSWORD = "mot-de-passe-demo"
    organisation = OrganisationFactory(name="Ateliers du Fil Ouest")
    person = UserFactory(email="maelle.kerdraon@exemple.fr")
    MemberFactory(organisation=organisation, user=person, role=Role.QUALITY_MANAGER)
    MemberFactory(organisation=organisation, user=UserFactory(email="vraie.personne@organisme.test"))
    head = NetworkMemberFactory(network__name="Les Ateliers du Fil", user__email="jaouen@reseau.example")
    assert shown() == (
        "Comptes de démonstration, mot de passe mot-de-passe-demo :\n"
        f"  {head.user.email:<36} tête de réseau, Les Ateliers du Fil\n"
        f"  {person.email:<36} responsable qualité, Ateliers du Fil Ouest\n"
    )


def test_no_invented_person_is_said():
    MemberFactory(user__email="vraie.personne@organisme.test")
    assert shown() == "Aucun compte de démonstration : « manage.py seed_demo » en crée.\n"

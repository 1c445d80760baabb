"""The standing cast: the same people in every test, so that tests read as sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.test import Client

from qualiopi.accounts.models import User
from qualiopi.organisations.enums import Role
from qualiopi.organisations.models import Network, Organisation
from tests.factories import MemberFactory, NetworkFactory, NetworkMemberFactory, OrganisationFactory, TrainerFactory, UserFactory
from trainings.people.models import Trainer


@dataclass
class Cast:
    """Two organisations of one network, a third elsewhere, and the people around the first."""

    network: Network
    organisation: Organisation
    sister: Organisation
    elsewhere: Organisation
    network_head: User
    quality_manager: User
    training_manager: User
    trainer: User
    auditor: User
    stranger: User
    trainer_record: Trainer

    def client(self, user: User | None) -> Client:
        """A browser in which this person is signed in; nobody for None."""
        client = Client()
        if user is not None:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


def gather() -> Cast:
    """Create the cast. The stranger is quality manager of the organisation elsewhere."""
    network = NetworkFactory(name="Les Ateliers du Fil", slug="ateliers-du-fil")
    organisation = OrganisationFactory(name="Ateliers du Fil Ouest", slug="fil-ouest", network=network)
    sister = OrganisationFactory(name="Ateliers du Fil Sud", slug="fil-sud", network=network)
    elsewhere = OrganisationFactory(name="Organisme Étranger Secret", slug="etranger-secret")
    people = {
        "network_head": UserFactory(full_name="Jaouen Bihan", email="jaouen.bihan@exemple.fr"),
        "quality_manager": UserFactory(full_name="Maëlle Kerdraon", email="maelle.kerdraon@exemple.fr"),
        "training_manager": UserFactory(full_name="Soazig Perrot", email="soazig.perrot@exemple.fr"),
        "trainer": UserFactory(full_name="Yann Le Goff", email="yann.legoff@exemple.fr"),
        "auditor": UserFactory(full_name="Odile Vérif", email="odile.verif@exemple.fr"),
        "stranger": UserFactory(full_name="Inconnu Ailleurs", email="inconnu.ailleurs@exemple.fr"),
    }
    NetworkMemberFactory(network=network, user=people["network_head"])
    MemberFactory(organisation=organisation, user=people["quality_manager"], role=Role.QUALITY_MANAGER)
    MemberFactory(organisation=organisation, user=people["training_manager"], role=Role.TRAINING_MANAGER)
    MemberFactory(organisation=organisation, user=people["trainer"], role=Role.TRAINER)
    MemberFactory(organisation=organisation, user=people["auditor"], role=Role.AUDITOR, until=date(2099, 12, 31))
    MemberFactory(organisation=elsewhere, user=people["stranger"], role=Role.QUALITY_MANAGER)
    record = TrainerFactory(organisation=organisation, first_name="Yann", last_name="Le Goff", user=people["trainer"])
    return Cast(network=network, organisation=organisation, sister=sister, elsewhere=elsewhere, trainer_record=record, **people)

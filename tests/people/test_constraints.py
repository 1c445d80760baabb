"""What the database refuses of people and companies, by the name of each constraint."""

from functools import partial

import pytest

from tests.constraints import assert_refuses
from tests.factories import (
    CompanyFactory,
    FormerIdentityFactory,
    FunderFactory,
    SubcontractorFactory,
    TraineeFactory,
    TrainerFactory,
    UserFactory,
)
from trainings.people.models import Company, FormerIdentity, Funder, Subcontractor, Trainer, TrainerStatus

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "factory", "constraint"),
    [
        (Company, CompanyFactory, "company_name_once"),
        (Funder, FunderFactory, "funder_name_once"),
        (Subcontractor, SubcontractorFactory, "subcontractor_name_once"),
    ],
)
def test_a_name_once_per_organisation(model, factory, constraint):
    party = factory(name="L'Étoile du Nord")
    factory(name="L'Étoile du Nord")
    assert_refuses(model, constraint, lambda: factory(organisation=party.organisation, name="l’etoile  du nord"))


def test_trainer_name_once():
    trainer = TrainerFactory(first_name="Léa", last_name="Inventée")
    TrainerFactory(first_name="Léa", last_name="Inventée")
    own = {"organisation": trainer.organisation}
    assert_refuses(Trainer, "trainer_name_once", lambda: TrainerFactory(**own, first_name="INVENTEE", last_name="Lea"))


@pytest.mark.parametrize("both", [True, False])
def test_former_identity_of_one(both):
    trainee = TraineeFactory()
    said = {"trainee": trainee, "trainer": TrainerFactory(organisation=trainee.organisation)} if both else {"trainee": None}
    write = partial(FormerIdentityFactory, organisation=trainee.organisation, **said)
    assert_refuses(FormerIdentity, "former_identity_of_one", write)


def test_trainer_account_once():
    user = UserFactory()
    trainer = TrainerFactory(user=user)
    TrainerFactory(user=user)
    TrainerFactory(organisation=trainer.organisation)
    assert_refuses(Trainer, "trainer_account_once", lambda: TrainerFactory(organisation=trainer.organisation, user=user))


def test_trainer_subcontractor_status():
    subcontractor = SubcontractorFactory()
    own = {"organisation": subcontractor.organisation, "subcontractor": subcontractor}
    assert_refuses(Trainer, "trainer_subcontractor_status", lambda: TrainerFactory(**own, status=TrainerStatus.EMPLOYEE))
    assert TrainerFactory(**own, status=TrainerStatus.SUBCONTRACTOR).subcontractor == subcontractor

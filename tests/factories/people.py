"""Factories of trainers' files and of subcontracting."""

import hashlib
from datetime import date

import factory
from factory.django import DjangoModelFactory

from tests.factories.trainings import SubcontractorFactory, TraineeFactory, TrainerFactory
from trainings.people.models import FormerIdentity, RecordKind, Subcontract, SubcontractorReview, TrainerLink, TrainerRecord


class TrainerRecordFactory(DjangoModelFactory):
    """A CV of the year, without a file."""

    class Meta:
        model = TrainerRecord

    organisation = factory.SelfAttribute("trainer.organisation")
    trainer = factory.SubFactory(TrainerFactory)
    kind = RecordKind.CV
    title = factory.Sequence(lambda n: f"Pièce inventée {n}")
    dated_on = date(2026, 3, 2)


class TrainerLinkFactory(DjangoModelFactory):
    """A link whose token nobody knows; verbs make those that open."""

    class Meta:
        model = TrainerLink

    organisation = factory.SelfAttribute("trainer.organisation")
    trainer = factory.SubFactory(TrainerFactory)
    token_hash = factory.Sequence(lambda n: hashlib.sha256(f"lien de formateur {n}".encode()).hexdigest())
    expires_on = date(2099, 12, 31)


class FormerIdentityFactory(DjangoModelFactory):
    """What the page of a trainee said before it was merged; `trainee=None, trainer=…` for a trainer's."""

    class Meta:
        model = FormerIdentity

    organisation = factory.LazyAttribute(lambda o: (o.trainee or o.trainer).organisation)
    trainee = factory.SubFactory(TraineeFactory)
    name = "Anaïs Ancienne"


class SubcontractFactory(DjangoModelFactory):
    """A contract signed for a year, with its clauses."""

    class Meta:
        model = Subcontract

    organisation = factory.SelfAttribute("subcontractor.organisation")
    subcontractor = factory.SubFactory(SubcontractorFactory)
    reference = factory.Sequence(lambda n: f"ST-2026-{n:03d}")
    signed_on = date(2026, 1, 5)
    valid_from = date(2026, 1, 10)
    valid_until = date(2026, 12, 31)
    missions = ["welcome", "attendance", "evaluation"]
    compliance_clause = True
    right_to_check = True


class SubcontractorReviewFactory(DjangoModelFactory):
    """The review of the year."""

    class Meta:
        model = SubcontractorReview

    organisation = factory.SelfAttribute("subcontractor.organisation")
    subcontractor = factory.SubFactory(SubcontractorFactory)
    held_on = date(2026, 6, 15)
    identity_checked = True
    skills_checked = True
    results_read = True
    conclusion = "Pièces à jour, avis des stagiaires bons : la collaboration continue."

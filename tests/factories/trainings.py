"""Factories of the second floor."""

import hashlib
from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from tests.factories.qualiopi import OrganisationFactory
from trainings.catalogue.models import Course
from trainings.people.models import Company, Funder, FunderKind, Subcontractor, Trainee, Trainer
from trainings.sessions.models import Enrolment, Modality, Session, SessionState
from trainings.surveys.models import Campaign, Invitation, Response, ResponseSource


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = Course

    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"Animer une réunion {n}")
    category = "AF"
    certifying = False
    duration_hours = Decimal("14")


class CompanyFactory(DjangoModelFactory):
    class Meta:
        model = Company

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Brasserie Inventée {n}")


class FunderFactory(DjangoModelFactory):
    class Meta:
        model = Funder

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"OPCO Inventé {n}")
    kind = FunderKind.OPCO


class SubcontractorFactory(DjangoModelFactory):
    class Meta:
        model = Subcontractor

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Sous-traitance Inventée {n}")


class TrainerFactory(DjangoModelFactory):
    class Meta:
        model = Trainer

    organisation = factory.SubFactory(OrganisationFactory)
    first_name = "Yann"
    last_name = factory.Sequence(lambda n: f"Inventé{n}")
    email = factory.Sequence(lambda n: f"formateur{n}@exemple.fr")


class TraineeFactory(DjangoModelFactory):
    class Meta:
        model = Trainee

    organisation = factory.SubFactory(OrganisationFactory)
    first_name = "Anaïs"
    last_name = factory.Sequence(lambda n: f"Fictive{n}")
    email = factory.Sequence(lambda n: f"stagiaire{n}@exemple.fr")


class SessionFactory(DjangoModelFactory):
    """A finished session; `trainers=[...]` assigns who leads it."""

    class Meta:
        model = Session
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    course = factory.SubFactory(CourseFactory, organisation=factory.SelfAttribute("..organisation"))
    reference = factory.Sequence(lambda n: f"S26-{n:03d}")
    starts_on = date(2026, 9, 7)
    ends_on = date(2026, 9, 8)
    duration_hours = Decimal("14")
    modality = Modality.ON_SITE
    state = SessionState.DONE
    place = "12, rue Inventée, Lille"

    @factory.post_generation
    def trainers(self, create, extracted, **kwargs):
        if create and extracted:
            self.trainers.set(extracted)


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = Enrolment

    organisation = factory.SelfAttribute("session.organisation")
    session = factory.SubFactory(SessionFactory)
    trainee = factory.SubFactory(TraineeFactory, organisation=factory.SelfAttribute("..session.organisation"))


class CampaignFactory(DjangoModelFactory):
    class Meta:
        model = Campaign

    organisation = factory.SelfAttribute("session.organisation")
    session = factory.SubFactory(SessionFactory)
    questionnaire = "end_of_session"
    opened_on = date(2026, 9, 8)
    link_hash = factory.Sequence(lambda n: hashlib.sha256(f"campagne {n}".encode()).hexdigest())


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    organisation = factory.SelfAttribute("campaign.organisation")
    campaign = factory.SubFactory(CampaignFactory)
    enrolment = factory.SubFactory(EnrolmentFactory, session=factory.SelfAttribute("..campaign.session"))
    token_hash = factory.Sequence(lambda n: hashlib.sha256(f"invitation {n}".encode()).hexdigest())
    expires_on = date(2027, 1, 8)


class ResponseFactory(DjangoModelFactory):
    class Meta:
        model = Response

    organisation = factory.SelfAttribute("campaign.organisation")
    campaign = factory.SubFactory(CampaignFactory)
    answered_on = date(2026, 9, 8)
    source = ResponseSource.SESSION_LINK
    overall = Decimal("4")
    recommendation = 9

"""Factories of what is known of one trainee in a session: who pays, needs, adaptations."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from tests.factories.trainings import EnrolmentFactory, FunderFactory, SessionFactory
from trainings.adaptations.models import AdaptationRequest, Measure, MeasureKind, Wish
from trainings.learning.models import Intake, IntakeKind, SessionNeed
from trainings.sessions.models import EnrolmentState, Funding, PastDeparture


class FundingFactory(DjangoModelFactory):
    class Meta:
        model = Funding

    organisation = factory.SelfAttribute("enrolment.organisation")
    enrolment = factory.SubFactory(EnrolmentFactory, has_funder=True)
    funder = factory.SubFactory(FunderFactory, organisation=factory.SelfAttribute("..enrolment.organisation"))


class PastDepartureFactory(DjangoModelFactory):
    class Meta:
        model = PastDeparture

    organisation = factory.SelfAttribute("enrolment.organisation")
    enrolment = factory.SubFactory(EnrolmentFactory)
    state = EnrolmentState.INTERRUPTED
    left_on = date(2026, 9, 7)
    reason = "Remplacement d'une collègue"
    came_back_on = date(2026, 9, 8)


class IntakeFactory(DjangoModelFactory):
    """Needs, answered a week before the first day of the session by default."""

    class Meta:
        model = Intake

    organisation = factory.SelfAttribute("enrolment.organisation")
    enrolment = factory.SubFactory(EnrolmentFactory)
    kind = IntakeKind.NEEDS
    answers = factory.LazyFunction(lambda: {"expectations": "Préparer une réunion qui décide."})
    answered_on = date(2026, 8, 31)
    decision = factory.LazyAttribute(lambda o: "accept" if getattr(o, "concluded_on", None) else "")


class SessionNeedFactory(DjangoModelFactory):
    class Meta:
        model = SessionNeed

    organisation = factory.SelfAttribute("session.organisation")
    session = factory.SubFactory(SessionFactory)
    recorded_on = date(2026, 8, 28)
    need = "Que les réunions d’équipe se terminent par une décision."
    conclusion = "Un cas de l’entreprise servira d’exemple."


class AdaptationRequestFactory(DjangoModelFactory):
    """A yes, with the need in the person's words, nothing decided yet."""

    class Meta:
        model = AdaptationRequest

    organisation = factory.SelfAttribute("enrolment.organisation")
    enrolment = factory.SubFactory(EnrolmentFactory)
    wish = Wish.YES
    answered_on = date(2026, 8, 31)
    need = "Des supports en gros caractères."


class MeasureFactory(DjangoModelFactory):
    class Meta:
        model = Measure

    organisation = factory.SelfAttribute("request.organisation")
    request = factory.SubFactory(AdaptationRequestFactory, decision="Agrandir les supports.", decided_on=date(2026, 9, 1))
    kind = MeasureKind.CONTENT
    text = "Supports imprimés en corps 16"
    state_on = date(2026, 9, 1)

"""One organisation in which something of every kind is to be sent."""

from __future__ import annotations

from datetime import time, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests import cast
from tests.factories import (
    CompanyFactory,
    EnrolmentFactory,
    FunderFactory,
    HalfDayFactory,
    InvitationFactory,
    MemberFactory,
    PersonalIssuedFactory,
    SessionFactory,
    UserFactory,
)
from tests.harness.worlds import shared
from trainings.sessions.models import Enrolment, SessionState
from trainings.surveys.verbs import open_campaign


def answered():
    """The standing cast; answers go to the organisation."""
    made = cast.gather()
    made.organisation.contact_email = "contact@exemple.fr"
    made.organisation.save()
    return made


people = shared(answered)


def with_something_to_send(people):
    """A session to come with Anaïs, and one of a fortnight ago that Yann led and where nobody signed."""
    today = timezone.localdate()
    to_come = SessionFactory(
        organisation=people.organisation,
        reference="S26-050",
        state=SessionState.CONFIRMED,
        starts_on=today + timedelta(days=14),
        ends_on=today + timedelta(days=15),
    )
    anais = EnrolmentFactory(session=to_come, trainee__email="anais@exemple.fr")
    day = today - timedelta(days=14)
    past = SessionFactory(
        organisation=people.organisation, reference="S26-041", starts_on=day, ends_on=day, trainers=[people.trainer_record]
    )
    karim = EnrolmentFactory(session=past, trainee__email="karim@exemple.fr")
    HalfDayFactory(session=past, day=day, part="am", starts_at=time(9), ends_at=time(12))
    waiting = UserFactory(email="ines@exemple.fr")
    waiting.set_unusable_password()
    waiting.save()
    return SimpleNamespace(
        people=people,
        to_come=to_come,
        anais=anais,
        past=past,
        asked=InvitationFactory(
            campaign=open_campaign(session=past, actor=None), enrolment=karim, sent_at=timezone.now() - timedelta(days=8)
        ),
        document=PersonalIssuedFactory(enrolment=anais),
        trainer=people.trainer_record,
        waiting=MemberFactory(organisation=people.organisation, user=waiting),
        browser=people.client(people.quality_manager),
    )


world = shared(with_something_to_send, on=people)


@pytest.fixture
def everyone(world):
    """The world of this folder with a company and a funder."""
    world.karim = Enrolment.objects.get(session=world.past)
    world.company = CompanyFactory(organisation=world.people.organisation, email="rh@exemple.fr")
    world.funder = FunderFactory(organisation=world.people.organisation, email="opco@exemple.fr")
    return world

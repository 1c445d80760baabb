"""Factories of what surrounds a session: half-days, steps, changes, personal links."""

import hashlib
from datetime import date, time

import factory
from factory.django import DjangoModelFactory

from tests.factories.trainings import EnrolmentFactory, SessionFactory
from trainings.sessions.models import DayPart, EnrolmentLink, HalfDay, LinkPurpose, SessionChange, SessionState, Step

# When each part of a day begins and ends, unless a test says otherwise.
TIMES = {
    DayPart.MORNING: (time(9, 0), time(12, 30)),
    DayPart.AFTERNOON: (time(14, 0), time(17, 30)),
    DayPart.EVENING: (time(18, 30), time(21, 0)),
}


class HalfDayFactory(DjangoModelFactory):
    """The morning of the first day of a session; `part="pm"` for its afternoon, `day=` for another day."""

    class Meta:
        model = HalfDay

    organisation = factory.SelfAttribute("session.organisation")
    session = factory.SubFactory(SessionFactory)
    day = factory.LazyAttribute(lambda o: o.session.starts_on)
    part = DayPart.MORNING
    starts_at = factory.LazyAttribute(lambda o: TIMES[DayPart(o.part)][0])
    ends_at = factory.LazyAttribute(lambda o: TIMES[DayPart(o.part)][1])


class StepFactory(DjangoModelFactory):
    class Meta:
        model = Step

    organisation = factory.SelfAttribute("session.organisation")
    session = factory.SubFactory(SessionFactory)
    key = factory.Sequence(lambda n: f"etape-{n}")
    label = factory.Sequence(lambda n: f"Étape inventée {n}")
    due_on = date(2026, 9, 1)


class SessionChangeFactory(DjangoModelFactory):
    class Meta:
        model = SessionChange

    organisation = factory.SelfAttribute("session.organisation")
    session = factory.SubFactory(SessionFactory)
    from_state = SessionState.PLANNED
    to_state = SessionState.CONFIRMED


class EnrolmentLinkFactory(DjangoModelFactory):
    """A personal link whose token is `jeton-<n>`; `token=` chooses it."""

    class Meta:
        model = EnrolmentLink

    class Params:
        token = factory.Sequence(lambda n: f"jeton-{n}")

    organisation = factory.SelfAttribute("enrolment.organisation")
    enrolment = factory.SubFactory(EnrolmentFactory)
    purpose = LinkPurpose.ATTENDANCE
    token_hash = factory.LazyAttribute(lambda o: hashlib.sha256(o.token.encode()).hexdigest())
    expires_on = date(2027, 1, 8)

"""Factories of the register. A mark is one plain line, outside of any chain: chained lines are made by the verbs."""

import hashlib
import uuid
from datetime import date, datetime, time, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories.qualiopi import StoredFileFactory
from tests.factories.sessions import HalfDayFactory
from tests.factories.trainings import EnrolmentFactory, TrainerFactory
from trainings.attendance.models import Connection, ConnectionReport, FollowUp, FollowUpSubject, Mark, MarkKind, MarkMethod


class MarkFactory(DjangoModelFactory):
    """Somebody present, drawn at the end of the half-day; `enrolment=None, trainer=…, kind=…` for a countersignature."""

    class Meta:
        model = Mark

    organisation = factory.SelfAttribute("half_day.organisation")
    session = factory.SelfAttribute("half_day.session")
    half_day = factory.SubFactory(HalfDayFactory)
    number = factory.Sequence(lambda n: n + 1)
    enrolment = factory.SubFactory(EnrolmentFactory, session=factory.SelfAttribute("..half_day.session"))
    kind = MarkKind.PRESENT
    method = MarkMethod.DRAWN
    signed_at = factory.LazyAttribute(lambda o: timezone.make_aware(datetime.combine(o.half_day.day, o.half_day.ends_at)))
    created_at = factory.SelfAttribute("signed_at")
    once = factory.LazyFunction(uuid.uuid4)
    fingerprint = factory.Sequence(lambda n: hashlib.sha256(f"ligne {n}".encode()).hexdigest())


class CountersignatureFactory(MarkFactory):
    """The trainer's own line."""

    enrolment = None
    trainer = factory.SubFactory(TrainerFactory, organisation=factory.SelfAttribute("..organisation"))
    kind = MarkKind.COUNTERSIGNED


class ConnectionReportFactory(DjangoModelFactory):
    class Meta:
        model = ConnectionReport

    organisation = factory.SelfAttribute("half_day.organisation")
    half_day = factory.SubFactory(HalfDayFactory, remote=True)
    tool = "Zoom"
    file = factory.SubFactory(StoredFileFactory, organisation=factory.SelfAttribute("..half_day.organisation"))


class ConnectionFactory(DjangoModelFactory):
    class Meta:
        model = Connection

    report = factory.SubFactory(ConnectionReportFactory)
    seen_name = factory.Sequence(lambda n: f"Personne vue {n}")
    minutes = 180
    kept_minutes = 180
    joined_at = factory.LazyAttribute(lambda o: timezone.make_aware(datetime.combine(o.report.half_day.day, time(9, 0))))
    left_at = factory.LazyAttribute(lambda o: o.joined_at + timedelta(minutes=o.minutes))


class FollowUpFactory(DjangoModelFactory):
    class Meta:
        model = FollowUp

    organisation = factory.SelfAttribute("enrolment.organisation")
    enrolment = factory.SubFactory(EnrolmentFactory)
    subject = FollowUpSubject.ABSENCE
    event_on = date(2026, 9, 7)
    contacted_on = date(2026, 9, 8)
    action = "Appelée ; elle rattrape le module en ligne."

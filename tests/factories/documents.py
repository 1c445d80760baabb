"""Factories of the documents issued around a session."""

import hashlib
import uuid
from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from tests.factories.qualiopi import OrganisationFactory, StoredFileFactory
from tests.factories.trainings import EnrolmentFactory, SessionFactory
from trainings.documents.models import Batch, Counter, DocumentKind, Issued, Reservation, Sending, Style, Template


class StyleFactory(DjangoModelFactory):
    class Meta:
        model = Style

    organisation = factory.SubFactory(OrganisationFactory)
    signatory = "Soazig Perrot"
    signatory_title = "responsable de formation"


class TemplateFactory(DjangoModelFactory):
    class Meta:
        model = Template

    organisation = factory.SubFactory(OrganisationFactory)
    kind = DocumentKind.COMPLETION
    number = 1
    body = "# Certificat de réalisation"


class CounterFactory(DjangoModelFactory):
    class Meta:
        model = Counter

    organisation = factory.SubFactory(OrganisationFactory)
    kind = DocumentKind.COMPLETION
    year = 2026


class ReservationFactory(DjangoModelFactory):
    class Meta:
        model = Reservation

    session = factory.SubFactory(SessionFactory)
    organisation = factory.SelfAttribute("session.organisation")
    kind = DocumentKind.COMPLETION
    year = 2026
    number = factory.Sequence(lambda n: f"CR-2026-{n:04d}")
    target = factory.LazyFunction(uuid.uuid4)


class IssuedFactory(DjangoModelFactory):
    """A certificate of completion for the whole session; `enrolment=`, `company=` or `subcontractor=` says for whom."""

    class Meta:
        model = Issued

    organisation = factory.SelfAttribute("session.organisation")
    kind = DocumentKind.COMPLETION
    number = factory.Sequence(lambda n: f"CR-2026-{n + 1:04d}")
    session = factory.SubFactory(SessionFactory)
    file = factory.SubFactory(StoredFileFactory, organisation=factory.SelfAttribute("..session.organisation"))
    issued_on = date(2026, 9, 9)


class PersonalIssuedFactory(IssuedFactory):
    """The same for one person: `enrolment=` decides of the session."""

    enrolment = factory.SubFactory(EnrolmentFactory)
    session = factory.SelfAttribute("enrolment.session")


class SendingFactory(DjangoModelFactory):
    """An e-mail that left with a document; its token is `envoi-<n>`, or what `token=` says."""

    class Meta:
        model = Sending

    class Params:
        token = factory.Sequence(lambda n: f"envoi-{n}")

    organisation = factory.SelfAttribute("document.organisation")
    document = factory.SubFactory(PersonalIssuedFactory)
    email = factory.Sequence(lambda n: f"destinataire{n}@exemple.fr")
    token_hash = factory.LazyAttribute(lambda o: hashlib.sha256(o.token.encode()).hexdigest())
    expires_on = date(2027, 9, 8)
    sent_at = datetime(2026, 9, 9, 8, tzinfo=UTC)


class BatchFactory(DjangoModelFactory):
    class Meta:
        model = Batch

    organisation = factory.SelfAttribute("session.organisation")
    session = factory.SubFactory(SessionFactory)
    kind = DocumentKind.COMPLETION

"""Factories of the first floor."""

import hashlib
import zlib
from datetime import UTC, date, datetime
from pathlib import Path

import factory
from django.conf import settings
from factory.django import DjangoModelFactory

from qualiopi.accounts.models import User
from qualiopi.files.models import StoredFile
from qualiopi.optouts.models import MailChoice
from qualiopi.organisations.enums import AuditKind, Role
from qualiopi.organisations.models import ActivityProfile, CertifierAudit, Member, Network, NetworkMember, Organisation

PASSWORD = "mot-de-passe-des-tests"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    full_name = factory.Sequence(lambda n: f"Personne Numéro{n}")
    password = factory.django.Password(PASSWORD)


class NetworkFactory(DjangoModelFactory):
    class Meta:
        model = Network

    name = factory.Sequence(lambda n: f"Réseau du Fil {n}")
    slug = factory.Sequence(lambda n: f"reseau-{n}")


class OrganisationFactory(DjangoModelFactory):
    """An organisation with the plainest profile: training courses, nothing else known to be done."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Ateliers du Fil {n}")
    slug = factory.Sequence(lambda n: f"ateliers-{n}")
    activity_number = "53350000035"
    profile = factory.RelatedFactory("tests.factories.qualiopi.ActivityProfileFactory", factory_related_name="organisation")


class ActivityProfileFactory(DjangoModelFactory):
    class Meta:
        model = ActivityProfile
        django_get_or_create = ("organisation",)

    organisation = factory.SubFactory(OrganisationFactory, profile=None)
    holds_af = True
    certifying = False
    work_study = False
    work_based = False
    remote = False
    subcontracts_out = False
    salary_portage = False
    works_as_subcontractor = False


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = Member

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.QUALITY_MANAGER


class NetworkMemberFactory(DjangoModelFactory):
    class Meta:
        model = NetworkMember

    network = factory.SubFactory(NetworkFactory)
    user = factory.SubFactory(UserFactory)


class MailChoiceFactory(DjangoModelFactory):
    """An address that refused surveys and reminders."""

    class Meta:
        model = MailChoice

    organisation = factory.SubFactory(OrganisationFactory)
    email = factory.Sequence(lambda n: f"refus{n}@exemple.fr")
    token_hash = factory.LazyAttribute(lambda o: hashlib.sha256(o.email.encode()).hexdigest())
    refused_at = datetime(2026, 9, 9, 8, tzinfo=UTC)


class CertifierAuditFactory(DjangoModelFactory):
    class Meta:
        model = CertifierAudit

    organisation = factory.SubFactory(OrganisationFactory)
    kind = AuditKind.SURVEILLANCE
    held_on = date(2027, 3, 18)


class StoredFileFactory(DjangoModelFactory):
    """A real file on disk; `content` gives its bytes."""

    class Meta:
        model = StoredFile

    class Params:
        content = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"piece-{n}.pdf")
    size = factory.LazyAttribute(lambda o: len(o.content))
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.content).hexdigest())
    crc32 = factory.LazyAttribute(lambda o: zlib.crc32(o.content))
    media_type = "application/pdf"

    @factory.lazy_attribute_sequence
    def path(self, n):
        path = f"{self.organisation.pk}/fabrique-{n}"
        target = Path(settings.MEDIA_ROOT) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self.content)
        return path

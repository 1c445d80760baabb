"""Factories of the third floor."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from evidence.library.models import Document, Version
from tests.factories.qualiopi import OrganisationFactory, StoredFileFactory


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"Procédure inventée {n}")
    type = "complaint_procedure"


class VersionFactory(DjangoModelFactory):
    class Meta:
        model = Version

    organisation = factory.SelfAttribute("document.organisation")
    document = factory.SubFactory(DocumentFactory)
    number = 1
    file = factory.SubFactory(StoredFileFactory, organisation=factory.SelfAttribute("..document.organisation"))
    effective_on = date(2026, 9, 1)

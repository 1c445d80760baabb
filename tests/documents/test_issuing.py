"""Issuing: one document, a whole session, and what is refused, by name and with where to mend it."""

import io
from datetime import date

import pytest
from pikepdf import Pdf

from qualiopi.files.verbs import open_checked
from qualiopi.journal.models import Entry
from tests import cast
from tests.documents.world import make_world
from trainings.documents.models import DocumentKind
from trainings.documents.queries import targets_of
from trainings.documents.verbs import issue

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 9)


@pytest.fixture
def people():
    return cast.gather()


def issue_all(world, kind, actor=None, **more):
    return issue(session=world.session, kind=kind, targets=targets_of(world.session, kind), actor=actor, issued_on=DAY, **more)


def test_a_certificate_is_numbered_and_frozen(people):
    world = make_world(people.organisation, people=1)

    report = issue_all(world, DocumentKind.COMPLETION, people.training_manager)

    assert report.refused == []
    (issued,) = report.issued
    assert issued.number == "CR-2026-0001"
    assert issued.issued_by == people.training_manager
    assert issued.enrolment == world.enrolments[0]
    assert issued.file.name == "Certificat de réalisation CR-2026-0001, Anaïs Fictive000.pdf"
    with open_checked(issued.file) as file, Pdf.open(io.BytesIO(file.read())) as pdf:
        assert len(pdf.pages) == 1
        assert str(pdf.docinfo["/Title"]) == "Certificat de réalisation CR-2026-0001, Anaïs Fictive000"
        assert str(pdf.Root.Lang) == "fr"
    entry = Entry.objects.get(verb="issued.created")
    assert entry.details["sha256"] == issued.file.sha256

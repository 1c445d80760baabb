"""Rights to prepare for a certification: added with their file, renewed, corrected, taken away, read."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from qualiopi.files.models import StoredFile
from qualiopi.journal.models import Entry
from tests.factories import AccreditationFactory
from tests.files.made import pdf, upload
from trainings.catalogue.models import Accreditation

pytestmark = pytest.mark.django_db
FIELDS = {"kind": "accredited", "reference": "HAB-1", "valid_from": "2026-01-01", "valid_until": "2028-12-31"}


@pytest.fixture
def client(people):
    return people.client(people.training_manager)


def address(name, row):
    return reverse(f"catalogue:{name}", args=["fil-ouest", row.pk])


def added(client, course, name="habilitation.pdf"):
    client.post(address("add_accreditation", course), FIELDS | {"upload": upload(name, pdf())})
    return Accreditation.objects.get()


def test_a_right_is_added_with_its_file_and_read_back(client, course, people):
    right = added(client, course)
    assert (right.course, right.reference, right.valid_until, right.file.name) == (
        course,
        "HAB-1",
        date(2028, 12, 31),
        "habilitation.pdf",
    )
    answer = client.get(address("accreditation_file", right))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    entry = Entry.objects.get(verb="accreditation.downloaded")
    assert (entry.kind, entry.actor, entry.details["sha256"]) == ("reading", people.training_manager, right.file.sha256)


def test_an_altered_file_is_told_and_not_given(client, course, settings):
    right = added(client, course)
    (settings.MEDIA_ROOT / right.file.path).write_bytes(b"autre chose")
    answer = client.get(address("accreditation_file", right))
    assert answer.status_code == 409
    assert Entry.objects.filter(verb="accreditation.found_altered").count() == 1


def test_a_right_without_a_file_has_nothing_to_download(client, course):
    right = AccreditationFactory(course=course, organisation=course.organisation)
    assert client.get(address("accreditation_file", right)).status_code == 404


def test_replacing_the_file_lets_the_former_go_and_keeps_its_digest(client, course, settings):
    right = added(client, course)
    former = right.file
    client.post(address("edit_accreditation", right), FIELDS | {"upload": upload("nouvelle.pdf", pdf() + b"\n")})
    right.refresh_from_db()
    assert (right.file.name, StoredFile.objects.count()) == ("nouvelle.pdf", 1)
    details = Entry.objects.get(verb="accreditation.change").details
    assert details["replaced"] == {"name": "habilitation.pdf", "sha256": former.sha256}


def test_correcting_a_right_keeps_its_file(client, course):
    right = added(client, course)
    client.post(address("edit_accreditation", right), FIELDS | {"reference": "HAB-2"})
    right.refresh_from_db()
    assert (right.reference, right.file.name) == ("HAB-2", "habilitation.pdf")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"valid_until": "2025-12-31"}, "La fin de validité d’une habilitation ne précède pas son début."),
        ({"upload": upload("vide.pdf", b"x")}, ""),
        ({"reference": ""}, ""),
    ],
    ids=["dates", "file", "reference"],
)
def test_what_cannot_be_kept_leaves_nothing(client, course, fields, sentence):
    answer = client.post(address("add_accreditation", course), FIELDS | fields)
    assert (answer.status_code, Accreditation.objects.count(), StoredFile.objects.count()) == (422, 0, 0)
    assert sentence in answer.content.decode()


def test_a_right_entered_by_mistake_goes_and_the_journal_remembers(client, course):
    right = added(client, course)
    assert client.get(address("remove_accreditation", right)).status_code == 405
    client.post(address("remove_accreditation", right))
    assert (Accreditation.objects.count(), StoredFile.objects.count()) == (0, 0)
    entry = Entry.objects.get(verb="accreditation.removed")
    assert (entry.object_label, entry.details["valid_until"]) == ("HAB-1", "2028-12-31")


@pytest.mark.parametrize(
    ("start", "end", "kind", "expected"),
    [
        (date(2020, 1, 1), date(2020, 12, 31), "accredited", "c-insuf"),
        (date(2098, 1, 1), None, "accredited", "doux"),
        (date(2020, 1, 1), None, "own", "doux"),
        (date(2020, 1, 1), date(2099, 12, 31), "not_required", "doux"),
    ],
)
def test_the_page_says_how_each_right_stands(client, course, start, end, kind, expected):
    AccreditationFactory(
        course=course, organisation=course.organisation, valid_from=start, valid_until=end, kind=kind, reference="HAB-9"
    )
    page = client.get(address("detail", course))
    assert [right.look for right in page.context["accreditations"]] == [expected]

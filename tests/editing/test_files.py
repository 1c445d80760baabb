"""A file sent with a form that changes rows: looked into before anybody has to wait, and gone when the form comes back."""

from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from qualiopi.files import verbs
from qualiopi.files.models import StoredFile
from tests import cast
from tests.factories import AccreditationFactory
from tests.files.made import pdf, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def right(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    people = cast.gather()
    return people, AccreditationFactory(organisation=people.organisation, course__organisation=people.organisation)


def send(right, **changes):
    people, accreditation = right
    fields = {"kind": "accredited", "reference": "HAB-1", "valid_from": "2026-01-05", "valid_until": "2028-01-05"}
    address = reverse("catalogue:edit_accreditation", args=["fil-ouest", accreditation.pk])
    return people.client(people.quality_manager).post(address, fields | changes)


def kept(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*") if path.is_file())


def test_a_file_is_looked_into_once_and_before_the_row_is_locked(right, tmp_path, monkeypatch):
    outside, depths, look = len(connection.savepoint_ids), [], verbs.look_into
    monkeypatch.setattr(
        verbs, "look_into", lambda *args, **kwargs: depths.append(len(connection.savepoint_ids)) or look(*args, **kwargs)
    )
    assert send(right, upload=upload("habilitation.pdf", pdf())).status_code == 302
    assert depths == [outside]
    assert (StoredFile.objects.get().name, kept(tmp_path)) == ("habilitation.pdf", 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"valid_until": "2025-01-05"}, "ne précède pas son début"),
        ({"upload": upload("habilitation.pdf", pdf()[:200])}, "abîmé"),
    ],
)
def test_nothing_is_left_of_a_file_when_the_form_comes_back(right, tmp_path, changes, sentence):
    answer = send(right, **({"upload": upload("habilitation.pdf", pdf())} | changes))
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert (StoredFile.objects.count(), kept(tmp_path)) == (0, 0)

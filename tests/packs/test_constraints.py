"""What the database refuses of a pack, by the name of each constraint."""

from datetime import UTC, date, datetime

import pytest

from evidence.packs.models import Pack, PackState
from tests.constraints import assert_refuses
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
WHOLE = {
    "state": PackState.READY,
    "ready_at": datetime(2026, 11, 3, 9, tzinfo=UTC),
    "size": 22,
    "sha256": "a" * 64,
    "content_digest": "b" * 64,
}


def create(**fields):
    return Pack.objects.create(
        organisation=OrganisationFactory(), audit_date=date(2027, 3, 18), observed_on=date(2026, 11, 3), **fields
    )


@pytest.mark.parametrize("hole", [{"ready_at": None}, {"size": None}, {"sha256": ""}, {"content_digest": ""}])
def test_pack_ready_has_digest(hole):
    assert_refuses(Pack, "pack_ready_has_digest", lambda: create(**{**WHOLE, **hole}))
    assert create(**WHOLE).state == PackState.READY


def test_pack_failed_says_why():
    assert_refuses(Pack, "pack_failed_says_why", lambda: create(state=PackState.FAILED))
    assert create(state=PackState.FAILED, failure="Le disque est plein.").state == PackState.FAILED

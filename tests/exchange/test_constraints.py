"""What the database refuses of an import, by the name of each constraint."""

from datetime import UTC, datetime

import pytest

from qualiopi.exchange.models import ImportKind, ImportRun, ImportState, RememberedMapping
from tests.constraints import assert_refuses
from tests.factories import OrganisationFactory, StoredFileFactory

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 3, 9, tzinfo=UTC)
DATES = {
    ImportState.UPLOADED: (None, None),
    ImportState.CHECKED: (None, None),
    ImportState.CONFIRMED: (MOMENT, None),
    ImportState.UNDONE: (MOMENT, MOMENT),
}


@pytest.mark.parametrize("state", ImportState.values)
@pytest.mark.parametrize("dates", [(None, None), (MOMENT, None), (None, MOMENT), (MOMENT, MOMENT)])
def test_import_run_state_has_dates(state, dates):
    file = StoredFileFactory()

    def create():
        return ImportRun.objects.create(
            organisation=file.organisation,
            kind=ImportKind.SESSIONS,
            state=state,
            file=file,
            confirmed_at=dates[0],
            undone_at=dates[1],
        )

    if DATES[state] == dates:
        assert create().state == state
    else:
        assert_refuses(ImportRun, "import_run_state_has_dates", create)


def test_remembered_mapping_once_per_kind():
    organisation = OrganisationFactory()
    RememberedMapping.objects.create(organisation=organisation, kind=ImportKind.SESSIONS)
    RememberedMapping.objects.create(organisation=organisation, kind=ImportKind.ENROLMENTS)
    assert_refuses(
        RememberedMapping,
        "remembered_mapping_once_per_kind",
        lambda: RememberedMapping.objects.create(organisation=organisation, kind=ImportKind.SESSIONS),
    )

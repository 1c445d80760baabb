"""What the report counts without bringing it says the same as what the pack brings whole."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence.library.models import IndicatorLink, ReviewState
from evidence.packs.queries import pieces_counted, pieces_of
from qualiopi.standard.grids import grid_for
from tests import cast
from tests.factories import DocumentFactory, VersionFactory
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db
AUDIT = date(2027, 3, 18)
NUMBERS = [indicator.number for indicator in grid_for(AUDIT).indicators]
people = shared(cast.gather)


def filed(organisation, title, *indicators, days=(date(2026, 9, 1),), **fields):
    document = DocumentFactory(organisation=organisation, title=title, **fields)
    for number, day in enumerate(days, start=1):
        VersionFactory(document=document, number=number, effective_on=day)
    for indicator in indicators:
        IndicatorLink.objects.create(document=document, indicator=indicator)


@pytest.fixture
def organisation(people):
    """Titles alike, in no order, under one indicator or two; and what is not there: refused, withdrawn, announced, dated later."""
    own = people.organisation
    for place, title in enumerate(["Zèbre", "abeille", "Écureuil", "Éléphant", "Zèbre", "Baleine"]):
        filed(own, title, 3, *([9] if place % 2 else []))
    filed(own, "Sans indicateur")
    filed(own, "Sans date", 9, days=(None,))
    filed(own, "Deux versions", 3, days=(date(2026, 1, 1), date(2026, 9, 1), date(2027, 9, 1)))
    filed(own, "Plus tard", 3, days=(date(2027, 9, 1),))
    filed(own, "Annoncée", 3, days=())
    then, who = datetime(2026, 10, 1, tzinfo=ZoneInfo("Europe/Paris")), people.quality_manager
    refused = {"review_state": ReviewState.REFUSED, "review_comment": "Illisible", "reviewed_at": then, "reviewed_by": who}
    filed(own, "Refusée", 3, **refused)
    filed(own, "Retirée", 3, withdrawn_at=then, withdrawal_reason="Remplacée", withdrawn_by=who)
    return own


@pytest.mark.parametrize("shown", [1, 2, 8])
def test_the_first_of_each_indicator_and_how_many_there_are(organisation, shown):
    whole = pieces_of(organisation, audit_date=AUDIT)
    counted = pieces_counted(organisation, audit_date=AUDIT, shown=shown)
    assert [counted.first_of_indicator(number, shown) for number in NUMBERS] == [
        whole.first_of_indicator(number, shown) for number in NUMBERS
    ]
    assert (counted.linked, counted.number) == (whole.linked, whole.number)
    assert counted.linked == {3: 7, 9: 4}


def test_of_many_pieces_a_few_are_brought(organisation):
    for place in range(30):
        filed(organisation, f"Procédure {place:02}", 20)
    with CaptureQueriesContext(connection) as few:
        counted = pieces_counted(organisation, audit_date=AUDIT, shown=2)
    assert [piece.title for piece in counted.first_of_indicator(20, 2)] == ["Procédure 00", "Procédure 01"]
    assert counted.linked[20] == 30
    assert len(counted.present) <= 3 * 2
    for place in range(30):
        filed(organisation, f"Notice {place:02}", 21)
    with CaptureQueriesContext(connection) as more:
        pieces_counted(organisation, audit_date=AUDIT, shown=2)
    assert len(few) == len(more)

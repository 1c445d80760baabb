"""What the report counts without bringing it says the same as what the pack brings whole."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence.library.models import IndicatorLink, ReviewState
from evidence.packs.queries import pieces_counted, pieces_of
from evidence.readiness.queries import board
from tests import cast
from tests.factories import DocumentFactory, VersionFactory
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db
AUDIT = date(2027, 3, 18)
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
    read = board(organisation=organisation, audit_date=AUDIT)
    whole, counted = pieces_of(read), pieces_counted(read, shown=shown)
    for status in read.statuses:
        first = status.piece_ids[:shown]
        assert [counted.by_id[piece] for piece in first] == [whole.by_id[piece] for piece in first]
        assert len(status.piece_ids) == {3: 7, 9: 4}.get(status.number, 0)
    assert counted.number == whole.number == 9
    titles = [whole.by_id[piece].title for piece in read.status(3).piece_ids]
    assert titles == ["abeille", "Baleine", "Deux versions", "Écureuil", "Éléphant", "Zèbre", "Zèbre"]
    assert whole.by_id[read.status(3).piece_ids[2]].number == 2
    assert sorted(each.title for each in whole.withheld) == ["Annoncée", "Plus tard", "Refusée", "Retirée"]


def test_what_was_withdrawn_since_an_audit_gone_by_is_still_handed_over(organisation):
    """It counted that day, and no more after."""
    before = board(organisation=organisation, audit_date=date(2026, 9, 30))
    for pieces in (pieces_of(before), pieces_counted(before, shown=20)):
        assert "Retirée" in [pieces.by_id[piece].title for piece in before.status(3).piece_ids]
    after = board(organisation=organisation, audit_date=date(2026, 10, 2))
    assert ("Retirée", "Retirée : Remplacée") in [(each.title, each.reason) for each in pieces_of(after).withheld]


def test_of_many_pieces_a_few_are_brought(organisation):
    for place in range(30):
        filed(organisation, f"Procédure {place:02}", 20)
    read = board(organisation=organisation, audit_date=AUDIT)
    with CaptureQueriesContext(connection) as few:
        counted = pieces_counted(read, shown=2)
    assert [counted.by_id[piece].title for piece in read.status(20).piece_ids[:2]] == ["Procédure 00", "Procédure 01"]
    assert len(read.status(20).piece_ids) == 30
    assert len(counted.present) <= 3 * 2
    for place in range(30):
        filed(organisation, f"Notice {place:02}", 21)
    read = board(organisation=organisation, audit_date=AUDIT)
    with CaptureQueriesContext(connection) as more:
        pieces_counted(read, shown=2)
    assert len(few) == len(more)

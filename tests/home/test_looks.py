"""The first page and the network's in a real browser, at three widths."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import cast as standing
from tests.factories import CertifierAuditFactory, DocumentFactory, ResponseFactory, SessionFactory, VersionFactory
from tests.harness.browser import assert_good_at_all_widths
from tests.readiness.worlds import finished_sessions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast():
    """Everything that the first page may show: things to do, days that come, the surveillance window, voices, a session forgotten."""
    people = standing.gather()
    organisation, today = people.organisation, timezone.localdate()
    organisation.certified_on = date(2025, 12, 3)
    organisation.save()
    CertifierAuditFactory(organisation=organisation, kind="initial", held_on=date(2025, 11, 20))
    CertifierAuditFactory(organisation=organisation, kind="surveillance", held_on=today + timedelta(days=90))
    sessions = finished_sessions(organisation, 4, unanswered={1, 2})
    campaign = sessions[0].campaigns.get()
    for _ in range(5):
        ResponseFactory(campaign=campaign, comment="Le niveau était trop élevé pour moi.", overall=2)
    VersionFactory(document=DocumentFactory(organisation=organisation), valid_until=today + timedelta(days=9))
    SessionFactory(organisation=organisation, state="planned", reference="S26-OUBLI")
    return people


@pytest.mark.parametrize("path", ["/o/fil-ouest/", "/reseau/ateliers-du-fil/"])
def test_good_at_all_widths(open_page, cast, path):
    page = open_page(cast.network_head)
    assert page.goto(path).status == 200
    assert_good_at_all_widths(page)

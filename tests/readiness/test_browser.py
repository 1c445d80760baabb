"""The pages in a real browser: accessible, within the window at three widths, usable without JavaScript."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from evidence.library.models import ReviewState
from tests import cast as standing
from tests.factories import CertifierAuditFactory, DocumentFactory, ResponseFactory, SessionFactory, VersionFactory
from tests.harness.browser import assert_good_at_all_widths
from tests.readiness.worlds import finished_sessions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast():
    people = standing.gather()
    organisation = people.organisation
    organisation.certified_on = date(2025, 12, 3)
    organisation.save()
    # Nobody said whether certifying courses exist: indicator 16 may be set aside.
    organisation.profile.certifying = None
    organisation.profile.save()
    CertifierAuditFactory(organisation=organisation, kind="initial", held_on=date(2025, 11, 20))
    CertifierAuditFactory(organisation=organisation, kind="surveillance", held_on=timezone.localdate() + timedelta(days=90))
    sessions = finished_sessions(organisation, 4, unanswered={1, 2})
    SessionFactory(organisation=organisation, starts_on=date(2026, 11, 1), ends_on=date(2099, 1, 1), modality="", place="")
    campaign = sessions[0].campaigns.get()
    for _ in range(5):
        ResponseFactory(campaign=campaign, comment="Le niveau était trop élevé pour moi.", overall=2)
    piece = VersionFactory(
        document=DocumentFactory(organisation=organisation), valid_until=timezone.localdate() + timedelta(days=9)
    )
    piece.document.indicator_links.create(indicator=30)
    # A watch that counts today and will not any more on the day of the audit.
    watch = VersionFactory(
        document=DocumentFactory(
            organisation=organisation, type="watch_log", review_state=ReviewState.ACCEPTED, reviewed_at=timezone.now()
        ),
        effective_on=timezone.localdate() - timedelta(days=330),
    )
    watch.document.indicator_links.create(indicator=23)
    SessionFactory(organisation=organisation, state="planned", reference="S26-OUBLI")
    return people


@pytest.mark.parametrize(
    "path",
    [
        "indicateurs/",
        "indicateurs/30/",
        "indicateurs/14/",
        "indicateurs/23/",
        "indicateurs/30/conclure/",
        "indicateurs/30/seuil/session_has_answers/",
        "indicateurs/16/mettre-de-cote/",
        "indicateurs/30/manques/session_has_answers/",
        "indicateurs/regles/",
    ],
)
def test_good_at_all_widths(open_page, cast, path):
    page = open_page(cast.quality_manager)
    response = page.goto(f"/o/fil-ouest/{path}")
    assert response.status == 200
    assert_good_at_all_widths(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_board_to_the_place_where_a_hole_is_mended(open_page, cast, javascript):
    page = open_page(cast.quality_manager, javascript=javascript)
    page.goto("/o/fil-ouest/indicateurs/")
    page.get_by_role("link", name="Recueil des appréciations des parties prenantes").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("30.")
    page.locator(".matrice tbody").get_by_role("link", name="avis demandé, S-001").click()
    assert "/enquetes/" in page.url
    assert page.url.endswith("/toutes/")

"""The auditor's room and the audits in a real browser: good at three widths, in French and in English."""

from datetime import date

import pytest

from evidence.readiness.models import Conclusion
from tests.cast import gather
from tests.dossiers.world import leave_files, lived_session
from tests.factories import (
    CampaignFactory,
    CertifierAuditFactory,
    ConnectionFactory,
    DocumentFactory,
    EnrolmentFactory,
    ResponseFactory,
    SessionFactory,
    StoredFileFactory,
    VersionFactory,
)
from tests.harness.browser import assert_good_at_all_widths
from trainings.attendance.models import Chain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast():
    cast = gather()
    CertifierAuditFactory(organisation=cast.organisation, held_on=date(2098, 3, 18))
    session = SessionFactory(organisation=cast.organisation, reference="S26-001", trainers=[cast.trainer_record])
    EnrolmentFactory(session=session)
    document = DocumentFactory(organisation=cast.organisation, title="Compte rendu du comité")
    VersionFactory(document=document)
    document.indicator_links.create(indicator=30)
    document.subject_links.create(session=session)
    Conclusion.objects.create(
        organisation=cast.organisation, indicator=30, grid="2026", text="Cinq publics.", concluded_by=cast.quality_manager
    )
    return cast


def test_an_auditor_reads_by_criterion_and_by_session(open_page, cast):
    page = open_page(cast.auditor)
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Appréciations, réclamations et amélioration").click()
    assert_good_at_all_widths(page)
    page.get_by_role("main").get_by_role("link", name="Recueil des appréciations des parties prenantes").click()
    page.get_by_role("link", name="Compte rendu du comité").first.wait_for()
    assert_good_at_all_widths(page)
    page.get_by_role("link", name="Les sessions").click()
    assert_good_at_all_widths(page)
    page.get_by_role("link", name="Les intervenants").click()
    page.get_by_role("heading", name="Yann Le Goff").wait_for()
    assert_good_at_all_widths(page)
    page.get_by_role("link", name="Les sessions").click()
    page.get_by_role("main").get_by_role("link", name="Animer une réunion").click()
    assert_good_at_all_widths(page)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_register_and_the_opinions_are_good_at_three_widths(open_page, language):
    world = lived_session()
    leave_files(world)
    # The widest fingerprint there is.
    Chain.objects.create(session=world.session, length=7, fingerprint="d" * 64)
    report = world.half_days[1].connection_reports.create(
        organisation=world.cast.organisation, tool="Teams", file=StoredFileFactory(organisation=world.cast.organisation)
    )
    ConnectionFactory(report=report, enrolment=world.enrolments[1], minutes=190, kept_minutes=180)
    campaign = CampaignFactory(session=world.session)
    for _place in range(5):
        ResponseFactory(campaign=campaign, comment="Très clair")
    page = open_page(world.cast.auditor)
    room = f"/o/fil-ouest/salle/sessions/{world.session.pk}/"
    for place in (
        room,
        f"{room}emargement/?demi-journee={world.half_days[1].pk}&lang={language}",
        f"{room}avis/end_of_session/?lang={language}",
        f"/o/fil-ouest/salle/indicateur/11/?lang={language}",
        f"/o/fil-ouest/salle/sessions/?state=done&lang={language}",
    ):
        assert page.goto(place).status == 200
        assert_good_at_all_widths(page)


def test_the_room_is_in_english_for_who_asks(open_page, cast):
    page = open_page(cast.auditor, language="en-GB")
    page.goto("/o/fil-ouest/salle/?lang=en")
    page.get_by_role("heading", name="The criteria", exact=True).wait_for()
    page.get_by_role("main").get_by_role("link", name="Information du public").click()
    page.get_by_role("heading", name="1. Information du public").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_audits_are_good_at_three_widths(open_page, cast):
    page = open_page(cast.network_head)
    for place in ("/o/fil-ouest/audits/", "/o/fil-ouest/audits/planifier/"):
        page.goto(place)
        assert_good_at_all_widths(page)

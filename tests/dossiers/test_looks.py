"""The dossier in a real browser: the team's page, the trainer's phone, the auditor's copy in two languages, and on paper."""

import io

import pytest
from django.urls import reverse
from pikepdf import open as open_pdf

from tests.dossiers.world import filed, kept, leave_files, lived_session
from tests.factories import CertifierAuditFactory, PersonalIssuedFactory
from tests.harness.browser import assert_accessible, assert_good_at_all_widths
from trainings.documents.models import DocumentKind

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def world():
    """A lived session with a file of each kind, and a shelf of more pieces than are shown at once."""
    made = lived_session()
    CertifierAuditFactory(organisation=made.cast.organisation, held_on="2098-03-18")
    leave_files(made)
    filed(made, "Support remis")
    kinds = (DocumentKind.CONTRACT, DocumentKind.CONVOCATION, DocumentKind.ATTESTATION, DocumentKind.WELCOME)
    for number, kind in enumerate(kinds):
        for place, enrolment in enumerate(made.enrolments):
            PersonalIssuedFactory(
                enrolment=enrolment, kind=kind, number=f"D-{number}-{place}", file=kept(made, f"document {number} {place}")
            )
    return made


def address(world, name="dossiers:detail"):
    return reverse(name, args=["fil-ouest", world.session.pk])


def test_the_team_reads_opens_and_downloads(open_page, world):
    page = open_page(world.cast.quality_manager)
    page.goto(address(world))
    assert_good_at_all_widths(page)
    shelf = page.locator("details", has_text="Documents émis et contrats")
    assert shelf.get_attribute("open") is None
    shelf.locator("summary").click()
    assert_accessible(page)
    with page.expect_download() as download:
        shelf.get_by_role("link", name="Certificat de réalisation CR-1", exact=True).click()
    assert download.value.suggested_filename == "certificat.pdf"
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger avec les pièces").click()
    assert download.value.suggested_filename == "dossier-S26-041.zip"


def test_whoever_leads_the_session_reads_it_on_a_phone(open_page, world):
    page = open_page(world.cast.trainer, width=360, phone=True)
    page.goto(address(world))
    assert_good_at_all_widths(page)
    assert page.get_by_text("Contrat ST1").count() == 0
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger en PDF").click()
    assert download.value.suggested_filename == "dossier-S26-041.pdf"


@pytest.mark.parametrize(("language", "heading"), [("fr", "Le fil de la session"), ("en", "The thread of the session")])
def test_the_auditor_reads_the_same_page(open_page, world, language, heading):
    page = open_page(world.cast.auditor)
    page.goto(f"{address(world, 'audits:session')}?lang={language}")
    page.get_by_role("heading", name=heading).wait_for()
    assert_good_at_all_widths(page)
    page.locator("details", has_text="CR-1").last.locator("summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Certificat de réalisation CR-1", exact=True).click()
    assert download.value.suggested_filename == "certificat.pdf"


def test_what_is_folded_on_screen_is_on_paper(open_page, world):
    page = open_page(world.cast.quality_manager)
    page.goto(address(world))
    page.emulate_media(media="print")
    assert page.get_by_text("Certificat de réalisation CR-1", exact=True).bounding_box()["height"] > 0
    assert page.get_by_role("link", name="Télécharger en PDF").is_hidden()
    with open_pdf(io.BytesIO(page.pdf(format="A4"))) as paper:
        assert len(paper.pages) > 1

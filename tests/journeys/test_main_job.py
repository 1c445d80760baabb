"""The main job in a real browser, on the sample files: import, survey, evidence, board, pack, auditor."""

import zipfile
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from django.utils import timezone

from evidence.demo.papers import paper
from evidence.library.models import Document
from evidence.packs.models import Pack
from evidence.packs.verification import verify
from qualiopi.journal.models import Entry
from qualiopi.organisations.enums import AuditKind, Role
from tests import cast
from tests.factories import CertifierAuditFactory, MemberFactory
from tests.factories.qualiopi import PASSWORD
from tests.harness.browser import assert_good_at_all_widths
from trainings.people.models import Trainee, Trainer
from trainings.sessions.models import Enrolment, Session
from trainings.surveys.models import Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def people():
    """The cast, with a training manager who works in two organisations and an audit to come."""
    gathered = cast.gather()
    MemberFactory(organisation=gathered.sister, user=gathered.training_manager, role=Role.TRAINING_MANAGER)
    CertifierAuditFactory(
        organisation=gathered.organisation,
        kind=AuditKind.SURVEILLANCE,
        held_on=timezone.localdate() + timedelta(days=60),
    )
    return gathered


def sign_in(page, user):
    """Through the real form."""
    page.goto("/")
    page.get_by_label("Adresse électronique").fill(user.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def import_file(page, kind, name, *, session=""):
    """From the list of imports to the last step; corrects what is proposed on the way."""
    page.get_by_role("link", name=kind).click()
    page.set_input_files("input[type=file]", SAMPLES / name)
    page.get_by_role("button", name="Vérifier les 4 lignes").wait_for()
    if session:
        page.get_by_label("Session des lignes qui n’en disent pas").fill(session)
    page.get_by_role("button", name="Vérifier les 4 lignes").click()


def test_the_main_job(people, open_page, tmp_path):
    import_the_year(people, open_page)
    answer_the_survey(people, open_page)
    file_a_document(people, open_page)
    read_the_board(people, open_page)
    archive = prepare_the_audit(people, open_page, tmp_path)
    let_the_auditor_read(people, open_page, tmp_path, archive)
    assert verify(archive).intact


def import_the_year(people, open_page):
    """Step 2: two organisations to choose from, two sample files, one impossible date to correct."""
    page = open_page()
    sign_in(page, people.training_manager)
    page.get_by_role("link", name="Ateliers du Fil Ouest").first.click()
    page.get_by_role("navigation", name="Navigation principale").get_by_role("link", name="Sessions").click()
    page.get_by_role("link", name="Importer").first.click()
    import_file(page, "Importer des sessions", "sessions_excel_fr_cp1252.csv")
    page.get_by_text("Avril n’a que 30 jours.").first.wait_for()
    page.get_by_label("Date de début, ligne 5").fill("30/04/2026")
    page.get_by_role("button", name="Vérifier de nouveau").click()
    page.get_by_role("button", name="Importer les 4 lignes").click()
    page.get_by_role("heading", level=1, name="Les 4 lignes sont importées.").wait_for()
    assert sorted(Session.objects.values_list("organisation__slug", "reference")) == [
        ("fil-ouest", "S26-001"),
        ("fil-ouest", "S26-002"),
        ("fil-ouest", "S26-003"),
        ("fil-ouest", "S26-004"),
    ]
    page.goto("/o/fil-ouest/import/")
    import_file(page, "Importer des stagiaires", "stagiaires_excel_fr_cp1252.csv", session="S26-001")
    siret = page.get_by_label("SIRET, ligne 4")
    if siret.count():
        siret.fill("")
        page.get_by_role("button", name="Vérifier de nouveau").click()
    page.get_by_role("button", name="Importer les 4 lignes").click()
    page.get_by_role("heading", level=1, name="Les 4 lignes sont importées.").wait_for()
    assert (Trainee.objects.count(), Enrolment.objects.filter(session__reference="S26-001").count()) == (3, 3)
    page.goto("/o/fil-ouest/sessions/")
    page.get_by_role("link", name="Gérer un collectif artistique").click()
    page.get_by_role("row", name="Anaïs LEFÈVRE").or_(page.get_by_role("row", name="Anaïs Lefèvre")).first.wait_for()


def answer_the_survey(people, open_page):
    """Step 3: the trainer shows the QR code of a session they lead; a trainee answers on a phone, in English, with the keyboard."""
    leader = Trainer.objects.get(organisation=people.organisation, last_name__icontains="DUPONT")
    people.trainer_record.delete()
    leader.user = people.trainer
    leader.save()
    trainer = open_page(people.trainer, width=360, phone=True)
    trainer.goto("/o/fil-ouest/sessions/")
    trainer.get_by_role("link", name="Gérer un collectif artistique").click()
    trainer.get_by_text("Autres actions").click()
    trainer.get_by_role("link", name="Montrer le QR code de l’enquête").click()
    trainer.get_by_role("button", name="Ouvrir l’enquête et montrer le QR code").click()
    link = trainer.locator("a[href*='/s/']").first.get_attribute("href")
    trainee = open_page(width=360, language="en", phone=True)
    trainee.goto(link)
    for _question in range(5):
        trainee.locator("input[type=radio]").first.focus()
        trainee.keyboard.press("Space")
        with trainee.expect_navigation():
            trainee.keyboard.press("Enter")
    trainee.get_by_role("radio", name="9", exact=True).check()
    trainee.locator("textarea").fill("Concrete and useful.")
    trainee.get_by_role("button", name="Send my answer").click()
    trainee.get_by_role("heading", level=1, name="Thank you, it is sent.").wait_for()
    assert list(Response.objects.values_list("campaign__session__reference", "language", "comment")) == [
        ("S26-001", "en", "Concrete and useful.")
    ]


def file_a_document(people, open_page):
    """Step 4: one file, several indicators, one session."""
    page = open_page(people.quality_manager)
    page.goto("/o/fil-ouest/preuves/deposer/")
    content = paper(title="Revue qualité", subject="", owner="Ateliers du Fil Ouest", day=timezone.localdate()).read()
    page.set_input_files("input[type=file]", [{"name": "Revue qualité.pdf", "mimeType": "application/pdf", "buffer": content}])
    page.locator("summary", has_text="Modifier").click()
    page.get_by_label("Type de pièce").select_option("meeting_minutes")
    page.get_by_label("Concerne").fill("S26-001")
    page.get_by_label("18 Coordination des intervenants").wait_for()
    page.get_by_label("18 Coordination des intervenants").check()
    page.get_by_label("30 Recueil des appréciations des parties prenantes").check()
    page.get_by_role("button", name="Ranger cette pièce").click()
    page.get_by_text("est rangée").first.wait_for()
    document = Document.objects.get()
    assert sorted(link.indicator for link in document.indicator_links.all()) == [18, 30]
    assert [str(link.session) for link in document.subject_links.all()] == ["S26-001"]


def read_the_board(people, open_page):
    """Step 5: one click from the board to what is expected, seen and missing, with a way to mend it."""
    page = open_page(people.quality_manager)
    page.goto("/o/fil-ouest/indicateurs/")
    assert_good_at_all_widths(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("link", name="Recueil des appréciations des parties prenantes").click()
    page.get_by_role("heading", level=1, name="30. Recueil des appréciations des parties prenantes").wait_for()
    assert_good_at_all_widths(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    hole = page.locator(".matrice tbody tr").filter(has_text="S26-002").first
    hole.wait_for()
    hole.get_by_role("link", name="avis demandé").click()
    page.wait_for_url("**/toutes/")


def prepare_the_audit(people, open_page, tmp_path):
    """Step 6: the report and the pack, checked offline."""
    page = open_page(people.quality_manager)
    page.goto("/o/fil-ouest/indicateurs/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Rapport").click()
    report = tmp_path / "rapport.pdf"
    waiting.value.save_as(report)
    with pikepdf.open(report) as pdf:
        assert len(pdf.pages) > 20
    page.get_by_role("link", name="Dossier de preuves").click()
    page.get_by_role("button", name="Préparer le dossier").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Télécharger").click()
    archive = tmp_path / "dossier.zip"
    waiting.value.save_as(archive)
    assert verify(archive).intact
    with zipfile.ZipFile(archive) as opened:
        assert [name for name in opened.namelist() if name.endswith("18-01 Revue qualité, version 1.pdf")] != []
    return archive


def let_the_auditor_read(people, open_page, tmp_path, archive):
    """Step 7: the same evidence by criterion, the same pack, and nothing to change."""
    page = open_page(people.auditor)
    page.goto("/")
    page.get_by_role("heading", level=1).wait_for()
    assert_good_at_all_widths(page)
    page.goto("/o/fil-ouest/salle/indicateur/18/")
    page.get_by_role("link", name="Revue qualité").first.wait_for()
    assert page.get_by_text("insuffisant").count() == 0
    assert page.locator("form[method=post]:not([action*=deconnexion])").count() == 0
    page.goto("/o/fil-ouest/salle/")
    with page.expect_download() as waiting:
        page.locator("a[href$='preuves.zip']").click()
    copy = tmp_path / "copie.zip"
    waiting.value.save_as(copy)
    assert copy.read_bytes() == archive.read_bytes()
    assert Entry.objects.filter(verb="pack.download", actor=people.auditor).count() == 1
    assert Pack.objects.count() == 1
    for address in ("/o/fil-ouest/preuves/deposer/", "/o/fil-ouest/sessions/", "/o/fil-ouest/reglages/", "/o/fil-sud/salle/"):
        assert page.goto(address).status == 404

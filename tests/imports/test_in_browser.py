"""The wizard in a real browser: with the pointer and JavaScript, then without any script, accessible at three widths."""

from pathlib import Path

import pytest

from qualiopi.exchange.models import ImportRun
from tests.cast import gather
from tests.harness.browser import assert_good_at_all_widths
from trainings.sessions.models import Session

SAMPLES = Path(__file__).parents[1] / "samples"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_training_manager_imports_sessions(open_page, javascript):
    cast = gather()
    page = open_page(cast.training_manager, javascript=javascript)
    page.goto("/o/fil-ouest/import/")
    if javascript:
        assert_good_at_all_widths(page)
    page.get_by_role("link", name="Importer des sessions").click()
    if javascript:
        assert_good_at_all_widths(page)
    page.set_input_files("input[type=file]", SAMPLES / "sessions_excel_fr_cp1252.csv")
    if not javascript:
        page.get_by_role("button", name="Déposer").click()
    page.get_by_role("heading", level=1, name="Les 13 colonnes sont reconnues.").wait_for()
    if javascript:
        assert_good_at_all_widths(page)
    page.get_by_role("button", name="Vérifier les 4 lignes").click()
    page.get_by_role("heading", level=1, name="Une cellule empêche l’import.").wait_for()
    if javascript:
        assert_good_at_all_widths(page)
    field = page.get_by_label("Date de début, ligne 5")
    assert field.input_value() == "30/04/2026"
    page.get_by_role("button", name="Vérifier de nouveau").click()
    page.get_by_role("heading", level=1, name="Les 4 lignes sont prêtes.").wait_for()
    page.get_by_role("button", name="Importer les 4 lignes").click()
    page.get_by_role("heading", level=1, name="Les 4 lignes sont importées.").wait_for()
    assert Session.objects.count() == 4
    if javascript:
        assert_good_at_all_widths(page)
    page.get_by_role("button", name="Annuler cet import").click()
    page.get_by_role("heading", level=1, name="Cet import est annulé.").wait_for()
    assert (Session.objects.count(), ImportRun.objects.count()) == (0, 1)


def test_an_unreadable_file_says_what_to_do(open_page):
    page = open_page(gather().training_manager)
    page.goto("/o/fil-ouest/import/nouveau/sessions/")
    page.set_input_files("input[type=file]", {"name": "vide.csv", "mimeType": "text/csv", "buffer": b" "})
    page.get_by_role("alert").filter(has_text="Ce fichier est vide.").wait_for()
    assert ImportRun.objects.count() == 0

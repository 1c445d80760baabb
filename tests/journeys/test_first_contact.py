"""First contact in a real browser: an empty database, the code of the log, a table imported as it is, the first pack downloaded."""

from __future__ import annotations

import re
import zipfile

import pytest

from evidence.packs.verification import verify
from qualiopi.accounts.models import User
from tests.harness.browser import assert_accessible, assert_fits, assert_good_at_all_widths
from tests.journeys.test_main_job import SAMPLES
from trainings.sessions.models import Session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHRASE = "une phrase longue et facile"
# From the door to the first pack: what is pressed. What is typed or ticked in a form, and choosing the file, are not counted.
CLICKS = 12


class Hand:
    """Somebody who presses buttons and links, and counts."""

    def __init__(self, page):
        self.page, self.pressed = page, []

    def press(self, role, name, **options):
        self.page.get_by_role(role, name=name, **options).first.click()
        self.pressed.append(name if isinstance(name, str) else name.pattern)


def test_from_an_empty_database_to_the_first_pack(open_page, caplog, tmp_path):
    page = open_page()
    hand = Hand(page)
    open_the_door(page, hand, caplog)
    say_what_one_does(page, hand)
    import_the_sessions(page, hand)
    archive = download_the_pack(page, hand, tmp_path)
    assert verify(archive).intact
    with zipfile.ZipFile(archive) as opened:
        assert [name for name in opened.namelist() if "S26-001" in name or "session" in name.lower()] != []
    assert len(hand.pressed) <= CLICKS, hand.pressed


def open_the_door(page, hand, caplog):
    """Nobody has an account: the log tells the code, and one is in."""
    page.goto("/")
    assert_good_at_all_widths(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    (code,) = set(re.findall(r"le code est (\S+)", caplog.text))
    page.get_by_label("Code").fill(code)
    page.get_by_label("Nom de l’organisme").fill("Ateliers du Fil Nord")
    page.get_by_label("Votre prénom et votre nom").fill("Maëlle Kerdraon")
    page.get_by_label("Votre adresse électronique").fill("maelle@exemple.fr")
    page.get_by_label("Votre mot de passe").fill(PHRASE)
    hand.press("button", "Ouvrir cet organisme")
    page.get_by_role("heading", level=1, name="Bonjour Maëlle, commencez par ces trois choses.").wait_for()
    assert [str(user) for user in User.objects.all()] == ["Maëlle Kerdraon"]


def say_what_one_does(page, hand):
    """The home of who begins: three things, the profile first; nothing frightens."""
    things = page.locator(".afaire h3").all_inner_texts()
    assert things == ["Dites ce que fait votre organisme", "Importez vos sessions", "Fixez la date de votre prochain audit"]
    assert page.get_by_text("insuffisant").count() == page.get_by_text("en retard", exact=True).count() == 0
    assert_good_at_all_widths(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    hand.press("link", re.compile("^Compléter le profil"))
    page.get_by_role("checkbox", name="Actions de formation").first.check()
    for answer in page.get_by_role("radio", name="Non", exact=True).all():
        answer.check()
    hand.press("button", "Enregistrer le profil")
    page.get_by_role("heading", level=1, name="Bonjour Maëlle, commencez par ces deux choses.").wait_for()


def import_the_sessions(page, hand):
    """A file of French Excel, with one impossible date."""
    hand.press("link", re.compile("^Importer un tableau"))
    page.set_input_files("input[type=file]", SAMPLES / "sessions_excel_fr_cp1252.csv")
    page.get_by_role("button", name="Vérifier les 4 lignes").wait_for()
    hand.press("button", "Vérifier les 4 lignes")
    page.get_by_text("Avril n’a que 30 jours.").first.wait_for()
    page.get_by_label("Date de début, ligne 5").fill("30/04/2026")
    hand.press("button", "Vérifier de nouveau")
    hand.press("button", "Importer les 4 lignes")
    page.get_by_role("heading", level=1, name="Les 4 lignes sont importées.").wait_for()
    assert Session.objects.count() == 4


def download_the_pack(page, hand, folder):
    """From what was imported to the pack, by the navigation."""
    hand.press("link", "Indicateurs")
    assert_fits(page)
    assert_accessible(page)
    hand.press("link", "Dossier de preuves")
    hand.press("button", "Préparer le dossier")
    page.get_by_role("link", name=re.compile("^Télécharger")).first.wait_for()
    with page.expect_download() as waiting:
        hand.press("link", re.compile("^Télécharger"))
    archive = folder / "dossier.zip"
    waiting.value.save_as(archive)
    return archive

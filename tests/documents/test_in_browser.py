"""The pages of the documents in a real browser: on a phone, a tablet, a laptop, and for whoever receives a link."""

import pytest
from django.urls import reverse

from tests import cast
from tests.documents.test_issuing import issue_all
from tests.documents.world import make_world
from tests.factories import BatchFactory, SendingFactory
from tests.harness.browser import assert_good_at_all_widths
from trainings.documents.models import DocumentKind
from trainings.documents.verbs import cancel

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def people():
    return cast.gather()


@pytest.fixture
def world(people):
    return make_world(people.organisation)


def at(name, *args):
    return reverse(f"documents:{name}", args=["fil-ouest", *args])


def test_the_pages_of_a_session_are_good_at_all_widths(people, world, open_page):
    certificate, *_others = issue_all(world, DocumentKind.COMPLETION).issued
    (agreement,) = issue_all(world, DocumentKind.AGREEMENT).issued
    SendingFactory(document=certificate)
    batch = BatchFactory(session=world.session, kind=DocumentKind.ATTESTATION, total=3, done=1)
    page = open_page(people.training_manager)
    for address in (
        at("session", world.session.pk),
        at("kind", world.session.pk, "completion_certificate"),
        at("document", certificate.pk),
        at("cancel", certificate.pk),
        at("sign", agreement.pk),
        at("batch", batch.pk),
    ):
        page.goto(address)
        assert_good_at_all_widths(page)


def test_a_wording_is_refused_then_kept(people, world, open_page):
    page = open_page(people.quality_manager)
    for address in (at("templates"), at("style"), at("template", "completion_certificate")):
        page.goto(address)
        assert_good_at_all_widths(page)
    text = page.locator("textarea[name=body]")
    before = text.input_value()
    text.fill(before.replace("stagiaire.nom_complet", "stagiaire.nmo"))
    page.get_by_role("button", name="Enregistrer ce texte").click()
    page.get_by_text("Les lignes à reprendre").wait_for()
    assert page.get_by_text("## {{ stagiaire.nmo }}", exact=True).is_visible()
    assert_good_at_all_widths(page)
    page.locator("textarea[name=body]").fill(before + "\nMerci.\n")
    page.get_by_role("button", name="Enregistrer ce texte").click()
    page.get_by_text("Le modèle est enregistré").wait_for()


def test_whoever_receives_a_link_opens_the_document_on_a_phone(world, open_page):
    certificate, cancelled, _other = issue_all(world, DocumentKind.COMPLETION).issued
    sending = SendingFactory(document=certificate, token="jeton-ouvert")
    SendingFactory(document=cancelled, token="jeton-ferme")
    cancel(issued=cancelled, reason="Nom mal écrit", actor=None)
    page = open_page(width=360, phone=True)
    for token, told in (
        ("jeton-ouvert", "Certificat de réalisation"),
        ("jeton-ferme", "Ce document a été annulé."),
        ("rien", "Nous ne connaissons pas ce lien."),
    ):
        page.goto(reverse("received:document", args=[token]))
        page.get_by_role("heading", level=1, name=told).wait_for()
        assert_good_at_all_widths(page)
    page.goto(reverse("received:document", args=["jeton-ouvert"]))
    with page.expect_download() as given:
        page.get_by_role("button", name="Ouvrir le document").click()
    assert given.value.suggested_filename.endswith(".pdf")
    sending.refresh_from_db()
    assert sending.opened_at is not None

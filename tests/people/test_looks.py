"""People's pages in a real browser: they fit, they are accessible, a document leaves from a phone."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.factories import (
    CompanyFactory,
    CourseFactory,
    EnrolmentFactory,
    FunderFactory,
    SessionFactory,
    StoredFileFactory,
    SubcontractFactory,
    SubcontractorFactory,
    SubcontractorReviewFactory,
    TraineeFactory,
    TrainerRecordFactory,
)
from tests.files import made
from tests.harness.browser import assert_good_at_all_widths
from trainings.people.links import current_token
from trainings.people.models import TrainerRecord
from trainings.people.verbs import trainer_link
from trainings.sessions.models import Funding

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def people():
    return cast.gather()


@pytest.fixture
def yann(people):
    """A file with something of everything."""
    trainer, today = people.trainer_record, timezone.localdate()
    trainer.status, trainer.email, trainer.titles = (
        "carried",
        "yann.legoff@exemple.fr",
        "Formateur d’adultes, quinze ans de terrain",
    )
    trainer.save()
    line = {"trainer": trainer}
    TrainerRecordFactory(**line, kind="cv", title="CV 2026", file=StoredFileFactory(organisation=trainer.organisation))
    TrainerRecordFactory(**line, kind="diploma", title="Titre professionnel de formateur", dated_on=date(2014, 7, 1))
    TrainerRecordFactory(
        **line,
        kind="qualification",
        title="Certificat de formateur SST",
        dated_on=date(2025, 1, 6),
        valid_until=today + timedelta(days=23),
    )
    TrainerRecordFactory(
        **line, kind="qualification", title="Habilitation électrique B0", dated_on=date(2020, 1, 6), valid_until=date(2023, 1, 5)
    )
    TrainerRecordFactory(**line, kind="training", title="Atelier : évaluer sans noter", dated_on=today - timedelta(days=90))
    TrainerRecordFactory(
        **line,
        kind="charter",
        title="Engagement qualité",
        dropped=True,
        file=StoredFileFactory(organisation=trainer.organisation),
    )
    course = CourseFactory(
        organisation=trainer.organisation,
        title="Travailler près d’une installation électrique",
        required_qualification="Habilitation électrique",
    )
    SessionFactory(organisation=trainer.organisation, course=course, reference="S26-041", trainers=[trainer])
    return trainer


@pytest.fixture
def partner(people):
    """A subcontractor to whom a session paid by the CPF was given."""
    row = SubcontractorFactory(
        organisation=people.organisation,
        name="Savoirs du Large",
        siren="732829320",
        activity_number="84691234569",
        certified_until=timezone.localdate() + timedelta(days=40),
    )
    contract = SubcontractFactory(subcontractor=row, file=StoredFileFactory(organisation=people.organisation))
    SubcontractorReviewFactory(subcontractor=row, reviewed_by=people.quality_manager)
    session = SessionFactory(organisation=people.organisation, reference="S26-050", given_to=row, subcontract=contract)
    Funding.objects.create(
        organisation=people.organisation,
        enrolment=EnrolmentFactory(session=session),
        funder=FunderFactory(organisation=people.organisation, kind="cpf"),
    )
    return row


def test_the_staff_s_pages(people, yann, partner, open_page):
    waiting = TrainerRecord.objects.get(dropped=True)
    contract = partner.contracts.get()
    trainer_link(trainer=yann, actor=None)
    page = open_page(people.training_manager)
    for name, argument in (
        ("trainers", None),
        ("trainer", yann.pk),
        ("edit_trainer", yann.pk),
        ("add_record", yann.pk),
        ("withdraw_record", waiting.pk),
        ("to_check", None),
        ("check_record", waiting.pk),
        ("subcontractors", None),
        ("subcontractor", partner.pk),
        ("edit_subcontractor", partner.pk),
        ("edit_subcontract", contract.pk),
        ("review_subcontractor", partner.pk),
    ):
        page.goto(reverse(f"people:{name}", args=["fil-ouest", *([argument] if argument else [])]))
        assert_good_at_all_widths(page)


def test_the_explained_status(people, open_page):
    page = open_page(people.training_manager)
    page.goto(reverse("people:create_trainer", args=["fil-ouest"]))
    page.get_by_label("Prénom").fill("Léa")
    page.get_by_label("Nom", exact=True).fill("Dehors")
    page.get_by_label("Statut").select_option("carried")
    page.get_by_label("Numéro de déclaration d’activité").fill("84 69 12345 69")
    page.get_by_role("button", name="Enregistrer la fiche").click()
    assert page.get_by_text("cette personne est un sous-traitant quand elle facture ses sessions").is_visible()
    assert_good_at_all_widths(page)
    page.get_by_label("J’ai lu, et je garde ce statut").check()
    page.get_by_role("button", name="Enregistrer la fiche").click()
    assert page.get_by_role("heading", name="Léa Dehors").is_visible()


def test_a_document_leaves_from_a_phone(yann, open_page):
    page = open_page(width=360, phone=True, javascript=False)
    page.goto(reverse("drop:start", args=[current_token(trainer_link(trainer=yann, actor=None))]))
    page.get_by_label("Prendre une photo").set_input_files(
        {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": made.picture("JPEG")}
    )
    page.get_by_role("button", name="Engagement qualité signé").tap()
    page.wait_for_url("**recu=charter")
    assert page.get_by_text("Merci, c’est bien arrivé.").is_visible()
    assert TrainerRecord.objects.filter(dropped=True, file__media_type="image/jpeg").count() == 1


def test_the_trainer_s_own_pages(yann, open_page):
    link = trainer_link(trainer=yann, actor=None)
    page = open_page(width=360)
    page.goto(reverse("drop:start", args=[current_token(link)]))
    assert_good_at_all_widths(page)
    link.expires_on = date(2026, 1, 1)
    link.save()
    page.goto(reverse("drop:start", args=[current_token(link)]))
    assert_good_at_all_widths(page)
    page.goto(reverse("drop:start", args=["inconnu"]))
    assert_good_at_all_widths(page)


@pytest.mark.parametrize("room", ["entreprises", "financeurs"])
def test_the_pages_of_companies_and_funders_fit(people, open_page, room):
    own = {"organisation": people.organisation}
    name = "Société coopérative d’imagination et d’anticonstitutionnellement-vôtre de la presqu’île inventée"
    CompanyFactory(**own, name=name, siret="73282932000074", email="une.adresse.vraiment.tres.longue@exemple.fr")
    FunderFactory(**own, name=name, email="une.adresse.vraiment.tres.longue@exemple.fr")
    page = open_page(people.training_manager)
    for path in (f"{room}/", f"{room}/?q=rien"):
        page.goto(f"/o/fil-ouest/personnes/{path}")
        assert_good_at_all_widths(page)
    page.goto(f"/o/fil-ouest/personnes/{room}/")
    page.get_by_role("link", name="Nouve").click()
    page.get_by_label("Nom").fill(name.upper())
    page.get_by_role("button", name="Ajouter").click()
    assert_good_at_all_widths(page)
    # The name is held: the page leads to who holds it.
    page.get_by_role("link", name=name).click()
    assert page.get_by_label("Nom").input_value() == name
    assert_good_at_all_widths(page)


def test_the_page_of_somebody_new_fits_and_a_namesake_is_chosen(people, open_page):
    TraineeFactory(organisation=people.organisation, first_name="Zoë", last_name="D’Ornellas", email="zoe@exemple.fr")
    page = open_page(people.training_manager)
    page.goto("/o/fil-ouest/personnes/stagiaires/")
    page.get_by_role("link", name="Nouveau stagiaire").click()
    assert_good_at_all_widths(page)
    page.get_by_label("Prénom").fill("Zoé")
    page.get_by_label("Nom", exact=True).fill("D'Ornellas")
    page.get_by_role("button", name="Créer la fiche", exact=True).click()
    page.get_by_role("heading", name="Est-ce la même personne ?").wait_for()
    assert_good_at_all_widths(page)
    page.get_by_role("button", name="C’est quelqu’un d’autre : créer la fiche").click()
    page.get_by_text("La fiche de Zoé D'Ornellas est créée.").wait_for()
    assert_good_at_all_widths(page)

"""Before the start in a real browser: a phone without JavaScript answers, a manager draws conclusions, the restricted room follows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import gather
from tests.factories import CompanyFactory, CourseFactory, EnrolmentFactory, FundingFactory, MeasureFactory, SessionFactory
from tests.harness.browser import assert_accessible, assert_fits, assert_good_at_all_widths
from trainings.adaptations.models import AdaptationRequest
from trainings.catalogue.models import Objective, Programme
from trainings.learning.models import Intake
from trainings.sessions.models import LinkPurpose, SessionState
from trainings.sessions.verbs import personal_link

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = timezone.localdate


@pytest.fixture
def people():
    return gather()


@pytest.fixture
def enrolment(people):
    """Somebody enrolled by their company, two funders, in a session that begins next week."""
    course = CourseFactory(organisation=people.organisation, title="Animer une réunion qui décide")
    programme = Programme.objects.create(organisation=people.organisation, course=course, number=1)
    Objective.objects.create(programme=programme, position=1, text="Préparer un ordre du jour que chacun peut lire en une minute")
    session = SessionFactory(
        organisation=people.organisation,
        course=course,
        programme=programme,
        reference="S26-041",
        trainers=[people.trainer_record],
        starts_on=TODAY() + timedelta(days=7),
        ends_on=TODAY() + timedelta(days=8),
        state=SessionState.CONFIRMED,
    )
    company = CompanyFactory(organisation=people.organisation, name="Brasserie Inventée du Port")
    enrolment = EnrolmentFactory(
        session=session, trainee__last_name="Fictive", company=company, has_company=True, has_funder=True, price=1250
    )
    FundingFactory(enrolment=enrolment, amount=900, file_number="2026-0142", funder__name="OPCO Inventé")
    FundingFactory(enrolment=enrolment, amount=350, funder__name="CPF Inventé")
    return enrolment


def test_from_the_phone_to_the_measure_the_trainer_applies(people, enrolment, open_page):
    token = personal_link(enrolment=enrolment, purpose=LinkPurpose.INTAKE, actor=None).token
    phone = open_page(width=360, javascript=False, phone=True)
    phone.goto(f"/b/{token}/")
    phone.get_by_role("link", name="Commencer").click()
    phone.get_by_label("Qu’attendez-vous de cette formation ?").fill("Que nos réunions se terminent par une décision.")
    phone.get_by_role("button", name="Continuer").click()
    for _question in ("use", "arrangements"):
        phone.get_by_role("button", name="Passer cette question").click()
    phone.get_by_role("radio", name="Oui").check()
    phone.get_by_label("Si oui, qu’est-ce qui vous aiderait ?").fill("Des supports en gros caractères")
    phone.get_by_role("button", name="Continuer").click()
    phone.get_by_label("J’ai des notions").check()
    phone.get_by_role("button", name="Continuer").click()
    phone.get_by_label("Je sais, avec de l’aide").check()
    phone.get_by_role("button", name="Continuer").click()
    phone.get_by_role("button", name="Envoyer mes réponses").click()
    phone.get_by_role("heading", name="Merci, vos réponses sont arrivées.").wait_for()

    manager = open_page(people.training_manager)
    manager.goto(f"/o/fil-ouest/acquis/{enrolment.session_id}/avant/")
    manager.get_by_label("analyse du besoin Anaïs Fictive").check()
    manager.get_by_role("button", name="Rien à adapter pour les réponses cochées").click()
    manager.get_by_text("1 conclusion(s) notée(s)").wait_for()
    manager.get_by_role("link", name="Ouvrir les besoins d’adaptation").click()
    manager.get_by_role("link", name="Décider avec la personne").click()
    manager.get_by_label("Ce qui a été décidé avec la personne").fill("Agrandir tous les supports.")
    manager.get_by_role("button", name="Enregistrer").click()
    manager.get_by_role("link", name="Prévoir une mesure").click()
    manager.get_by_label("Mesure à appliquer").fill("Imprimer les supports en corps 16")
    manager.get_by_role("button", name="Enregistrer").click()
    manager.get_by_text("Imprimer les supports en corps 16").wait_for()

    trainer = open_page(people.trainer, width=360, phone=True)
    trainer.goto(f"/o/fil-ouest/acquis/{enrolment.session_id}/avant/")
    trainer.get_by_text("Imprimer les supports en corps 16").wait_for()
    content = trainer.content()
    assert ("gros caractères" in content, "Agrandir tous" in content, "Ouvrir les besoins" in content) == (False, False, False)
    assert AdaptationRequest.objects.get().need == "Des supports en gros caractères"


def test_the_phone_pages_are_good(enrolment, open_page):
    token = personal_link(enrolment=enrolment, purpose=LinkPurpose.INTAKE, actor=None).token
    page = open_page(width=360, phone=True)
    for address in ("", "1/", "4/", "5/?lang=en", "6/"):
        page.goto(f"/b/{token}/{address}")
        assert_fits(page)
        assert_accessible(page)
    page.goto(f"/b/{token}/1/")
    page.get_by_role("button", name="Continuer").click()
    page.goto("/b/inconnu/")
    assert_good_at_all_widths(page)
    enrolment.session.state = SessionState.CANCELLED
    enrolment.session.save()
    page.goto(f"/b/{token}/")
    assert_accessible(page)


def test_the_pages_of_managers_are_good_at_three_widths(people, enrolment, open_page):
    needs = Intake.objects.create(
        organisation=people.organisation,
        enrolment=enrolment,
        kind="needs",
        answers={"expectations": "Des réunions qui décident"},
        answered_on=TODAY(),
    )
    EnrolmentFactory(session=enrolment.session, trainee__email="")
    measure = MeasureFactory(request__enrolment=enrolment, request__answered_on=TODAY(), request__decided_on=TODAY())
    page = open_page(people.quality_manager)
    before, adaptations, sessions = "/o/fil-ouest/acquis", "/o/fil-ouest/adaptations", "/o/fil-ouest/sessions/inscriptions"
    for address in (
        f"{before}/{enrolment.session_id}/avant/",
        f"{before}/avant/{enrolment.pk}/",
        f"{before}/avant/{enrolment.pk}/positioning/",
        f"{before}/avant/reponses/{needs.pk}/conclure/",
        f"{before}/{enrolment.session_id}/avant/besoin/",
        f"{adaptations}/session/{enrolment.session_id}/",
        f"{adaptations}/mesures/{measure.pk}/",
        f"{sessions}/{enrolment.pk}/",
        f"{sessions}/{enrolment.pk}/modifier/",
        f"{sessions}/{enrolment.pk}/fin/",
        f"/o/fil-ouest/sessions/{enrolment.session_id}/inscrire/",
    ):
        page.goto(address)
        assert_good_at_all_widths(page)

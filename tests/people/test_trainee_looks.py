"""The page of one trainee in a real browser: its panels arrive, it fits, it is accessible; an interruption is noted, then a return."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.factories import (
    CompanyFactory,
    EnrolmentFactory,
    FundingFactory,
    HalfDayFactory,
    MarkFactory,
    PersonalIssuedFactory,
    SessionFactory,
    TraineeFactory,
)
from tests.harness.browser import assert_good_at_all_widths
from trainings.documents.models import DocumentKind
from trainings.sessions.models import DayPart, SessionState

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def people():
    return cast.gather()


@pytest.fixture
def enrolment(people):
    """Somebody paid for by two funders, who signed one half-day of two."""
    trainee = TraineeFactory(organisation=people.organisation, first_name="Marie-Hélène", last_name="de la Fiction-Imaginaire")
    today = timezone.localdate()
    session = SessionFactory(
        organisation=people.organisation,
        reference="S26-041",
        trainers=[people.trainer_record],
        state=SessionState.RUNNING,
        starts_on=today - timedelta(days=6),
        ends_on=today,
    )
    company = CompanyFactory(organisation=people.organisation, name="Brasserie Inventée du Port")
    found = EnrolmentFactory(session=session, trainee=trainee, company=company, has_company=True, has_funder=True, price=1250)
    FundingFactory(enrolment=found, amount=900, file_number="2026-0142", funder__name="OPCO Inventé")
    FundingFactory(enrolment=found, amount=300, funder__name="CPF Inventé")
    first = HalfDayFactory(session=session, day=session.starts_on)
    HalfDayFactory(session=session, day=session.starts_on, part=DayPart.AFTERNOON)
    MarkFactory(half_day=first, enrolment=found)
    PersonalIssuedFactory(enrolment=found, kind=DocumentKind.CONTRACT, signed_on=date(2026, 9, 10))
    return found


def test_the_page_of_a_trainee_and_its_panels_are_good_at_three_widths(people, enrolment, open_page):
    page = open_page(people.training_manager)
    person = f"/o/fil-ouest/personnes/stagiaires/{enrolment.trainee_id}/"
    page.goto(person)
    page.get_by_role("heading", name="Présences : une demi-journée à signer").wait_for()
    page.get_by_role("heading", name="Ses documents").wait_for()
    assert_good_at_all_widths(page)
    for address in (
        f"{person}modifier/",
        f"/o/fil-ouest/emargement/stagiaires/{enrolment.trainee_id}/",
        f"/o/fil-ouest/documents/stagiaires/{enrolment.trainee_id}/",
    ):
        page.goto(address)
        assert_good_at_all_widths(page)


def test_an_interruption_then_a_return_from_a_phone(people, enrolment, open_page):
    page = open_page(people.training_manager, width=360, phone=True)
    page.goto(f"/o/fil-ouest/sessions/inscriptions/{enrolment.pk}/")
    page.get_by_role("link", name="Noter un départ").click()
    page.get_by_label("Ce qui s’est passé").select_option("interrupted")
    page.get_by_label("Depuis quand").fill(enrolment.session.starts_on.isoformat())
    page.get_by_label("Pourquoi").fill("Remplacement d’une collègue")
    page.get_by_label("Ce qui a été fait").fill("Appelée le lendemain, report proposé")
    page.get_by_role("button", name="Enregistrer le départ").click()
    page.get_by_role("heading", name="Départ", exact=True).wait_for()
    page.get_by_role("link", name="Noter un retour").click()
    assert_good_at_all_widths(page)
    page.get_by_label("Revenu le").fill(enrolment.session.ends_on.isoformat())
    page.get_by_role("button", name="Enregistrer le retour").click()
    page.get_by_role("heading", name="Parcours interrompu du").wait_for()
    page.get_by_text("Appelée le lendemain, report proposé").wait_for()
    assert_good_at_all_widths(page)

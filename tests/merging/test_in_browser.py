"""Merging and deleting in a real browser: the whole way, at three widths, accessible."""

import pytest
from django.urls import reverse

from tests import cast
from tests.factories import EnrolmentFactory, HalfDayFactory, PersonalIssuedFactory, SessionFactory, StepFactory, TraineeFactory
from tests.harness.browser import assert_good_at_all_widths
from trainings.people.models import Trainee
from trainings.sessions.models import Session, SessionState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    return cast.gather()


@pytest.fixture
def twins(people):
    said = [
        ("Dupont-Kerdraon de la Villemarqué", "lea@exemple.fr"),
        ("Dupond", "lea.dupond.adresse.longue@atelier-invente.example"),
    ]
    return [
        TraineeFactory(organisation=people.organisation, first_name="Léa", last_name=name, email=email, phone="+33612345678")
        for name, email in said
    ]


def test_two_pages_become_one(people, twins, open_page):
    kept, gone = twins
    shared = SessionFactory(organisation=people.organisation, reference="S26-100", state=SessionState.PLANNED)
    EnrolmentFactory(session=shared, trainee=kept, price=900)
    EnrolmentFactory(session=shared, trainee=gone, price=1200)
    EnrolmentFactory(session__organisation=people.organisation, trainee=gone)
    page = open_page(user=people.training_manager)
    page.goto(reverse("people:trainee", args=["fil-ouest", kept.pk]))
    page.get_by_role("link", name="Fusionner avec…").click()
    page.get_by_text("même téléphone").wait_for()
    assert_good_at_all_widths(page)
    page.get_by_role("link", name="Léa Dupond", exact=True).click()
    page.get_by_text("3 valeurs diffèrent").wait_for()
    assert_good_at_all_widths(page)
    page.get_by_label("1 200,00 €").check()
    page.get_by_label("lea.dupond.adresse.longue@atelier-invente.example").check()
    page.get_by_role("button", name="Fusionner les deux fiches").click()
    page.get_by_text("Les deux fiches n’en font plus qu’une").wait_for()
    only = Trainee.objects.get()
    assert (only, only.email) == (kept, "lea.dupond.adresse.longue@atelier-invente.example")
    assert list(only.enrolments.filter(session=shared).values_list("price", flat=True)) == [1200]


def test_what_prevents_it_is_read_on_a_phone(people, twins, open_page):
    session = SessionFactory(organisation=people.organisation, reference="S26-100")
    for person in twins:
        PersonalIssuedFactory(enrolment=EnrolmentFactory(session=session, trainee=person))
    page = open_page(user=people.training_manager)
    page.goto(reverse("merging:trainees", args=["fil-ouest", *(person.pk for person in twins)]))
    page.get_by_role("heading", name="À régler d’abord").wait_for()
    assert_good_at_all_widths(page)


def test_a_session_entered_by_mistake_is_deleted(people, open_page):
    session = SessionFactory(organisation=people.organisation, reference="S50-001", trainers=[people.trainer_record])
    HalfDayFactory(session=session)
    StepFactory(session=session)
    enrolment = EnrolmentFactory(session=session)
    page = open_page(user=people.training_manager)
    page.goto(reverse("dossiers:session", args=["fil-ouest", session.pk]))
    page.get_by_text("Autres actions").click()
    page.get_by_role("link", name="Supprimer").click()
    page.get_by_text("1 inscription", exact=True).wait_for()
    assert_good_at_all_widths(page)
    page.goto(reverse("removal:enrolment", args=["fil-ouest", enrolment.pk]))
    page.get_by_role("button", name="Supprimer").click()
    page.get_by_text("Autres actions").click()
    page.get_by_role("link", name="Supprimer").click()
    page.get_by_text("1 intervention, 1 demi-journée et 1 étape").wait_for()
    assert_good_at_all_widths(page)
    page.get_by_role("button", name="Supprimer").click()
    page.get_by_text("La session S50-001 est supprimée.").wait_for()
    assert not Session.objects.exists()

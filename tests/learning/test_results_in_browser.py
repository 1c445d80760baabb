"""Results, examinations and rates in a real browser: twelve people and six objectives with a thumb, a network that is cut."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.factories import (
    CourseFactory,
    EnrolmentFactory,
    EvaluationFactory,
    ExamResultFactory,
    ObjectiveFactory,
    ObjectiveResultFactory,
    ProgrammeFactory,
    PublishedRatesFactory,
    SessionFactory,
)
from tests.harness.browser import assert_accessible, assert_fits, assert_good_at_all_widths
from trainings.learning.models import Evaluation, ExamResult, ObjectiveResult

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def yesterday():
    return timezone.localdate() - timedelta(days=1)


TEXTS = (
    "Lire un plan de feu",
    "Poser et régler un projecteur",
    "Conduire une répétition",
    "Tenir la conduite",
    "Ranger",
    "Transmettre",
)


@pytest.fixture
def people():
    return cast.gather()


@pytest.fixture
def session(people):
    """A session that ended yesterday, for a certification: twelve people, six objectives."""
    course = CourseFactory(
        organisation=people.organisation, title="Tenir une régie", certifying=True, certification_code="RS0000"
    )
    programme = ProgrammeFactory(course=course)
    for place, text in enumerate(TEXTS, start=1):
        ObjectiveFactory(programme=programme, position=place, text=text, evaluation="Mise en situation")
    session = SessionFactory(
        organisation=people.organisation,
        course=course,
        programme=programme,
        reference="REGIE-1",
        trainers=[people.trainer_record],
        starts_on=yesterday() - timedelta(days=1),
        ends_on=yesterday(),
    )
    for number in range(1, 13):
        EnrolmentFactory(session=session, trainee__first_name="Inventée", trainee__last_name=f"Nom{number:02}")
    return session


def choose(page, objective, level):
    """Tap one of the three levels of an objective of the person shown."""
    page.get_by_role("group", name=objective).get_by_text(level, exact=True).tap()


def test_a_trainer_notes_twelve_people_with_a_thumb(people, session, open_page):
    phone = open_page(user=people.trainer, width=360, phone=True)
    phone.goto(f"/o/fil-ouest/acquis/{session.pk}/")
    phone.get_by_role("link", name="Noter les résultats").tap()
    # What saves is under the thumb without scrolling.
    assert phone.get_by_role("button", name="Le reste est acquis").bounding_box()["y"] < 900
    choose(phone, "2. Poser et régler un projecteur", "En cours d’acquisition")
    choose(phone, "5. Ranger", "Non acquis")
    assert_fits(phone)
    for number in range(1, 12):
        phone.get_by_role("heading", name=f"Inventée Nom{number:02} {number} sur 12, à la sortie").wait_for()
        phone.get_by_role("button", name="Le reste est acquis").tap()
    phone.get_by_role("heading", name="Inventée Nom12 12 sur 12, à la sortie").wait_for()
    phone.get_by_role("button", name="Le reste est acquis").tap()
    phone.get_by_text("Chaque personne a un résultat pour chaque objectif.").wait_for()
    first = ObjectiveResult.objects.filter(enrolment__trainee__last_name="Nom01").order_by("objective__position")
    assert [row.level for row in first] == ["acquired", "in_progress", "acquired", "acquired", "not_acquired", "acquired"]
    assert ObjectiveResult.objects.count() == 72


def test_choices_survive_a_cut_of_the_network_and_no_longer_once_saved(people, session, open_page):
    phone = open_page(user=people.trainer, width=360, phone=True)
    person = session.enrolments.get(trainee__last_name="Nom01")
    address = f"/o/fil-ouest/acquis/personne/{person.pk}/?moment=exit"
    phone.goto(address)
    choose(phone, "1. Lire un plan de feu", "Acquis")
    choose(phone, "3. Conduire une répétition", "Non acquis")
    # Meanwhile somebody else notes the first objective: this choice is not brought back over theirs.
    ObjectiveResultFactory(enrolment=person, objective=session.programme.objectives.get(position=1), level="in_progress")
    phone.goto(address)
    phone.get_by_text("Vos derniers choix n’étaient pas enregistrés").wait_for()
    checked = [
        phone.get_by_role("group", name=f"{place}. {text}").get_by_role("radio", checked=True).get_attribute("value")
        for place, text in enumerate(TEXTS, start=1)
    ]
    assert checked == ["in_progress", "", "not_acquired", "", "", ""]
    assert_accessible(phone)
    phone.get_by_role("button", name="Enregistrer et revenir à la liste").tap()
    phone.get_by_text("Inventée Nom01 : un résultat est enregistré.").wait_for()
    phone.goto(address)
    phone.get_by_role("group", name="3. Conduire une répétition").wait_for()
    assert phone.get_by_text("Vos derniers choix n’étaient pas enregistrés").is_visible() is False


def test_an_evaluation_and_its_file_are_added_from_the_phone(people, session, open_page):
    phone = open_page(user=people.trainer, width=360, phone=True)
    person = session.enrolments.get(trainee__last_name="Nom01")
    phone.goto(f"/o/fil-ouest/acquis/personne/{person.pk}/?moment=exit")
    choose(phone, "4. Tenir la conduite", "Acquis")
    phone.get_by_role("button", name="Enregistrer et ajouter une évaluation").tap()
    phone.get_by_label("Évaluation").fill("Grille d’observation")
    phone.get_by_label("Fichier").set_input_files({"name": "grille.pdf", "mimeType": "application/pdf", "buffer": b"pas un PDF"})
    phone.get_by_role("button", name="Ajouter au dossier").tap()
    phone.locator("#id_file_error").wait_for()
    assert phone.get_by_label("Évaluation").input_value() == "Grille d’observation"
    phone.get_by_label("Fichier").set_input_files(
        {"name": "grille.csv", "mimeType": "text/csv", "buffer": "critère;niveau\nécoute;acquis\n".encode()}
    )
    phone.get_by_role("button", name="Ajouter au dossier").tap()
    phone.get_by_text("Enregistrez pour y rattacher ces résultats.").wait_for()
    phone.get_by_role("button", name="Enregistrer, puis Inventée Nom02").tap()
    phone.get_by_role("heading", name="Inventée Nom02").wait_for()
    kept = ObjectiveResult.objects.get()
    assert (kept.level, kept.evaluation, kept.evaluation.file.name) == ("acquired", Evaluation.objects.get(), "grille.csv")


def test_the_reason_appears_for_who_does_not_come(people, session, open_page):
    page = open_page(user=people.training_manager)
    page.goto(f"/o/fil-ouest/acquis/{session.pk}/examens/")
    reason = page.get_by_label("Motif, ou vers qui Inventée Nom01")
    assert reason.is_visible() is False
    page.get_by_label("Suite Inventée Nom01").select_option("absent")
    reason.fill("Malade, se présente en mars")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("C’est noté pour une personne.").wait_for()
    kept = ExamResult.objects.get()
    assert (kept.sat, kept.not_sat_reason, reason.is_visible()) == (False, "Malade, se présente en mars", True)


def test_the_pages_are_good_at_all_widths(people, session, open_page):
    first = session.enrolments.first()
    objective = session.programme.objectives.get(position=1)
    evaluation = EvaluationFactory(session=session, held_on=yesterday())
    for moment, level in (("entry", "not_acquired"), ("exit", "in_progress")):
        ObjectiveResultFactory(enrolment=first, objective=objective, moment=moment, level=level, evaluation=evaluation)
    ExamResultFactory(enrolment=first, sat=True, passed=True, exam_on=yesterday())
    PublishedRatesFactory(course=session.course)
    page = open_page(user=people.training_manager)
    base = "/o/fil-ouest/acquis/"
    for address in (
        f"{base}{session.pk}/",
        f"{base}personne/{first.pk}/?moment=exit",
        f"{base}{session.pk}/objectif/{objective.pk}/?moment=exit",
        f"{base}{session.pk}/evaluation/",
        f"{base}{session.pk}/examens/",
        f"{base}taux/{session.course_id}/?from_day={yesterday() - timedelta(days=30)}&to_day={yesterday()}",
    ):
        page.goto(address)
        assert_good_at_all_widths(page)

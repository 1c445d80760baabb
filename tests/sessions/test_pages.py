"""Pages of the sessions: what each one sees, what a form keeps, what is refused."""

from datetime import date

import pytest
from django.urls import reverse

from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import CourseFactory, EnrolmentFactory, SessionFactory
from tests.harness.worlds import shared
from tests.sessions.addresses import page_of
from trainings.sessions.models import Enrolment, EnrolmentState

pytestmark = pytest.mark.django_db


people = shared(cast.gather)


def url(name, *args):
    return reverse(f"sessions:{name}", args=["fil-ouest", *args])


def a_session(people, **fields):
    return SessionFactory(organisation=people.organisation, **fields)


@pytest.mark.parametrize("count", [1, 3])
def test_the_dossier_takes_the_same_number_of_queries(people, count, django_assert_num_queries):
    session = a_session(people)
    for _number in range(count):
        EnrolmentFactory(session=session)
    client = people.client(people.training_manager)
    client.get(page_of(session.pk))  # what the engine says is kept from then on
    with django_assert_num_queries(18):
        client.get(page_of(session.pk))


NO_FUNDING = {"paie-TOTAL_FORMS": "0", "paie-INITIAL_FORMS": "0"}


def form_data(course, **changes):
    return {
        "reference": "S27-010",
        "course": course.pk,
        "starts_on": "2027-01-12",
        "ends_on": "2027-01-13",
        "duration_hours": "14",
        "modality": "on_site",
        "kind": "inter",
        "place": "12, rue Inventée",
        "work_study": "",
        "workplace_periods": "false",
        **changes,
    }


def test_changing_a_session_writes_the_journal(people):
    session = a_session(people, reference="S26-AVANT", state="planned")
    data = form_data(session.course, trainers=[people.trainer_record.pk])
    answer = people.client(people.training_manager).post(url("edit", session.pk), data)
    session.refresh_from_db()
    assert answer.url == page_of(session.pk)
    assert (session.reference, session.work_study, list(session.trainers.all())) == ("S27-010", None, [people.trainer_record])
    assert (session.starts_on, session.state) == (date(2027, 1, 12), "planned")
    assert Entry.objects.get(verb="session.change").actor == people.training_manager


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": "2027-01-11"}, "Le dernier jour d’une session ne précède pas le premier."),
        ({"reference": "S26-PRISE"}, "Une session porte déjà cette référence."),
        ({"starts_on": "0207-01-12"}, "Vérifiez l’année : cette date est trop ancienne."),
        ({"duration_hours": "0"}, "La durée d’une session se compte en heures, au-dessus de zéro."),
    ],
)
def test_a_broken_rule_is_told_and_what_was_typed_is_kept(people, changes, sentence):
    a_session(people, reference="S26-PRISE")
    session = a_session(people, reference="S26-AVANT")
    data = form_data(session.course, place="À garder", **changes)
    answer = people.client(people.training_manager).post(url("edit", session.pk), data)
    page = answer.content.decode()
    session.refresh_from_db()
    assert (answer.status_code, sentence in page, "À garder" in page, session.reference) == (422, True, True, "S26-AVANT")


def test_something_of_another_organisation_cannot_be_chosen(people):
    session = a_session(people)
    elsewhere = CourseFactory(organisation=people.sister, title="Cours du Sud")
    answer = people.client(people.training_manager).post(url("edit", session.pk), form_data(elsewhere))
    session.refresh_from_db()
    assert (answer.status_code, "Cours du Sud" in answer.content.decode()) == (422, False)
    assert session.course != elsewhere


def test_enrolling_the_same_person_twice_is_refused(people):
    session = a_session(people)
    client = people.client(people.training_manager)
    data = {"first_name": "Anaïs", "last_name": "Fictive", "email": "anais@exemple.fr", **NO_FUNDING}
    assert client.post(url("enrol", session.pk), data).status_code == 302
    again = client.post(url("enrol", session.pk), data)
    assert (again.status_code, "déjà inscrite" in again.content.decode(), Enrolment.objects.count()) == (422, True, 1)


@pytest.mark.parametrize(
    ("state", "day", "kept"),
    [
        ("withdrawn", "2026-09-01", EnrolmentState.WITHDRAWN),
        ("withdrawn", "2026-09-08", EnrolmentState.ENROLLED),
        ("abandoned", "2026-09-08", EnrolmentState.ABANDONED),
        ("enrolled", "2026-09-08", EnrolmentState.ENROLLED),
    ],
)
def test_a_departure(people, state, day, kept):
    enrolment = EnrolmentFactory(session=a_session(people))
    said = {"state": state, "ended_on": day, "end_reason": "Nouvel emploi"}
    people.client(people.training_manager).post(url("end_enrolment", enrolment.pk), said)
    enrolment.refresh_from_db()
    assert enrolment.state == kept

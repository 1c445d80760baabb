"""Pages of the sessions: what each one sees, what a form keeps, what is refused."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from qualiopi.journal.models import Entry
from tests import cast
from tests.factories import CourseFactory, EnrolmentFactory, SessionFactory, TrainerFactory
from tests.harness.worlds import shared
from tests.sessions.addresses import page_of
from trainings.sessions.models import Enrolment, EnrolmentState
from trainings.sessions.queries import totals

pytestmark = pytest.mark.django_db


people = shared(cast.gather)


def url(name, *args):
    return reverse(f"sessions:{name}", args=["fil-ouest", *args])


def listed(answer):
    """References on the page, in order."""
    return [session.reference for session in answer.context["page"].object_list]


def a_session(people, **fields):
    return SessionFactory(organisation=people.organisation, **fields)


def test_the_list_shows_the_latest_first_and_nothing_of_others(people):
    a_session(people, reference="S26-001", starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 2))
    a_session(people, reference="S26-002", starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 4))
    SessionFactory(organisation=people.sister, reference="S26-SECRET")
    answer = people.client(people.training_manager).get(url("list"))
    assert listed(answer) == ["S26-002", "S26-001"]
    assert "S26-SECRET" not in answer.content.decode()


def test_a_trainer_sees_only_the_sessions_they_lead(people):
    mine = a_session(people, reference="S26-MOI", trainers=[people.trainer_record])
    other = a_session(people, reference="S26-AUTRE", trainers=[TrainerFactory(organisation=people.organisation)])
    client = people.client(people.trainer)
    assert listed(client.get(url("list"))) == ["S26-MOI"]
    assert client.get(page_of(mine.pk)).status_code == 200
    assert client.get(page_of(other.pk)).status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=regie%20tenir", ["S26-001"]),
        ("q=s26-002", ["S26-002"]),
        ("q=le%20goff", ["S26-001"]),
        ("state=planned", ["S26-003"]),
        ("modality=remote", ["S26-002"]),
        ("modality=unknown", ["S26-003"]),
        ("since=2026-05-01", ["S26-003", "S26-002"]),
        ("up_to=2026-03-31", ["S26-001"]),
        ("q=introuvable", []),
    ],
)
def test_filters_live_in_the_url(people, query, expected):
    a_session(
        people,
        reference="S26-001",
        course=CourseFactory(organisation=people.organisation, title="Tenir une RÉGIE"),
        starts_on=date(2026, 3, 2),
        ends_on=date(2026, 3, 2),
        trainers=[people.trainer_record],
    )
    a_session(people, reference="S26-002", modality="remote", starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 5), place="")
    a_session(people, reference="S26-003", modality="", state="planned", starts_on=date(2026, 6, 4), ends_on=date(2026, 6, 4))
    SessionFactory(organisation=people.sister, reference="S26-009", course__title="Tenir une régie", starts_on=date(2026, 3, 3))
    assert listed(people.client(people.training_manager).get(f"{url('list')}?{query}")) == expected


def test_states_are_counted_under_the_other_filters(people):
    for number, state in enumerate(["planned", "planned", "done", "cancelled"]):
        a_session(people, reference=f"S26-00{number}", state=state, modality="remote" if number else "on_site")
    SessionFactory(organisation=people.sister, state="closed")
    answer = people.client(people.training_manager).get(url("list") + "?modality=remote&state=planned")
    assert [(option.label, option.count, option.current) for option in answer.context["states"]] == [
        ("Toutes", 3, False),
        ("Prévues", 1, True),
        ("Terminées", 1, False),
        ("Annulées", 1, False),
    ]
    assert listed(answer) == ["S26-001"]
    assert answer.context["states"][2].url == "?modality=remote&state=done"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries(people, count, django_assert_num_queries):
    for _number in range(count):
        EnrolmentFactory(session=a_session(people, trainers=[people.trainer_record]))
    client = people.client(people.training_manager)
    with django_assert_num_queries(12):
        client.get(url("list"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_dossier_takes_the_same_number_of_queries(people, count, django_assert_num_queries):
    session = a_session(people)
    for _number in range(count):
        EnrolmentFactory(session=session)
    client = people.client(people.training_manager)
    client.get(page_of(session.pk))  # what the engine says is kept from then on
    with django_assert_num_queries(18):
        client.get(page_of(session.pk))


def test_a_swap_gives_what_the_page_gives(people):
    a_session(people, reference="S26-001")
    client = people.client(people.training_manager)
    part = client.get(url("list"), headers={"hx-request": "true", "hx-target": "sessions"}).content.decode()
    assert part.strip() in client.get(url("list")).content.decode()


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


def test_the_export_has_every_session_and_no_formula(people):
    a_session(people, reference="=1+1", place="@SOMME(A1)")
    answer = people.client(people.training_manager).get(url("list") + "?format=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert [(row[0], row[9]) for row in rows] == [("Référence", "Lieu"), ("'=1+1", "'@SOMME(A1)")]


def test_a_trainer_exports_nothing(people):
    answer = people.client(people.trainer).get(url("list") + "?format=csv")
    assert answer["Content-Type"] == "text/html; charset=utf-8"


def test_a_session_that_everybody_left_has_nobody_enrolled(people):
    empty, full = a_session(people, starts_on=date(2026, 3, 2)), a_session(people, starts_on=date(2026, 3, 2))
    for session, state in ((empty, "withdrawn"), (full, "withdrawn"), (full, "enrolled")):
        EnrolmentFactory(session=session, state=state, ended_on=date(2026, 3, 1) if state == "withdrawn" else None)
    assert totals(people.organisation) == {"sessions": 2, "without_trainer": 2, "without_enrolment": 1}

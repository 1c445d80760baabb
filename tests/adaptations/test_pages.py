"""The restricted room: who opens it, that each opening is written, and that nothing of it is read elsewhere."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.models import Entry
from qualiopi.journal.words import sentence
from tests import cast
from tests.factories import AdaptationRequestFactory, EnrolmentFactory, MeasureFactory, SessionFactory
from tests.harness.worlds import shared
from trainings.adaptations.models import AdaptationRequest, Measure

pytestmark = pytest.mark.django_db
NEED, DECISION, MEASURE = "Besoinsecret", "Décisionsecrète", "Mesuresecrète"


people = shared(cast.gather)


@pytest.fixture
def session(people):
    return SessionFactory(organisation=people.organisation, reference="S26-041", trainers=[people.trainer_record])


@pytest.fixture
def request_of(session):
    enrolment = EnrolmentFactory(session=session, trainee__last_name="Discrète")
    request = AdaptationRequestFactory(enrolment=enrolment, need=NEED, decision=DECISION, decided_on=date(2026, 9, 1))
    MeasureFactory(request=request, text=MEASURE)
    return request


def url(name, *args):
    return reverse(f"adaptations:{name}", args=["fil-ouest", *args])


@pytest.mark.parametrize(
    ("who", "status"),
    [("quality_manager", 200), ("training_manager", 200), ("network_head", 200), ("trainer", 404), ("auditor", 404), ("stranger", 404)],
)  # fmt: skip
def test_who_opens_the_room(people, session, request_of, who, status):
    answer = people.client(getattr(people, who)).get(url("session", session.pk))
    page = answer.content.decode()
    assert (answer.status_code, NEED in page, DECISION in page, MEASURE in page) == (status, *(3 * (status == 200,)))
    written = [(entry.kind, sentence(entry)) for entry in Entry.objects.filter(actor=getattr(people, who))]
    assert written == ([("reading", "ouvre les besoins d’adaptation, session S26-041")] if status == 200 else [])


def test_every_form_of_the_room_notes_its_reading(people, session, request_of):
    client = people.client(people.quality_manager)
    measure = Measure.objects.get()
    for name, pk in (
        ("answer", request_of.enrolment_id),
        ("decision", request_of.pk),
        ("measure", request_of.pk),
        ("follow", measure.pk),
    ):
        assert client.get(url(name, pk)).status_code == 200
    assert Entry.objects.filter(verb="adaptation.read", actor=people.quality_manager).count() == 4


def test_the_journal_page_and_its_export_show_the_readings_without_any_name(people, session, request_of):
    client = people.client(people.quality_manager)
    client.get(url("session", session.pk))
    for query in ("", "?format=csv"):
        answer = client.get(reverse("organisations:journal", args=["fil-ouest"]) + query)
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        assert "ouvre les besoins d’adaptation, session S26-041" in text
        for secret in ("Discrète", NEED, DECISION, MEASURE):
            assert secret not in text


def test_from_an_answer_noted_to_a_measure_given_up(people, session):
    enrolment = EnrolmentFactory(session=session)
    client, today = people.client(people.training_manager), timezone.localdate().isoformat()
    client.post(url("answer", enrolment.pk), {"wish": "yes", "need": NEED, "answered_on": today})
    request = AdaptationRequest.objects.get()
    client.post(url("decision", request.pk), {"decision": DECISION, "decided_on": today})
    client.post(url("measure", request.pk), {"kind": "pace", "text": MEASURE, "planned_on": today})
    measure = Measure.objects.get()
    refused = client.post(url("follow", measure.pk), {"state": "given_up", "state_on": today})
    assert (refused.status_code, "Dites pourquoi cette mesure est abandonnée" in refused.content.decode()) == (422, True)
    done = client.post(url("follow", measure.pk), {"state": "given_up", "state_on": today, "reason": "Refusée"})
    measure.refresh_from_db()
    assert (done.url, measure.state, measure.reason) == (url("session", session.pk), "given_up", "Refusée")


def test_rows_of_another_organisation_do_not_exist(people):
    other = AdaptationRequestFactory(enrolment__session__organisation=people.sister)
    client = people.client(people.quality_manager)
    for name, pk in (
        ("session", other.enrolment.session_id),
        ("answer", other.enrolment_id),
        ("decision", other.pk),
        ("measure", other.pk),
    ):
        assert client.get(url(name, pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_room_takes_the_same_number_of_queries(people, session, count, django_assert_num_queries):
    for _number in range(count):
        MeasureFactory(request__enrolment__session=session)
    client = people.client(people.quality_manager)
    with django_assert_num_queries(10):
        client.get(url("session", session.pk))


@pytest.mark.parametrize("name", ["people:trainees", "agenda:index"])
def test_no_export_carries_anything_of_the_room(people, session, request_of, name):
    answer = people.client(people.quality_manager).get(reverse(name, args=["fil-ouest"]) + "?format=csv")
    content = b"".join(answer.streaming_content).decode()
    assert len(content.splitlines()) == 2
    for secret in (NEED, DECISION, MEASURE):
        assert secret not in content

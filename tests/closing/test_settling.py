"""The page that closes a session does what holds it open, and closes it: at once, or by the clock once the last signature is there."""

from datetime import date, datetime, time, timedelta
from unittest import mock
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from evidence.closing.forms import ClosingForm, absence_name, result_name, step_name, wish_name
from evidence.closing.models import ClosingRequest
from evidence.closing.plan import Doing, plan_of
from evidence.closing.queries import closing_of
from evidence.closing.settling import ask_to_close, close_awaited
from qualiopi.journal.models import Entry
from tests import cast
from tests.bare_session import a_bare_session, record_the_work
from tests.factories import (
    AdaptationRequestFactory,
    CountersignatureFactory,
    EnrolmentFactory,
    HalfDayFactory,
    IssuedFactory,
    MarkFactory,
    ObjectiveResultFactory,
)
from tests.harness.worlds import shared
from trainings.attendance.models import Mark, MarkKind
from trainings.documents.models import Batch
from trainings.learning.models import Moment, ObjectiveResult
from trainings.sessions.models import SessionState

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime.combine(date(2026, 12, 20), time(12)))
DAY = date(2026, 12, 17)
people = shared(cast.gather)


@pytest.fixture
def session(people):
    """Over, with nothing recorded but what only others could do."""
    session = a_bare_session(people, starts_on=DAY, ends_on=DAY)
    for enrolment in session.enrolments.all():
        IssuedFactory(session=session, enrolment=enrolment, kind="individual_contract", signed_on=date(2026, 8, 1))
    return session


@pytest.fixture(autouse=True)
def _at_noon():
    with mock.patch("django.utils.timezone.now", return_value=NOW):
        yield


def address(session, name="close"):
    return reverse(f"closing:{name}", args=["fil-ouest", session.pk])


def plan(session, *, may=tuple(Doing)):
    return plan_of(session, closing_of(session, now=NOW), now=NOW, may=may)


def sent(session, *doing, **more):
    """What a browser sends: the ticked acts, and the fields of what lacks."""
    return {each.value: "on" for each in doing} | more


def everything_said(session):
    anais, objective = session.enrolments.get(), session.programme.objectives.get()
    return {result_name(anais.pk, objective.pk): "acquired", wish_name(anais.pk): "no"}


def test_what_is_offered_is_what_holds_it_open(session):
    found = plan(session)
    anais, objective = session.enrolments.get(), session.programme.objectives.get()
    assert found.doing == (Doing.SIGNATURES, Doing.RESULTS, Doing.ADAPTATIONS, Doing.DOCUMENTS)
    assert [(half_day, person) for half_day, person in found.unsaid] == [(session.half_days.get(), anais)]
    assert (found.results, found.to_ask, found.documents) == (((anais, objective),), (anais,), 2)
    assert ([step.label for step in found.steps], found.elsewhere) == (["Ranger la salle"], ())


@pytest.mark.parametrize("doing", list(Doing))
def test_who_may_not_do_a_thing_is_led_to_its_page_instead(session, doing):
    offered = plan(session).doing
    left = plan(session, may=[each for each in Doing if each is not doing])
    assert left.doing == tuple(each for each in offered if each is not doing)
    assert bool(left.elsewhere) is (doing in offered)


def test_work_of_a_long_session_is_led_to_its_page(session):
    for _number in range(13):
        EnrolmentFactory(session=session)
    assert Doing.RESULTS not in plan(session).doing
    assert "trainee_results_by_objective" in [each.key for each in plan(session).elsewhere]


def test_everything_done_from_the_page_the_session_waits_for_its_signature(people, session):
    client = people.client(people.quality_manager)
    answer = client.post(
        address(session), sent(session, Doing.SIGNATURES, Doing.DOCUMENTS, **everything_said(session)), follow=True
    )
    said = answer.content.decode()
    assert "1 résultat noté." in said
    assert "Un lien pour signer est parti." in said
    assert "Les attestations partiront quand la feuille sera complète." in said
    assert "au plus tard le 27 décembre 2026" in said
    assert [message.to for message in mail.outbox] == [[session.enrolments.get().trainee.email]]
    assert ObjectiveResult.objects.get(enrolment__session=session).level == "acquired"
    awaiting = ClosingRequest.objects.get()
    assert (awaiting.session, awaiting.until, awaiting.documents) == (session, date(2026, 12, 27), True)
    assert (awaiting.asked_by, awaiting.ended_at) == (people.quality_manager, None)
    session.refresh_from_db()
    assert (session.state, Batch.objects.count()) == (SessionState.DONE, 0)


def test_the_clock_issues_then_closes(people, session):
    client = people.client(people.quality_manager)
    client.post(address(session), sent(session, Doing.SIGNATURES, Doing.DOCUMENTS, **everything_said(session)))
    anais = session.enrolments.get()
    assert close_awaited(now=NOW) == []
    MarkFactory(half_day=session.half_days.get(), enrolment=anais)
    CountersignatureFactory(half_day=session.half_days.get(), trainer=people.trainer_record)
    assert close_awaited(now=NOW) == []
    assert sorted(Batch.objects.values_list("kind", flat=True)) == ["completion_certificate", "end_attestation"]
    assert close_awaited(now=NOW) == []
    assert Batch.objects.count() == 2
    IssuedFactory(session=session, enrolment=anais, issued_on=date(2026, 12, 20))
    assert close_awaited(now=NOW) == [f"{session} : Close."]
    session.refresh_from_db()
    assert (session.state, ClosingRequest.objects.get().outcome) == (SessionState.CLOSED, "Close.")
    assert close_awaited(now=NOW) == []


def test_it_does_not_wait_for_ever(people, session):
    ask_to_close(session=session, documents=False, actor=people.quality_manager, now=NOW)
    assert close_awaited(now=NOW + timedelta(days=7)) == []
    holes = len(closing_of(session, now=NOW).holding)
    assert close_awaited(now=NOW + timedelta(days=8)) == [f"{session} : Restée ouverte : il y manquait {holes} choses."]
    session.refresh_from_db()
    assert session.state == SessionState.DONE


def test_a_session_cancelled_meanwhile_is_waited_for_no_more(people, session):
    ask_to_close(session=session, documents=False, actor=people.quality_manager, now=NOW)
    session.state = SessionState.CANCELLED
    session.save()
    assert close_awaited(now=NOW) == [f"{session} : La session n’est plus à clore."]


def test_asked_twice_it_waits_once_and_may_be_called_off(people, session):
    client = people.client(people.quality_manager)
    for _time in range(2):
        ask_to_close(session=session, documents=False, actor=people.quality_manager, now=NOW)
    assert ClosingRequest.objects.count() == 1
    assert "Ne plus la clore d’elle-même" in client.get(address(session)).content.decode()
    assert client.post(address(session, "call_off")).url == address(session)
    assert ClosingRequest.objects.get().outcome == "Annulée par une personne."
    client.post(address(session, "call_off"))
    assert list(Entry.objects.filter(verb__startswith="closing.").order_by("pk").values_list("verb", flat=True)) == [
        "closing.asked",
        "closing.asked",
        "closing.called_off",
    ]


def test_somebody_who_will_not_sign_is_absent_with_the_reason_and_the_session_closes_at_once(people):
    session = a_bare_session(people)
    IssuedFactory(session=session, enrolment=session.enrolments.get(), kind="individual_contract", signed_on=date(2026, 8, 1))
    anais, half_day = session.enrolments.get(), session.half_days.get()
    record_the_work(session, people)
    Mark.objects.filter(enrolment=anais).delete()
    AdaptationRequestFactory(enrolment=anais)
    name = absence_name(half_day.pk, anais.pk)
    given = {name: "on", f"{name}-kind": "excused", f"{name}-why": "Rendez-vous médical"}
    answer = people.client(people.quality_manager).post(address(session), sent(session, **given), follow=True)
    mark = Mark.objects.get(enrolment=anais)
    assert (mark.kind, mark.reason, mark.made_by) == (MarkKind.EXCUSED, "Rendez-vous médical", people.quality_manager)
    session.refresh_from_db()
    assert session.state == SessionState.CLOSED
    assert "est close" in answer.content.decode()


def test_what_is_given_up_says_why(people, session):
    step = session.steps.get(label="Ranger la salle")
    client = people.client(people.quality_manager)
    refused = client.post(address(session), {step_name(step.pk): "on"})
    assert (refused.status_code, "Dites pourquoi : l’auditeur le lira." in refused.content.decode()) == (422, True)
    client.post(address(session), {step_name(step.pk): "on", f"{step_name(step.pk)}-why": "La salle est celle du client"})
    step.refresh_from_db()
    assert step.skipped_reason == "La salle est celle du client"


def test_fields_of_another_session_are_not_read(people, session):
    other = a_bare_session(people)
    stranger, objective = other.enrolments.get(), other.programme.objectives.get()
    form = ClosingForm(
        plan(session),
        {result_name(stranger.pk, objective.pk): "acquired", absence_name(uuid4(), stranger.pk): "on", "opinions": "on"},
    )
    assert form.is_valid()
    choices = form.choices()
    assert (choices.doing, choices.levels, choices.absent, choices.wishes) == (frozenset(), {}, {}, {})


def test_what_somebody_else_noted_meanwhile_stays_and_is_told(people, session):
    anais, objective = session.enrolments.get(), session.programme.objectives.get()
    ObjectiveResultFactory(enrolment=anais, objective=objective, moment=Moment.EXIT, level="not_acquired")
    given = {result_name(anais.pk, objective.pk): "acquired", wish_name(anais.pk): "no"}
    answer = people.client(people.quality_manager).post(address(session), given, follow=True)
    assert "Quelqu’un a noté entre-temps une partie de ce que vous notiez" in answer.content.decode()
    assert ObjectiveResult.objects.get(enrolment=anais).level == "not_acquired"


def test_a_level_that_does_not_exist_is_refused(people, session):
    anais, objective = session.enrolments.get(), session.programme.objectives.get()
    answer = people.client(people.quality_manager).post(address(session), {result_name(anais.pk, objective.pk): "excellent"})
    assert (answer.status_code, ObjectiveResult.objects.count()) == (422, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_number_of_queries(people, session, count, django_assert_max_num_queries):
    for _number in range(count - 1):
        EnrolmentFactory(session=session)
        HalfDayFactory(session=session, day=date(2026, 9, 3) + timedelta(days=_number))
    client = people.client(people.quality_manager)
    client.get(address(session))
    with django_assert_max_num_queries(75):
        client.get(address(session))

"""What was recorded tells the steps of a session: nobody says them a second time."""

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from tests import cast
from tests.bare_session import a_bare_session, record_the_work
from tests.factories import (
    EnrolmentFactory,
    IntakeFactory,
    IssuedFactory,
    ResponseFactory,
    SessionFactory,
    StepFactory,
)
from tests.harness.worlds import shared
from trainings.ticking.queries import people_of, steps_proved, steps_told_by_facts, steps_without_object
from trainings.ticking.verbs import tick_proved_steps

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime.combine(date(2026, 12, 20), time(12)))


people = shared(cast.gather)


def settled(session):
    """Keys of the steps that nobody has to say."""
    everybody = people_of(session)
    return steps_told_by_facts(session, everybody) | set(steps_without_object(everybody))


def complete(session, people):
    """Record everything that is missing."""
    record_the_work(session, people)
    session.steps.update(done_at=NOW)


def asked_and_concluded(enrolment):
    """Both questionnaires answered, both read."""
    for kind in ("needs", "positioning"):
        IntakeFactory(enrolment=enrolment, kind=kind, conclusion="Rien à adapter.", concluded_on=date(2026, 9, 1))


@pytest.mark.parametrize(
    ("automatic", "ticked"), [(False, ["attendance", "results"]), (True, ["attendance", "document", "results"])]
)
def test_steps_are_ticked_once_their_work_is_recorded(people, automatic, ticked):
    session = a_bare_session(people)
    for key in ("attendance", "results"):
        StepFactory(session=session, key=key)
    StepFactory(session=session, key="document:completion_certificate", automatic=True)
    assert tick_proved_steps(session=session, actor=None, now=NOW, automatic=automatic) == []
    complete(session, people)
    session.steps.update(done_at=None)
    done = tick_proved_steps(session=session, actor=None, now=NOW, automatic=automatic)
    assert sorted(step.key.partition(":")[0] for step in done) == ticked
    assert {step.done_at for step in done} == {NOW}


def test_nothing_is_proved_of_a_session_of_nobody(people):
    session = SessionFactory(organisation=people.organisation)
    StepFactory(session=session, key="attendance")
    assert tick_proved_steps(session=session, actor=None, now=NOW, automatic=True) == []


@pytest.mark.parametrize(("state", "proved"), [("enrolled", {"attendance"}), ("abandoned", {"attendance", "results"})])
def test_who_left_on_the_way_has_no_result_at_the_end(people, state, proved):
    session = a_bare_session(people)
    complete(session, people)
    session.enrolments.get().results.all().delete()
    left = {} if state == "enrolled" else {"ended_on": date(2026, 9, 7)}
    session.enrolments.update(state=state, **left)
    assert steps_proved(session, now=NOW) & {"attendance", "results"} == proved


def test_without_half_days_or_programme_nothing_is_proved(people):
    session = SessionFactory(organisation=people.organisation)
    EnrolmentFactory(session=session)
    assert steps_proved(session, now=NOW) & {"attendance", "results"} == set()


@pytest.mark.parametrize(
    ("key", "record"),
    [
        ("document:convocation", lambda session: IssuedFactory(session=session, kind="convocation")),
        (
            "document:convocation",
            lambda session: [
                IssuedFactory(session=session, kind="convocation", enrolment=each) for each in session.enrolments.all()
            ],
        ),
        ("intake:needs", lambda session: [IntakeFactory(enrolment=each, kind="needs") for each in session.enrolments.all()]),
        ("survey:end_of_session", lambda session: ResponseFactory(campaign=session.campaigns.get())),
        ("conclude", lambda session: [asked_and_concluded(each) for each in session.enrolments.all()]),
        (
            "agreement",
            lambda session: [
                IssuedFactory(session=session, kind="individual_contract", enrolment=each, signed_on=date(2026, 8, 1))
                for each in session.enrolments.all()
            ],
        ),
        ("survey:company", lambda session: session.enrolments.update(has_company=False)),
        ("survey:funder", lambda session: session.enrolments.update(has_funder=False)),
    ],
)
def test_what_was_recorded_tells_its_step(people, key, record):
    session = a_bare_session(people)
    EnrolmentFactory(session=session)
    assert key not in settled(session)
    record(session)
    assert key in settled(session)


@pytest.mark.parametrize(
    ("key", "record"),
    [
        ("document:convocation", lambda session, one: IssuedFactory(session=session, kind="convocation", enrolment=one)),
        ("document:convocation", lambda session, one: IssuedFactory(session=session, kind="programme")),
        (
            "document:convocation",
            lambda session, one: IssuedFactory(
                session=session, kind="convocation", cancelled_at=NOW, cancellation_reason="Mauvaise salle"
            ),
        ),
        ("intake:needs", lambda session, one: IntakeFactory(enrolment=one, kind="needs")),
        ("survey:cold", lambda session, one: ResponseFactory(campaign=session.campaigns.get())),
        ("conclude", lambda session, one: asked_and_concluded(one)),
        ("conclude", lambda session, one: [IntakeFactory(enrolment=each, kind="needs") for each in session.enrolments.all()]),
        ("agreement", lambda session, one: IssuedFactory(session=session, kind="individual_contract", enrolment=one)),
        ("survey:company", lambda session, one: session.enrolments.filter(pk=one.pk).update(has_company=False)),
    ],
)
def test_what_was_recorded_for_some_tells_nothing(people, key, record):
    session = a_bare_session(people)
    EnrolmentFactory(session=session)
    record(session, session.enrolments.first())
    assert key not in settled(session)

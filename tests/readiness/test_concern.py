"""Whom an indicator concerns, read alone, is what the whole board says of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evidence.engine.setting_aside import PROFILE_CONDITION
from evidence.readiness.expected import dossier_of
from evidence.readiness.queries import board, concern_of, session_read
from qualiopi.organisations.models import ActivityProfile
from qualiopi.standard.applicability import Answer, applicability
from tests.cast import gather
from tests.contract.world import build as build_world
from tests.factories import CertifierAuditFactory, CourseFactory, SessionFactory, SubcontractorFactory, TrainerFactory
from tests.harness.worlds import shared
from trainings.facts.reading import SHOWING
from trainings.people.models import TrainerStatus
from trainings.sessions.models import Session, SessionState

pytestmark = pytest.mark.django_db
people = shared(gather)
TODAY = timezone.localdate
FLAGS = ("certifying", "work_study", "work_based", "subcontracts_out", "salary_portage")
CERTIFYING, STUDY, WORKPLACE, GIVEN = {3, 7, 16}, {13, 28}, {28}, {27}


def course(organisation, **fields):
    return CourseFactory(organisation=organisation, **fields)


def session(organisation, days_ago=60, **fields):
    first = TODAY() - timedelta(days=days_ago)
    return SessionFactory(organisation=organisation, starts_on=first, ends_on=first + timedelta(days=1), **fields)


def led_by(organisation, status, **fields):
    return session(organisation, trainers=[TrainerFactory(organisation=organisation, status=status)], **fields)


# What was recorded -> the indicators that it shows to be of concern although the profile denies them.
FACTS = {
    "nothing": (lambda o: None, set()),
    "an ordinary session": (lambda o: session(o), set()),
    "a certifying course on sale": (lambda o: course(o, certifying=True), CERTIFYING),
    "one archived, never given": (lambda o: course(o, certifying=True, archived_on=TODAY()), set()),
    "one archived, given": (lambda o: session(o, course=course(o, certifying=True, archived_on=TODAY())), CERTIFYING),
    "one archived, given long ago": (
        lambda o: session(o, 1500, course=course(o, certifying=True, archived_on=TODAY())),
        set(),
    ),
    "one archived, to be given": (
        lambda o: session(o, -20, course=course(o, certifying=True, archived_on=TODAY()), state=SessionState.PLANNED),
        CERTIFYING,
    ),
    "one given for another alone": (
        lambda o: session(o, 1500, course=course(o, certifying=True), run_for="Organisme Donneur d’Ordre"),
        set(),
    ),
    "a course of VAE": (lambda o: course(o, category="VAE", certifying=None), CERTIFYING),
    "work-study": (lambda o: session(o, work_study=True), STUDY),
    "work-study long ago": (lambda o: session(o, 1500, work_study=True), set()),
    "work-study called off": (lambda o: session(o, work_study=True, state=SessionState.CANCELLED), set()),
    "a workplace": (lambda o: session(o, workplace_periods=True), WORKPLACE),
    "given out": (lambda o: session(o, given_to=SubcontractorFactory(organisation=o)), GIVEN),
    "led by somebody who invoices": (lambda o: led_by(o, TrainerStatus.SUBCONTRACTOR), GIVEN),
    "led by somebody carried": (lambda o: led_by(o, TrainerStatus.CARRIED), GIVEN),
    "led by somebody employed": (lambda o: led_by(o, TrainerStatus.EMPLOYEE), set()),
    "somebody carried who leads nothing": (lambda o: TrainerFactory(organisation=o, status=TrainerStatus.CARRIED), set()),
}


@pytest.mark.parametrize("says", [False, None], ids=["denied", "silent"])
@pytest.mark.parametrize("name", FACTS)
def test_each_fact_that_contradicts_the_profile_is_heard(people, name, says):
    organisation = people.organisation
    ActivityProfile.objects.filter(organisation=organisation).update(**dict.fromkeys(FLAGS, says))
    organisation.refresh_from_db()
    lay, expected = FACTS[name]
    lay(organisation)
    found, read = concern_of(organisation, observed_on=TODAY()), board(organisation=organisation)
    assert found == read.concern
    assert set(found.without_object) == {status.number for status in read.statuses if status.applicable is Answer.NO}
    refused = {each.number for each in applicability(found.grid, read.profile) if each.answer is Answer.NO}
    assert refused - set(found.without_object) == (expected if says is False else set())


def test_each_condition_of_the_standard_has_its_sessions():
    assert set(SHOWING) == set(PROFILE_CONDITION.values())


@pytest.mark.parametrize("sessions", [1, 3])
def test_queries_are_few_and_do_not_grow(people, sessions):
    organisation = people.organisation
    CertifierAuditFactory(organisation=organisation, held_on=TODAY() + timedelta(days=40))
    for _place in range(sessions):
        led_by(organisation, TrainerStatus.CARRIED, course=course(organisation, certifying=True))
    counted = {}
    for says in (True, False):
        ActivityProfile.objects.filter(organisation=organisation).update(**dict.fromkeys(FLAGS, says))
        organisation.refresh_from_db()
        with CaptureQueriesContext(connection) as made:
            concern_of(organisation, observed_on=TODAY())
        counted[says] = len(made)
    assert counted == {True: 2, False: 9}


@pytest.mark.parametrize("says", [True, False, None], ids=["granted", "denied", "silent"])
@pytest.mark.parametrize("name", FACTS)
def test_each_session_read_alone_shows_what_the_board_shows_of_it(people, name, says):
    organisation = people.organisation
    ActivityProfile.objects.filter(organisation=organisation).update(**dict.fromkeys(FLAGS, says))
    organisation.refresh_from_db()
    FACTS[name][0](organisation)
    session(organisation)
    assert_each_session_alone(organisation)


def test_each_session_of_an_organisation_full_of_holes_too():
    assert_each_session_alone(build_world().organisation)


def assert_each_session_alone(organisation):
    """The same lines, words and ways, and the same indicators without object, as the whole board says."""
    whole, shown = board(organisation=organisation), 0
    for row in Session.objects.for_organisation(organisation):
        read = session_read(organisation=organisation, session=row.pk, observed_on=TODAY())
        lines = dossier_of(read, str(row.pk))
        assert (lines, read.audit_date, read.concern) == (dossier_of(whole, str(row.pk)), whole.audit_date, whole.concern)
        shown += len(lines)
    assert shown > 0

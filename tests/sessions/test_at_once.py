"""Two people, or two clocks, at the same moment: each thing happens once."""

from datetime import date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from qualiopi.organisations.models import Organisation
from tests import cast
from tests.at_once import at_once
from tests.factories import CourseFactory, EnrolmentFactory, SessionFactory
from trainings.sessions.calendar import OpenDays, propose
from trainings.sessions.models import EnrolmentLink, LinkPurpose, Session, SessionState
from trainings.sessions.verbs import advance_states, change_state, make_session, personal_link

pytestmark = pytest.mark.django_db(transaction=True)


def advance(*, now):
    """What the clock does to the sessions of every organisation; all are in Paris."""
    return advance_states(now=now, organisations=Organisation.objects.order_by().values("pk"))


def test_two_clocks_begin_a_session_once():
    session = SessionFactory(state=SessionState.CONFIRMED)
    now = timezone.make_aware(datetime.combine(session.starts_on, time(8)))
    said = at_once(lambda _number: advance(now=now))
    assert sorted(map(len, said)) == [0, 1]
    assert list(session.changes.values_list("from_state", "to_state")) == [("confirmed", "running")]


def test_two_people_cancel_a_session_once():
    session = SessionFactory(state=SessionState.PLANNED)
    said = at_once(lambda number: change_state(session=session, to=SessionState.CANCELLED, actor=None, reason=f"Motif {number}"))
    assert {type(answer) for answer in said} == {Session, ValidationError}
    assert session.changes.count() == 1


def test_two_sessions_made_at_once_take_two_references():
    people = cast.gather()
    course = CourseFactory(organisation=people.organisation)
    slots = propose(date(2027, 3, 1), days=OpenDays()).slots

    def make(_number: int) -> str:
        return make_session(organisation=people.organisation, course=course, slots=slots, trainers=[], actor=None).reference

    assert set(at_once(make)) == {"S27-001", "S27-002"}


def test_a_link_asked_for_twice_at_once_is_one_link():
    enrolment = EnrolmentFactory()
    tokens = at_once(lambda _number: personal_link(enrolment=enrolment, purpose=LinkPurpose.INTAKE, actor=None).token)
    assert (len(set(tokens)), EnrolmentLink.objects.count()) == (1, 1)

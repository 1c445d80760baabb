"""Signatures that wait behind another one are written together; whoever is refused among them is told alone."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from tests.factories import EnrolmentFactory, HalfDayFactory, SessionFactory
from tests.harness.waiting import PATIENCE, until
from trainings.attendance.models import Mark
from trainings.attendance.queries.integrity import check
from trainings.attendance.verbs import AlreadySigned, Said, personal, sign, sign_by_link, together
from trainings.sessions.models import Enrolment, EnrolmentLink, EnrolmentState, HalfDay, LinkPurpose
from trainings.sessions.verbs import personal_links

pytestmark = pytest.mark.django_db(transaction=True)


class Held:
    """Work done by turns, of which the first piece waits for `go`; how many were done together each time, `None` for a refusal."""

    def __init__(self, turns, monkeypatch):
        self.turns, self.go, self.done = turns, Event(), []
        self._do = turns._do
        monkeypatch.setattr(turns, "_do", self._held)

    def _held(self, group):
        position = len(self.done)
        self.done.append(len(group) if position == 0 else None)
        if position == 0:
            assert self.go.wait(PATIENCE)
        answers = []

        def written():
            try:
                answers[:] = [self._do(group)]
            except OperationalError:
                # The database of the tests lies in memory: it refuses at once whoever meets a reader, instead of making them wait.
                return False
            return True

        until(written, "la base accepte d’écrire")
        self.done[position] = len(group)
        return answers[0]

    def answers(self, first, *others):
        """Call the first, and once it holds each of the others, in this order; what each answered or was refused."""
        with ThreadPoolExecutor(1 + len(others)) as pool:
            answers = [pool.submit(self._one, first)]
            until(lambda: self.done, "le premier groupe est pris")
            for number, other in enumerate(others, start=2):
                answers.append(pool.submit(self._one, other))
                until(lambda waiting=number: len(self.turns._waiting) == waiting, f"{number} attendent leur tour")
            self.go.set()
            return [answer.result(timeout=PATIENCE) for answer in answers]

    def _one(self, call):
        if connection.vendor == "sqlite":
            # In memory, whoever reads a table that another writes would be refused at once, instead of reading what was there before.
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA read_uncommitted = 1")
        try:
            return call()
        except Exception as refused:
            return refused
        finally:
            connection.close()


def words(**more):
    return Said(**{"method": "confirmed", "once": uuid.uuid4(), "reason": "Réseau coupé"} | more)


def signing(half_day, enrolment):
    return lambda: sign(half_day=half_day, enrolment=enrolment, said=words())


def by_link(half_day, token, **more):
    return lambda: sign_by_link(token, half_day.pk, words(**more))


@pytest.fixture
def lines(monkeypatch):
    return Held(together._LINES, monkeypatch)


@pytest.fixture
def links(monkeypatch):
    return Held(personal._TURNS, monkeypatch)


@pytest.fixture
def half_day():
    today = timezone.localdate()
    session = SessionFactory(state="running", starts_on=today - timedelta(days=1), ends_on=today)
    return HalfDayFactory(session=session, day=session.starts_on)


@pytest.fixture
def room(half_day):
    return EnrolmentFactory.create_batch(4, session=half_day.session)


@pytest.fixture
def tokens(half_day, room):
    given = personal_links(session=half_day.session, enrolments=room, purpose=LinkPurpose.ATTENDANCE)
    return [given[person].token for person in room]


def test_those_who_wait_behind_are_written_together_in_the_order_in_which_they_came(lines, half_day, room):
    marks = lines.answers(*(signing(half_day, person) for person in room))
    assert lines.done == [1, 3]
    assert [(mark.number, mark.enrolment_id) for mark in marks] == [(n, person.pk) for n, person in enumerate(room, start=1)]
    assert list(Mark.objects.order_by("number")) == marks
    assert list(check(half_day.session)) == []


def test_who_is_refused_among_them_is_told_and_the_others_are_kept(lines, half_day, room):
    marks = lines.answers(*(signing(half_day, room[place]) for place in (0, 1, 0, 2)))
    assert [type(answer) for answer in marks] == [Mark, Mark, AlreadySigned, Mark]
    assert lines.done == [1, None, 1, None, 1]
    assert set(Mark.objects.values_list("enrolment", flat=True)) == {person.pk for person in room[:3]}
    assert list(check(half_day.session)) == []


def test_an_hour_that_moved_meanwhile_refuses_those_who_saw_the_one_before(lines, half_day, room):
    """Two people of the same group, of whom one read the half-day before it moved."""
    HalfDay.objects.filter(pk=half_day.pk).update(starts_at="08:30")
    moved = HalfDay.objects.select_related("session").get(pk=half_day.pk)
    answers = lines.answers(signing(moved, room[0]), signing(half_day, room[1]), signing(moved, room[2]))
    assert [getattr(answer, "code", type(answer)) for answer in answers] == [Mark, "moved", Mark]


def test_sessions_that_wait_behind_are_not_written_together(lines, half_day, room):
    elsewhere = HalfDayFactory(session=SessionFactory(state="running"))
    other = EnrolmentFactory(session=elsewhere.session)
    calls = [signing(half_day, room[0]), signing(half_day, room[1]), signing(elsewhere, other), signing(half_day, room[2])]
    marks = lines.answers(*calls)
    assert lines.done == [1, 2, 1]
    assert [(mark.session_id, mark.number) for mark in marks] == [
        (half_day.session_id, 1),
        (half_day.session_id, 2),
        (elsewhere.session_id, 1),
        (half_day.session_id, 3),
    ]


def test_personal_links_that_wait_behind_are_read_and_written_together(links, half_day, room, tokens):
    marks = links.answers(*(by_link(half_day, token) for token in tokens))
    assert links.done == [1, 3]
    assert [(mark.number, mark.enrolment_id) for mark in marks] == [(n, person.pk) for n, person in enumerate(room, start=1)]
    assert list(check(half_day.session)) == []


def test_who_has_something_to_be_told_does_not_hold_up_those_beside(links, half_day, room, tokens):
    """A link that is none, a late signature without its reason, somebody who left: nothing of theirs is written, nor refused to others."""
    Enrolment.objects.filter(pk=room[2].pk).update(state=EnrolmentState.WITHDRAWN)
    calls = [
        by_link(half_day, tokens[0]),
        by_link(half_day, "a" * 24),
        by_link(half_day, tokens[1], reason=""),
        by_link(half_day, tokens[2]),
        by_link(half_day, tokens[3]),
    ]
    answers = links.answers(*calls)
    assert links.done == [1, 4]
    assert [answer and answer.enrolment_id for answer in answers] == [room[0].pk, None, None, None, room[3].pk]
    assert Mark.objects.count() == 2


def test_a_link_used_twice_in_the_same_group_signs_once(links, half_day, room, tokens):
    answers = links.answers(*(by_link(half_day, tokens[place]) for place in (0, 1, 1, 2)))
    assert [answer and answer.enrolment_id for answer in answers] == [room[0].pk, room[1].pk, None, room[2].pk]
    assert links.done == [1, None, 1, None, 1]
    assert list(check(half_day.session)) == []


def test_a_link_signs_no_half_day_of_another_session(half_day, tokens):
    elsewhere = HalfDayFactory(session=SessionFactory(state="running"))
    assert sign_by_link(tokens[0], elsewhere.pk, words()) is None
    assert sign_by_link(tokens[0], uuid.uuid4(), words()) is None
    assert Mark.objects.count() == 0


def test_a_link_that_expired_or_is_for_something_else_signs_nothing(half_day, room, tokens):
    EnrolmentLink.objects.filter(enrolment=room[0]).update(expires_on=timezone.localdate() - timedelta(days=1))
    intake = personal_links(session=half_day.session, enrolments=room[1:2], purpose=LinkPurpose.INTAKE)[room[1]].token
    answers = [sign_by_link(token, half_day.pk, words()) for token in (tokens[0], intake, tokens[2])]
    assert [answer and answer.enrolment_id for answer in answers] == [None, None, room[2].pk]

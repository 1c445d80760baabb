"""Signatures that wait behind another one are written together; whoever is refused among them is told alone."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from tests.factories import EnrolmentFactory, HalfDayFactory, SessionFactory
from trainings.attendance.models import Mark
from trainings.attendance.queries.integrity import check
from trainings.attendance.verbs import AlreadySigned, sign, together
from trainings.sessions.models import HalfDay

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held(monkeypatch):
    """The first signature holds the register until `go`; how many lines were written each time, `None` for a refusal."""

    class Held:
        go = Event()
        written: list[int | None]

    Held.written = []
    write = together._write

    def held_write(group):
        if not Held.written:
            Held.written.append(len(group))
            assert Held.go.wait(20)
            write(group)
        else:
            Held.written.append(None)
            position = len(Held.written) - 1
            write(group)
            Held.written[position] = len(group)

    monkeypatch.setattr(together, "_write", held_write)
    return Held


def behind(held, half_day, first, others):
    """Sign as `first`, and once the register is held as each of the others, in this order; what each answered or was refused."""

    def one(enrolment, in_half_day=half_day):
        try:
            return sign(half_day=in_half_day, enrolment=enrolment, method="confirmed", once=uuid.uuid4(), reason="Réseau coupé")
        except Exception as refused:
            return refused
        finally:
            connection.close()

    def until(reached):
        for _ in range(2000):
            if reached():
                return
            Event().wait(0.01)
        raise TimeoutError

    with ThreadPoolExecutor(1 + len(others)) as pool:
        answers = [pool.submit(one, first)]
        until(lambda: held.written)
        for number, other in enumerate(others, start=2):
            answers.append(pool.submit(one, *other) if isinstance(other, tuple) else pool.submit(one, other))
            until(lambda waiting=number: len(together._QUEUE._waiting) == waiting)
        held.go.set()
        return [answer.result(timeout=30) for answer in answers]


@pytest.fixture
def half_day():
    return HalfDayFactory(session=SessionFactory(state="running"))


@pytest.fixture
def room(half_day):
    return EnrolmentFactory.create_batch(4, session=half_day.session)


def test_those_who_wait_behind_are_written_together_in_the_order_in_which_they_came(held, half_day, room):
    marks = behind(held, half_day, room[0], room[1:])
    assert held.written == [1, 3]
    assert [(mark.number, mark.enrolment_id) for mark in marks] == [(n, person.pk) for n, person in enumerate(room, start=1)]
    assert list(Mark.objects.order_by("number")) == marks
    assert list(check(half_day.session)) == []


def test_who_is_refused_among_them_is_told_and_the_others_are_kept(held, half_day, room):
    marks = behind(held, half_day, room[0], [room[1], room[0], room[2]])
    assert [type(answer) for answer in marks] == [Mark, Mark, AlreadySigned, Mark]
    assert held.written == [1, None, 1, None, 1]
    assert set(Mark.objects.values_list("enrolment", flat=True)) == {person.pk for person in room[:3]}
    assert list(check(half_day.session)) == []


def test_an_hour_that_moved_meanwhile_refuses_those_who_saw_the_one_before(held, half_day, room):
    """Two people of the same group, of whom one read the half-day before it moved."""
    HalfDay.objects.filter(pk=half_day.pk).update(starts_at="08:30")
    moved = HalfDay.objects.select_related("session").get(pk=half_day.pk)
    answers = behind(held, moved, room[0], [(room[1], half_day), room[2]])
    assert [getattr(answer, "code", type(answer)) for answer in answers] == [Mark, "moved", Mark]


def test_sessions_that_wait_behind_are_not_written_together(held, half_day, room):
    elsewhere = HalfDayFactory(session=SessionFactory(state="running"))
    other = EnrolmentFactory(session=elsewhere.session)
    marks = behind(held, half_day, room[0], [room[1], (other, elsewhere), room[2]])
    assert held.written == [1, 2, 1]
    assert [(mark.session_id, mark.number) for mark in marks] == [
        (half_day.session_id, 1),
        (half_day.session_id, 2),
        (elsewhere.session_id, 1),
        (half_day.session_id, 3),
    ]

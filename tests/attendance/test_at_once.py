"""People who sign, countersign, correct or report at the same moment: each thing is kept once, and every line follows another."""

from __future__ import annotations

import uuid
from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.at_once import at_once
from tests.attendance.conftest import DRAWING
from tests.factories import (
    ConnectionFactory,
    ConnectionReportFactory,
    EnrolmentFactory,
    HalfDayFactory,
    SessionFactory,
    TrainerFactory,
)
from tests.harness.worlds import shared
from trainings.attendance.models import Chain, Mark
from trainings.attendance.queries.integrity import check
from trainings.attendance.verbs import (
    AlreadyCountersigned,
    AlreadySigned,
    Said,
    apply_report,
    correct,
    countersign,
    declare,
    sign,
)
from trainings.sessions.models import HalfDay, LinkPurpose, Session, SessionState
from trainings.sessions.verbs import personal_link, save_half_day

pytestmark = pytest.mark.django_db(transaction=True)


people = shared(cast.gather)


@pytest.fixture
def session(people):
    """A session that ended yesterday, whose register holds nothing yet."""
    yesterday = timezone.localdate() - timedelta(days=1)
    found = SessionFactory(
        organisation=people.organisation,
        starts_on=yesterday,
        ends_on=yesterday,
        state="running",
        trainers=[people.trainer_record],
    )
    HalfDayFactory(session=found, day=yesterday)
    return found


@pytest.fixture
def half_day(session):
    return session.half_days.get()


def whole(session) -> bool:
    """Whether the register follows from its first line to its last."""
    numbers = list(Mark.objects.filter(session=session).order_by("number").values_list("number", flat=True))
    return numbers == list(range(1, Chain.objects.get(session=session).length + 1)) and list(check(session)) == []


def test_two_trainers_countersign_at_once_and_the_second_is_told_who_did(session, half_day):
    trainers = [*session.trainers.all(), TrainerFactory(organisation=session.organisation)]
    session.trainers.add(trainers[1])
    said = at_once(
        lambda number: countersign(half_day=half_day, trainer=trainers[number], actor=None, once=uuid.uuid4(), drawing=DRAWING)
    )
    kept = Mark.objects.get()
    assert {type(answer) for answer in said} == {Mark, AlreadyCountersigned}
    refused = next(answer for answer in said if isinstance(answer, AlreadyCountersigned))
    assert refused.mark == kept
    assert str(kept.trainer) in refused.messages[0]
    assert whole(session)


def test_one_countersignature_sent_twice_at_once_is_one_line(session, half_day):
    once, trainer = uuid.uuid4(), session.trainers.get()
    said = at_once(lambda _number: countersign(half_day=half_day, trainer=trainer, actor=None, once=once))
    assert said == [Mark.objects.get()] * 2
    assert whole(session)


def test_one_signature_sent_twice_at_once_is_one_line(session, half_day):
    once, enrolment = uuid.uuid4(), EnrolmentFactory(session=session)
    said = at_once(
        lambda _number: sign(
            half_day=half_day, enrolment=enrolment, said=Said(method="drawn", once=once, drawing=DRAWING, reason="Réseau coupé")
        ),
        times=4,
    )
    assert said == [Mark.objects.get()] * 4
    assert whole(session)


def test_one_person_who_signs_on_two_devices_at_once_signs_once(session, half_day):
    enrolment = EnrolmentFactory(session=session)
    said = at_once(
        lambda _number: sign(
            half_day=half_day, enrolment=enrolment, said=Said(method="confirmed", once=uuid.uuid4(), reason="Réseau coupé")
        )
    )
    assert {type(answer) for answer in said} == {Mark, AlreadySigned}
    assert whole(session)


def test_a_room_that_signs_at_once_loses_nobody(session, half_day):
    room = EnrolmentFactory.create_batch(6, session=session)
    said = at_once(
        lambda number: sign(
            half_day=half_day, enrolment=room[number], said=Said(method="confirmed", once=uuid.uuid4(), reason="Réseau coupé")
        ),
        times=6,
    )
    assert {mark.enrolment_id for mark in said} == {enrolment.pk for enrolment in room}
    assert Chain.objects.get().length == 6
    assert whole(session)


def test_the_same_page_sent_twice_at_once_thanks_twice_and_keeps_one_line(session, half_day):
    token = personal_link(enrolment=EnrolmentFactory(session=session), purpose=LinkPurpose.ATTENDANCE, actor=None).token
    address = reverse("sign:start", args=[token])
    sent = {"half_day": half_day.pk, "once": uuid.uuid4(), "kind": "present", "why": "network", "drawing": DRAWING}
    said = at_once(lambda _number: Client().post(address, sent))
    assert [(answer.status_code, answer.url) for answer in said] == [(302, f"{address}fait/?d={half_day.pk}&lang=fr")] * 2
    assert Mark.objects.count() == 1
    assert whole(session)


def test_two_corrections_of_one_line_at_once_are_one_and_a_refusal(people, session, half_day):
    mark = declare(half_day=half_day, enrolment=EnrolmentFactory(session=session), kind="absent", actor=people.trainer)
    said = at_once(lambda number: correct(mark=mark, kind="present", reason=f"Motif {number}", actor=people.trainer))
    assert {type(answer) for answer in said} == {Mark, ValidationError}
    assert Mark.objects.filter(supersedes=mark).count() == 1
    assert whole(session)


def test_a_report_put_on_the_register_twice_at_once_is_put_once(people, session, half_day):
    report = ConnectionReportFactory(half_day=half_day)
    ConnectionFactory(report=report, enrolment=EnrolmentFactory(session=session), kept_minutes=200, by_hand=True)
    said = at_once(lambda _number: apply_report(report=report, actor=people.trainer).present)
    assert sorted(map(str, said)) == ["1", "['Ce relevé est déjà reporté sur l’émargement : il n’y a rien à refaire.']"]
    assert Mark.objects.count() == 1
    assert whole(session)


@pytest.mark.parametrize("state", [SessionState.CLOSED, SessionState.CANCELLED, SessionState.POSTPONED])
def test_a_session_that_ends_while_a_page_is_open_takes_nothing_more(session, half_day, state):
    enrolment = EnrolmentFactory(session=session)
    assert half_day.session.state == "running"
    Session.objects.filter(pk=session.pk).update(state=state)
    with pytest.raises(ValidationError) as told:
        sign(half_day=half_day, enrolment=enrolment, said=Said(method="confirmed", once=uuid.uuid4(), reason="Réseau coupé"))
    assert told.value.code == state
    assert Mark.objects.count() == 0


def test_a_half_day_moved_or_removed_while_a_page_is_open_is_not_signed_as_it_was(session, half_day):
    enrolment, other = EnrolmentFactory(session=session), HalfDayFactory(session=session, day=half_day.day, part="pm")

    def refused() -> str:
        with pytest.raises(ValidationError) as told:
            sign(half_day=half_day, enrolment=enrolment, said=Said(method="confirmed", once=uuid.uuid4(), reason="Réseau coupé"))
        return told.value.code

    stored = HalfDay.objects.get(pk=half_day.pk)
    stored.ends_at = time(11)
    stored.save()
    assert refused() == "moved"
    stored.delete()
    assert refused() == "moved"
    sign(half_day=other, enrolment=enrolment, said=Said(method="confirmed", once=uuid.uuid4(), reason="Réseau coupé"))
    assert whole(session)


def test_a_half_day_moved_and_signed_at_once_is_one_or_the_other(session, half_day):
    enrolment = EnrolmentFactory(session=session)
    moved = {"day": half_day.day - timedelta(days=1), "part": "am", "starts_at": half_day.starts_at, "ends_at": half_day.ends_at}

    def act(number: int) -> object:
        if number:
            return save_half_day(session=session, half_day=half_day, remote=False, trainer=None, actor=None, **moved)
        mine = HalfDay.objects.select_related("session").get(pk=half_day.pk)
        return sign(half_day=mine, enrolment=enrolment, said=Said(method="confirmed", once=uuid.uuid4(), reason="Réseau coupé"))

    said = at_once(act)
    # Signed first, it stays where it was; moved first, it is signed where it went, or the page is told to reload.
    assert any(not isinstance(answer, ValidationError) for answer in said)
    assert list(check(session)) == []

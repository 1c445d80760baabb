"""What the database refuses of the register, by the name of each constraint."""

from __future__ import annotations

from datetime import date

import pytest

from tests.constraints import assert_refuses
from tests.factories import (
    CountersignatureFactory,
    EnrolmentFactory,
    FollowUpFactory,
    HalfDayFactory,
    MarkFactory,
    TrainerFactory,
)
from trainings.attendance.models import FailedConfirmations, FollowUp, Mark

pytestmark = pytest.mark.django_db


def test_mark_number_once():
    known = MarkFactory(number=7)
    own = {"half_day": HalfDayFactory(session=known.session, part="pm"), "number": 7}
    assert_refuses(Mark, "mark_number_once", lambda: MarkFactory(**own))
    assert MarkFactory(number=7).number == 7


def test_mark_of_one_person():
    half_day = HalfDayFactory()
    assert_refuses(Mark, "mark_of_one_person", lambda: MarkFactory(half_day=half_day, enrolment=None))


def test_mark_countersigned_by_trainer():
    half_day = HalfDayFactory()
    assert_refuses(Mark, "mark_countersigned_by_trainer", lambda: MarkFactory(half_day=half_day, kind="countersigned"))
    assert_refuses(Mark, "mark_countersigned_by_trainer", lambda: CountersignatureFactory(half_day=half_day, kind="present"))
    assert CountersignatureFactory(half_day=half_day).enrolment is None


def test_mark_late_has_reason():
    half_day = HalfDayFactory()
    assert_refuses(Mark, "mark_late_has_reason", lambda: MarkFactory(half_day=half_day, late=True))
    assert MarkFactory(half_day=half_day, late=True, reason="Réseau coupé").late


def test_mark_correction_has_reason():
    first = MarkFactory()
    own = {"half_day": first.half_day, "enrolment": first.enrolment, "supersedes": first}
    assert_refuses(Mark, "mark_correction_has_reason", lambda: MarkFactory(**own))
    assert MarkFactory(**own, reason="Erreur").supersedes == first


def test_mark_first_once_per_trainee():
    first = MarkFactory()
    own = {"half_day": first.half_day, "enrolment": first.enrolment}
    assert_refuses(Mark, "mark_first_once_per_trainee", lambda: MarkFactory(**own))
    assert MarkFactory(half_day=first.half_day).half_day == first.half_day


def test_mark_countersigned_once():
    first = CountersignatureFactory()
    other = TrainerFactory(organisation=first.organisation)
    assert_refuses(Mark, "mark_countersigned_once", lambda: CountersignatureFactory(half_day=first.half_day, trainer=other))


def test_failed_confirmations_once():
    enrolment = EnrolmentFactory()
    own = {"half_day": HalfDayFactory(session=enrolment.session), "enrolment": enrolment}
    FailedConfirmations.objects.create(**own)
    assert_refuses(FailedConfirmations, "failed_confirmations_once", lambda: FailedConfirmations.objects.create(**own))


def test_follow_up_after_event():
    day = date(2026, 9, 7)
    assert_refuses(FollowUp, "follow_up_after_event", lambda: FollowUpFactory(event_on=day, contacted_on=date(2026, 9, 6)))
    assert FollowUpFactory(event_on=day, contacted_on=day).contacted_on == day

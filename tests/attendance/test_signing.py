"""Adding lines to the register: who may, when, once; what is late, what is corrected, who countersigned."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from qualiopi.journal.models import Entry
from tests.attendance.conftest import DRAWING, PARIS
from tests.factories import EnrolmentFactory, HalfDayFactory, SessionFactory, TrainerFactory
from trainings.attendance.models import Chain, Mark
from trainings.attendance.queries import current_marks, followed_minutes
from trainings.attendance.verbs import AlreadyCountersigned, AlreadySigned, Said, correct, countersign, declare, sign

pytestmark = pytest.mark.django_db


def signed(half_day, enrolment, **more):
    return sign(
        half_day=half_day, enrolment=enrolment, said=Said(method="drawn", **{"once": uuid.uuid4(), "drawing": DRAWING} | more)
    )


def test_a_signature_keeps_when_how_from_where_and_follows_the_one_before(room, clock):
    first = signed(room.afternoon, room.karim, address="203.0.113.0/24")
    second = sign(half_day=room.afternoon, enrolment=room.anais, said=Said(method="confirmed", once=uuid.uuid4()))
    assert (first.number, first.previous, first.method, first.address, first.late) == (1, "", "drawn", "203.0.113.0/24", False)
    assert (first.signed_at, first.created_at, first.drawing) == (clock.now, clock.now, DRAWING)
    assert (second.number, second.previous, second.method, second.drawing) == (2, first.fingerprint, "confirmed", "")
    chain = Chain.objects.get()
    assert (chain.session, chain.length, chain.fingerprint) == (room.session, 2, second.fingerprint)
    assert len({first.fingerprint, second.fingerprint}) == 2


def test_the_same_sending_counts_once_and_another_is_told_kindly(room, clock):
    once = uuid.uuid4()
    first = signed(room.afternoon, room.karim, once=once)
    assert signed(room.afternoon, room.karim, once=once).pk == first.pk
    with pytest.raises(AlreadySigned) as told:
        signed(room.afternoon, room.karim)
    assert (told.value.mark, told.value.code) == (first, "already")
    assert told.value.messages == ["C’est déjà signé pour cette demi-journée : il n’y a rien à refaire."]
    with pytest.raises(ValidationError) as told:
        signed(room.afternoon, room.anais, once=once)
    assert told.value.code == "once"
    assert Mark.objects.count() == 1
    assert Chain.objects.get().length == 1


@pytest.mark.parametrize(
    ("hour", "minute", "late"),
    [(13, 45, False), (14, 0, False), (17, 30, False), (18, 0, False), (18, 1, True), (23, 0, True)],
)
def test_a_signature_is_late_half_an_hour_after_the_end(room, clock, hour, minute, late):
    clock.at(hour, minute)
    if late:
        with pytest.raises(ValidationError) as told:
            signed(room.afternoon, room.karim)
        assert list(told.value.message_dict) == ["reason"]
    mark = signed(room.afternoon, room.karim, reason="Téléphone déchargé")
    assert (mark.late, mark.reason) == (late, "Téléphone déchargé" if late else "")


@pytest.mark.parametrize(("state", "code"), [("cancelled", "cancelled"), ("postponed", "postponed"), ("closed", "closed")])
def test_a_session_that_is_over_for_good_takes_nothing_more(room, clock, state, code):
    present = signed(room.morning, room.karim, reason="Réseau coupé")
    room.session.state = state
    room.session.save()
    room.morning.refresh_from_db()
    for attempt in (
        lambda: signed(room.morning, room.anais, reason="Réseau coupé"),
        lambda: declare(half_day=room.morning, enrolment=room.anais, kind="absent", actor=room.people.trainer),
        lambda: countersign(half_day=room.morning, trainer=room.trainer, actor=room.people.trainer, once=uuid.uuid4()),
        lambda: correct(mark=Mark.objects.get(pk=present.pk), kind="absent", reason="Erreur", actor=room.people.trainer),
    ):
        with pytest.raises(ValidationError) as told:
            attempt()
        assert told.value.code == code
    assert Mark.objects.count() == 1


def test_nobody_signs_for_a_half_day_to_come(room, clock):
    clock.at(13, 44)
    with pytest.raises(ValidationError) as told:
        signed(room.afternoon, room.karim)
    assert told.value.code == "future"
    assert told.value.messages == [
        "Cette demi-journée n’a pas commencé : on signe à partir du vendredi 20 novembre 2026 à 13 h 45."
    ]
    with pytest.raises(ValidationError):
        countersign(half_day=room.afternoon, trainer=room.trainer, actor=room.people.trainer, once=uuid.uuid4())
    assert Mark.objects.count() == 0


@pytest.mark.parametrize(
    ("state", "ended", "code"),
    [("withdrawn", None, "withdrawn"), ("abandoned", 1, "ended"), ("interrupted", 1, "ended"), ("abandoned", 0, None)],
)
def test_somebody_who_left_signs_nothing_after(room, clock, state, ended, code):
    room.karim.state = state
    room.karim.ended_on = room.session.starts_on - timedelta(days=ended) if ended is not None else None
    if code is None:
        assert signed(room.afternoon, room.karim).kind == "present"
    else:
        with pytest.raises(ValidationError) as told:
            signed(room.afternoon, room.karim)
        assert told.value.code == code


def test_nobody_signs_for_the_session_of_others(room, clock):
    other = EnrolmentFactory(session=SessionFactory(organisation=room.organisation))
    with pytest.raises(ValidationError) as told:
        signed(room.afternoon, other)
    assert told.value.code == "elsewhere"


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (datetime(2026, 11, 20, 14, 20, tzinfo=PARIS), datetime(2026, 11, 20, 14, 20, tzinfo=PARIS)),
        (datetime(2026, 11, 20, 15, 1, tzinfo=PARIS), datetime(2026, 11, 20, 15, 0, tzinfo=PARIS)),
        (datetime(2026, 11, 20, 13, 44, tzinfo=PARIS), datetime(2026, 11, 20, 15, 0, tzinfo=PARIS)),
        (None, datetime(2026, 11, 20, 15, 0, tzinfo=PARIS)),
    ],
)
def test_the_hour_of_the_device_is_believed_when_it_can_be_right(room, clock, told, kept):
    mark = signed(room.afternoon, room.karim, told_at=told)
    assert (mark.signed_at, mark.created_at) == (kept, clock.now)


def test_a_signature_kept_by_a_phone_without_network_is_not_late(room, clock):
    clock.at(9, day=room.session.starts_on + timedelta(days=2))
    mark = signed(room.afternoon, room.karim, told_at=datetime(2026, 11, 20, 17, 31, tzinfo=PARIS))
    assert (mark.late, mark.created_at.day, mark.signed_at.day) == (False, 22, 20)


@pytest.mark.parametrize(
    "drawing", ["M10 10 L12 12", "M10 10", "M400 10 L10 100", "M10 10 L10 100 Z", "<svg/>", "M10 10 L10 1000", "m10 10 l90 90"]
)
def test_what_is_not_a_signature_is_refused(room, clock, drawing):
    with pytest.raises(ValidationError) as told:
        signed(room.afternoon, room.karim, drawing=drawing)
    assert list(told.value.message_dict) == ["drawing"]


def test_an_absence_is_declared_once_and_told_to_who_comes_to_sign(room, clock):
    mark = declare(half_day=room.morning, enrolment=room.karim, kind="excused", reason="Malade", actor=room.people.trainer)
    assert (mark.kind, mark.method, mark.reason, mark.made_by, mark.late) == (
        "excused", "declared", "Malade", room.people.trainer, False,
    )  # fmt: skip
    with pytest.raises(AlreadySigned) as told:
        signed(room.morning, room.karim, reason="Réseau coupé")
    assert "Une absence est déjà notée" in told.value.messages[0]
    with pytest.raises(AlreadySigned):
        declare(half_day=room.morning, enrolment=room.karim, kind="absent", actor=room.people.trainer)
    with pytest.raises(ValidationError):
        declare(half_day=room.morning, enrolment=room.anais, kind="excused", actor=room.people.trainer)
    with pytest.raises(ValidationError):
        declare(half_day=room.morning, enrolment=room.anais, kind="present", actor=room.people.trainer)
    assert list(Entry.objects.values_list("verb", "actor_name")) == [("attendance.declared", "Yann Le Goff")]


def test_a_correction_is_a_new_line_that_supersedes(room, clock):
    first = declare(half_day=room.morning, enrolment=room.karim, kind="absent", actor=room.people.trainer)
    with pytest.raises(ValidationError):
        correct(mark=first, kind="present", reason=" ", actor=room.people.trainer)
    second = correct(mark=first, kind="present", reason="Arrivé à 9 h 40", minutes=170, actor=room.people.trainer)
    assert (second.supersedes, second.number, second.minutes) == (first, 2, 170)
    assert list(current_marks(room.session)) == [second]
    with pytest.raises(ValidationError) as told:
        correct(mark=first, kind="excused", reason="Malade", actor=room.people.trainer)
    assert told.value.code == "superseded"
    third = correct(mark=second, kind="absent", reason="C’était quelqu’un d’autre", actor=room.people.trainer)
    assert list(current_marks(room.session)) == [third]
    assert Mark.objects.count() == 3


@pytest.mark.parametrize(("kind", "minutes"), [("present", 211), ("absent", 10), ("countersigned", None)])
def test_a_correction_that_cannot_be_is_refused(room, clock, kind, minutes):
    first = declare(half_day=room.morning, enrolment=room.karim, kind="absent", actor=room.people.trainer)
    with pytest.raises(ValidationError):
        correct(mark=first, kind=kind, reason="Erreur", minutes=minutes, actor=room.people.trainer)


def test_a_line_never_changes_nor_goes(room, clock):
    mark = signed(room.afternoon, room.karim)
    with pytest.raises(TypeError):
        mark.save()
    with pytest.raises(TypeError):
        mark.delete()


def test_the_second_who_countersigns_is_told_who_did(room, clock):
    other = TrainerFactory(organisation=room.organisation, first_name="Soazig", last_name="Perrot")
    room.session.trainers.add(other)
    once = uuid.uuid4()
    mark = countersign(half_day=room.morning, trainer=room.trainer, actor=room.people.trainer, once=once)
    assert countersign(half_day=room.morning, trainer=room.trainer, actor=room.people.trainer, once=once) == mark
    with pytest.raises(AlreadyCountersigned) as told:
        countersign(half_day=room.morning, trainer=other, actor=room.people.training_manager, once=uuid.uuid4())
    assert told.value.messages == [
        "Yann Le Goff a déjà contresigné cette demi-journée, le 20 novembre 2026 à 15 h : il n’y a rien à refaire."
    ]
    assert Mark.objects.filter(kind="countersigned").count() == 1
    assert list(Entry.objects.values_list("verb", flat=True)) == ["attendance.countersigned"]


def test_only_who_leads_the_session_countersigns(room, clock):
    other = TrainerFactory(organisation=room.organisation)
    with pytest.raises(ValidationError) as told:
        countersign(half_day=room.morning, trainer=other, actor=room.people.trainer, once=uuid.uuid4())
    assert told.value.code == "not_trainer"
    room.morning.trainer = other
    assert countersign(half_day=room.morning, trainer=other, actor=room.people.trainer, once=uuid.uuid4()).trainer == other


def test_minutes_followed_count_signatures_whole_and_connections_as_kept(room, clock, django_assert_num_queries):
    assert followed_minutes(room.session) == {}
    signed(room.morning, room.karim, reason="Réseau coupé")
    signed(room.afternoon, room.karim)
    absent = declare(half_day=room.morning, enrolment=room.anais, kind="absent", actor=room.people.trainer)
    correct(mark=absent, kind="present", reason="Arrivée à 9 h 40", minutes=170, actor=room.people.trainer)
    declare(half_day=room.afternoon, enrolment=room.anais, kind="absent", actor=room.people.trainer)
    with django_assert_num_queries(2):
        assert followed_minutes(room.session) == {room.karim.pk: 420, room.anais.pk: 170}
    for _ in range(2):
        signed(
            HalfDayFactory(session=room.session, day=room.session.starts_on - timedelta(days=3 + _)), room.karim, reason="Oubli"
        )
    with django_assert_num_queries(2):
        assert followed_minutes(room.session) == {room.karim.pk: 840, room.anais.pk: 170}

"""Signatures and personal links where it is another hour than in Paris: each half-day and each last day is that of its organisation."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from qualiopi.links import LinkState, fingerprint
from qualiopi.organisations.models import Organisation
from qualiopi.zones import in_default_zone, on_days_of
from tests.attendance.conftest import DAY, DRAWING
from tests.factories import EnrolmentLinkFactory, InvitationFactory, SendingFactory, TrainerLinkFactory
from trainings.attendance.chain import fingerprint_of
from trainings.attendance.models import Mark
from trainings.attendance.moments import begins, ends, late_after
from trainings.attendance.queries import half_days_shown
from trainings.attendance.verbs import Said
from trainings.attendance.verbs.personal import sign_by_link
from trainings.documents.queries import sending_behind
from trainings.facts.moments import end_of
from trainings.people.models import TrainerLink
from trainings.people.queries import trainer_behind
from trainings.sessions.models import HalfDay, LinkPurpose
from trainings.sessions.queries import enrolment_behind
from trainings.surveys.models import Invitation
from trainings.surveys.queries import door

pytestmark = pytest.mark.django_db
PARIS, REUNION, TAHITI = "Europe/Paris", "Indian/Reunion", "Pacific/Tahiti"
TOKEN = "jeton-d-ailleurs"


@pytest.fixture(autouse=True)
def _back_in_paris():
    yield
    in_default_zone()


def moved(room, zone):
    """The organisation of the room stands in this zone."""
    Organisation.objects.filter(pk=room.organisation.pk).update(time_zone=zone)
    room.organisation.time_zone = zone


def at(clock, zone, hour, minute=0, day=DAY):
    """It is this hour there."""
    clock.now = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("zone", "day", "first", "last"),
    [
        (PARIS, date(2026, 11, 20), "2026-11-20T08:00Z", "2026-11-20T11:30Z"),
        (REUNION, date(2026, 11, 20), "2026-11-20T05:00Z", "2026-11-20T08:30Z"),
        (TAHITI, date(2026, 11, 20), "2026-11-20T19:00Z", "2026-11-20T22:30Z"),
        # The hour changes in Paris on the night before, not in Saint-Denis.
        (PARIS, date(2026, 3, 29), "2026-03-29T07:00Z", "2026-03-29T10:30Z"),
        (PARIS, date(2026, 10, 25), "2026-10-25T08:00Z", "2026-10-25T11:30Z"),
        (REUNION, date(2026, 10, 25), "2026-10-25T05:00Z", "2026-10-25T08:30Z"),
        (REUNION, date(2028, 2, 29), "2028-02-29T05:00Z", "2028-02-29T08:30Z"),
    ],
)
def test_a_half_day_is_held_at_the_hours_of_its_organisation(room, zone, day, first, last):
    half_day = HalfDay(day=day, starts_at=room.morning.starts_at, ends_at=room.morning.ends_at)
    with on_days_of(Organisation(time_zone=zone)):
        assert (begins(half_day), ends(half_day)) == (datetime.fromisoformat(first), datetime.fromisoformat(last))


@pytest.mark.parametrize(
    ("zone", "day", "end"),
    [
        (PARIS, date(2026, 10, 31), datetime(2026, 10, 31, 23, tzinfo=UTC)),
        (REUNION, date(2026, 10, 31), datetime(2026, 10, 31, 20, tzinfo=UTC)),
        (TAHITI, date(2026, 10, 31), datetime(2026, 11, 1, 10, tzinfo=UTC)),
        # Twenty-five hours, then twenty-three.
        (PARIS, date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (PARIS, date(2026, 3, 28), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (PARIS, date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (REUNION, date(2028, 2, 28), datetime(2028, 2, 28, 20, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_there(zone, day, end):
    with on_days_of(Organisation(time_zone=zone)):
        assert end_of(day) == end


@pytest.mark.parametrize("zone", [PARIS, REUNION, TAHITI])
@pytest.mark.parametrize(("hour", "minute", "signs"), [(13, 44, False), (13, 45, True), (17, 59, True), (18, 1, False)])
def test_a_personal_link_signs_in_time_at_the_hour_of_its_organisation(room, clock, zone, hour, minute, signs):
    moved(room, zone)
    at(clock, zone, hour, minute)
    EnrolmentLinkFactory(enrolment=room.karim, token=TOKEN, expires_on=DAY)
    mark = sign_by_link(TOKEN, room.afternoon.pk, Said(method="drawn", once=uuid.uuid4(), drawing=DRAWING))
    assert (mark is not None, Mark.objects.count()) == (signs, int(signs))
    if mark is not None:
        assert (mark.signed_at, mark.late) == (clock.now, False)
        assert timezone.get_current_timezone_name() == PARIS


def test_the_page_of_a_link_asks_the_half_day_that_goes_on_there(room, clock):
    moved(room, REUNION)
    at(clock, REUNION, 9, 30)
    EnrolmentLinkFactory(enrolment=room.karim, token=TOKEN, expires_on=DAY)
    page = Client().get(f"/e/{TOKEN}/")
    assert (page.status_code, page.context["half_day"], page.context["late"]) == (200, room.morning, False)
    assert page.context["late_after"] == datetime(2026, 11, 20, 13, 0, tzinfo=ZoneInfo(REUNION)).isoformat()
    assert timezone.get_current_timezone_name() == PARIS


def test_a_sealed_line_reads_the_same_once_the_organisation_changed_its_zone(room, clock):
    EnrolmentLinkFactory(enrolment=room.karim, token=TOKEN, expires_on=DAY)
    sign_by_link(TOKEN, room.afternoon.pk, Said(method="drawn", once=uuid.uuid4(), drawing=DRAWING))
    moved(room, TAHITI)
    mark = Mark.objects.select_related("half_day", "file").get()
    with on_days_of(room.organisation):
        assert fingerprint_of(mark, "") == mark.fingerprint
        assert late_after(mark.half_day) != datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "moment", "shown"),
    [
        # From a quarter of an hour before it begins, there, to half a day after it is over.
        (REUNION, "2026-11-20T04:44Z", []),
        (REUNION, "2026-11-20T04:45Z", ["am"]),
        (REUNION, "2026-11-20T10:00Z", ["am", "pm"]),
        (REUNION, "2026-11-21T01:59Z", ["pm"]),
        (REUNION, "2026-11-21T02:00Z", []),
        (TAHITI, "2026-11-20T18:44Z", []),
        (TAHITI, "2026-11-20T18:45Z", ["am"]),
        (TAHITI, "2026-11-21T15:59Z", ["pm"]),
        (TAHITI, "2026-11-21T16:00Z", []),
    ],
)
def test_the_code_of_a_room_is_shown_at_the_hours_of_its_organisation(room, zone, moment, shown):
    moved(room, zone)
    expected = [{"am": room.morning.pk, "pm": room.afternoon.pk}[part] for part in shown]
    assert sorted(half_days_shown(now=datetime.fromisoformat(moment))) == sorted(expected)


EVE = datetime(2026, 10, 31, 22, 30, tzinfo=UTC)
LAST = date(2026, 10, 31)


def personal(room):
    EnrolmentLinkFactory(enrolment=room.karim, token=TOKEN, expires_on=LAST)
    return enrolment_behind(TOKEN, LinkPurpose.ATTENDANCE)


def document(room):
    SendingFactory(organisation=room.organisation, token=TOKEN, expires_on=LAST)
    return sending_behind(TOKEN)


def trainer(room):
    link = TrainerLinkFactory(trainer=room.trainer, expires_on=LAST)
    TrainerLink.objects.filter(pk=link.pk).update(token_hash=fingerprint(TOKEN))
    return trainer_behind(TOKEN)


def survey(room):
    invitation = InvitationFactory(campaign__session=room.session, enrolment=room.karim, expires_on=LAST)
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=fingerprint(TOKEN))
    return door(TOKEN)


@pytest.mark.parametrize("kind", [personal, document, trainer, survey])
@pytest.mark.parametrize(("zone", "state"), [(PARIS, LinkState.OPEN), (TAHITI, LinkState.OPEN), (REUNION, LinkState.EXPIRED)])
def test_a_link_works_until_the_end_of_its_last_day_there(room, monkeypatch, kind, zone, state):
    moved(room, zone)
    monkeypatch.setattr(timezone, "now", lambda: EVE)
    found = kind(room)
    assert (found.state, timezone.get_current_timezone_name()) == (state, zone)


def test_a_late_signature_is_refused_by_the_hour_of_its_organisation(room, clock):
    """Half past six in the evening in Saint-Denis is half past three in Paris."""
    moved(room, REUNION)
    clock.now = datetime(2026, 11, 20, 15, 30, tzinfo=ZoneInfo(PARIS))
    EnrolmentLinkFactory(enrolment=room.karim, token=TOKEN, expires_on=DAY)
    sent = {"half_day": str(room.afternoon.pk), "once": str(uuid.uuid4()), "drawing": DRAWING, "kind": "present", "reason": ""}
    refused = Client().post(f"/e/{TOKEN}/", sent)
    assert (refused.status_code, refused.context["late"], Mark.objects.count()) == (422, True, 0)

"""The engine reads an organisation on its own day: on the eve of the new rules in Paris, they are in force in Saint-Denis."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from evidence.packs import verbs as packs
from evidence.packs.verbs import ask_for_pack, build_pack
from evidence.readiness.queries import board, indicator
from qualiopi.organisations.models import Organisation
from qualiopi.organisations.verbs import update_card
from tests import cast
from tests.factories import BatchFactory, EnrolmentFactory, HalfDayFactory, SessionFactory
from tests.harness.worlds import shared
from trainings.documents.verbs import run_batch, series
from trainings.facts.models import FactMark, KeptFacts
from trainings.sessions.models import SessionState

pytestmark = pytest.mark.django_db
PARIS, REUNION, TAHITI = "Europe/Paris", "Indian/Reunion", "Pacific/Tahiti"
EVE = datetime(2026, 10, 31, 22, 30, tzinfo=UTC)

people = shared(cast.gather)


@pytest.fixture(autouse=True)
def _eve(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: EVE)


def moved(organisation, zone):
    update_card(organisation=organisation, card={"time_zone": zone}, actor=None)
    return organisation


def a_session(organisation, day):
    """A session of one day with one person."""
    session = SessionFactory(
        organisation=organisation, reference=f"S-{day:%m%d}", starts_on=day, ends_on=day, state=SessionState.DONE
    )
    EnrolmentFactory(session=session)
    HalfDayFactory(session=session)
    return session


@pytest.mark.parametrize(
    ("moment", "zone", "day", "grid"),
    [
        ("2026-10-31T22:30Z", PARIS, date(2026, 10, 31), "2019"),
        ("2026-10-31T22:30Z", REUNION, date(2026, 11, 1), "2026"),
        ("2026-10-31T22:30Z", TAHITI, date(2026, 10, 31), "2019"),
        ("2026-10-31T19:59Z", REUNION, date(2026, 10, 31), "2019"),
        ("2026-10-31T20:00Z", REUNION, date(2026, 11, 1), "2026"),
        ("2026-10-31T23:00Z", PARIS, date(2026, 11, 1), "2026"),
        ("2026-11-01T09:59Z", TAHITI, date(2026, 10, 31), "2019"),
        ("2026-11-01T10:00Z", TAHITI, date(2026, 11, 1), "2026"),
    ],
)
def test_the_day_of_reading_and_the_grid(people, monkeypatch, moment, zone, day, grid):
    monkeypatch.setattr(timezone, "now", lambda: datetime.fromisoformat(moment))
    found = board(organisation=moved(people.organisation, zone))
    assert (found.observed_on, found.audit_date, found.grid.id) == (day, day, grid)
    assert timezone.get_current_timezone_name() == PARIS


@pytest.mark.parametrize(("zone", "begun"), [(PARIS, ["S-1031"]), (REUNION, ["S-1031", "S-1101"]), (TAHITI, ["S-1031"])])
def test_which_sessions_have_begun(people, zone, begun):
    """One session on the last day of the old rules, one on the first day of the new ones."""
    moved(people.organisation, zone)
    for day in (date(2026, 10, 31), date(2026, 11, 1)):
        a_session(people.organisation, day)
    found = board(organisation=people.organisation)
    assert sorted(session.reference for session in found.facts.sessions if session.first_day <= found.observed_on) == begun


def test_another_zone_reads_every_session_again(people):
    a_session(people.organisation, date(2026, 10, 30))
    kept = {}
    for zone in (PARIS, REUNION, PARIS):
        moved(people.organisation, zone)
        board(organisation=people.organisation)
        assert not FactMark.objects.filter(organisation=people.organisation).exists()
        kept[zone] = set(KeptFacts.objects.values_list("made_with", flat=True))
        assert [name.split()[2] for name in kept[zone]] == [zone]
    assert kept[PARIS] != kept[REUNION]


def test_what_is_kept_is_compared_in_the_zone_of_each_organisation(people):
    for organisation, zone in ((people.organisation, REUNION), (people.sister, TAHITI)):
        moved(organisation, zone)
        a_session(organisation, date(2026, 10, 30))
        board(organisation=organisation)
    told = StringIO()
    call_command("check_integrity", stdout=told)
    assert told.getvalue() == "0 émargement relu, rien d'altéré.\n"
    assert KeptFacts.objects.count() == 2


def test_the_command_answers_for_the_day_of_the_organisation(people):
    moved(people.organisation, REUNION)
    told = StringIO()
    call_command("readiness", "--organisation", "fil-ouest", "--format", "json", stdout=told)
    assert len(json.loads(told.getvalue())) == 33
    assert timezone.get_current_timezone_name() == PARIS


def test_a_network_shows_each_organisation_on_its_own_day(people):
    moved(people.sister, REUNION)
    page = people.client(people.network_head).get("/reseau/ateliers-du-fil/")
    days = {row.organisation.slug: row.audit_date for row in page.context["rows"]}
    assert days == {"fil-ouest": date(2026, 10, 31), "fil-sud": date(2026, 11, 1)}


def test_one_indicator_is_judged_on_the_same_day_as_the_board(people):
    moved(people.organisation, REUNION)
    assert indicator(organisation=people.organisation, number=33) == board(organisation=people.organisation).status(33)
    moved(people.organisation, PARIS)
    with pytest.raises(KeyError):
        indicator(organisation=people.organisation, number=33)


def test_long_work_is_done_in_the_zone_of_its_organisation(people, monkeypatch):
    moved(people.organisation, REUNION)
    seen = []

    def note(*_row):
        seen.append((timezone.get_current_timezone_name(), timezone.localdate()))

    monkeypatch.setattr(series, "_run", note)
    monkeypatch.setattr(packs, "_build", note)
    session = SessionFactory(organisation=people.organisation)
    run_batch(batch_id=BatchFactory(session=session).pk)
    pack = ask_for_pack(organisation=people.organisation, audit_date=date(2026, 12, 1), actor=None)
    build_pack(pack_id=pack.pk)
    assert (seen, pack.observed_on) == ([(REUNION, date(2026, 11, 1))] * 2, date(2026, 11, 1))
    assert Organisation.objects.get(slug="fil-ouest").time_zone == REUNION

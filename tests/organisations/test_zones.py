"""Days and hours are those of the organisation concerned: the same moment is another day in Saint-Denis and in Papeete."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from qualiopi.exchange.values import parse_date, parse_moment
from qualiopi.journal.verbs import record
from qualiopi.organisations.enums import Role, TimeZone
from qualiopi.organisations.models import Organisation
from qualiopi.organisations.queries import accesses_of
from qualiopi.zones import follow, in_default_zone, on_days_of, today_of
from tests import cast
from tests.factories import MemberFactory, OrganisationFactory
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db
PARIS, REUNION, TAHITI, MARTINIQUE, NOUMEA, MIQUELON = (
    "Europe/Paris",
    "Indian/Reunion",
    "Pacific/Tahiti",
    "America/Martinique",
    "Pacific/Noumea",
    "America/Miquelon",
)
# The eve of the new rules, half an hour before midnight in Paris: half past two in Saint-Denis, half past noon in Papeete.
EVE = datetime(2026, 10, 31, 22, 30, tzinfo=UTC)

people = shared(cast.gather)


@pytest.fixture(autouse=True)
def _eve(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: EVE)
    yield
    in_default_zone()


def moved(organisation, zone):
    Organisation.objects.filter(pk=organisation.pk).update(time_zone=zone)
    organisation.time_zone = zone
    return organisation


@pytest.mark.parametrize("zone", TimeZone.values)
def test_the_machine_knows_every_zone(zone):
    assert ZoneInfo(zone).key == zone


def test_every_zone_has_a_name_of_its_own():
    assert len({str(label) for label in TimeZone.labels}) == len(TimeZone.values) == 14


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        # Half past eleven in the evening, in Paris, then in Saint-Denis, then in Papeete.
        ("2026-10-31T22:30Z", PARIS, date(2026, 10, 31)),
        ("2026-10-31T22:30Z", REUNION, date(2026, 11, 1)),
        ("2026-10-31T22:30Z", TAHITI, date(2026, 10, 31)),
        ("2026-10-31T19:30Z", REUNION, date(2026, 10, 31)),
        ("2026-10-31T20:00Z", REUNION, date(2026, 11, 1)),
        ("2026-11-01T09:30Z", PARIS, date(2026, 11, 1)),
        ("2026-11-01T09:30Z", TAHITI, date(2026, 10, 31)),
        ("2026-11-01T10:00Z", TAHITI, date(2026, 11, 1)),
        # Midnight of the new year, in Paris.
        ("2025-12-31T22:59Z", PARIS, date(2025, 12, 31)),
        ("2025-12-31T23:00Z", PARIS, date(2026, 1, 1)),
        ("2025-12-31T23:00Z", MARTINIQUE, date(2025, 12, 31)),
        ("2026-01-01T04:00Z", MARTINIQUE, date(2026, 1, 1)),
        # A leap day begins and ends.
        ("2028-02-28T21:00Z", REUNION, date(2028, 2, 29)),
        ("2028-02-28T21:00Z", PARIS, date(2028, 2, 28)),
        ("2028-02-29T22:30Z", PARIS, date(2028, 2, 29)),
        ("2028-02-29T22:30Z", NOUMEA, date(2028, 3, 1)),
        # The hour changes in Paris and in Saint-Pierre, on days of their own; not elsewhere.
        ("2026-03-28T22:59Z", PARIS, date(2026, 3, 28)),
        ("2026-03-29T22:00Z", PARIS, date(2026, 3, 30)),
        ("2026-03-08T02:59Z", MIQUELON, date(2026, 3, 7)),
        ("2026-03-09T02:00Z", MIQUELON, date(2026, 3, 9)),
    ],
)
def test_which_day_it_is(moment, zone, day):
    organisation, moment = Organisation(time_zone=zone), datetime.fromisoformat(moment)
    with on_days_of(organisation):
        assert (today_of(organisation, moment), timezone.localdate(moment)) == (day, day)
    assert today_of(organisation, moment) == day


def test_a_page_tells_the_hour_of_its_organisation_and_gives_it_back(people):
    record(verb="profile.updated", actor=None, organisation_id=people.organisation.pk, target=people.organisation)
    browser, address = people.client(people.quality_manager), reverse("organisations:journal", args=["fil-ouest"])
    told = {}
    for zone in (PARIS, REUNION, TAHITI):
        moved(people.organisation, zone)
        page = browser.get(address).content.decode()
        told[zone] = re.findall(r"\b(\d+)\u00a0h\u00a030", page)
        assert timezone.get_current_timezone_name() == PARIS
    assert told == {PARIS: ["23"], REUNION: ["2"], TAHITI: ["12"]}


def test_an_export_keeps_the_hour_until_its_last_line(people):
    record(verb="profile.updated", actor=None, organisation_id=people.organisation.pk, target=people.organisation)
    moved(people.organisation, REUNION)
    answer = people.client(people.quality_manager).get(reverse("organisations:journal", args=["fil-ouest"]) + "?format=csv")
    assert "journal-2026-11-01.csv" in answer["Content-Disposition"]
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(content), delimiter=";")] == ["Date", "01/11/2026 02:30"]
    assert timezone.get_current_timezone_name() == PARIS


@pytest.mark.parametrize(("zone", "enters"), [(PARIS, True), (TAHITI, True), (REUNION, False)])
def test_an_access_ends_with_the_day_of_its_organisation(people, zone, enters):
    elsewhere = OrganisationFactory(slug="fil-ailleurs", time_zone=zone)
    MemberFactory(organisation=elsewhere, user=people.auditor, role=Role.AUDITOR, until=date(2026, 10, 31))
    entered = {access.organisation.slug for access in accesses_of(people.auditor)}
    assert entered == ({"fil-ouest", "fil-ailleurs"} if enters else {"fil-ouest"})
    status = people.client(people.auditor).get("/o/fil-ailleurs/salle/").status_code
    assert status == (200 if enters else 404)


def test_the_card_asks_for_it_and_says_what_follows(people):
    browser, address = people.client(people.quality_manager), reverse("organisations:card", args=["fil-ouest"])
    page = browser.get(address).content.decode()
    assert "Tout la suit : le jour qu’il est, les échéances" in page
    form = browser.get(address).context["form"]
    assert browser.post(address, {**dict.fromkeys(form.fields, ""), "name": "Fil Ouest", "time_zone": REUNION}).status_code == 302
    assert Organisation.objects.get(slug="fil-ouest").time_zone == REUNION
    lines = browser.get(reverse("organisations:settings", args=["fil-ouest"])).content.decode()
    assert "heure locale : La Réunion" in lines
    refused = browser.post(address, {"name": "Fil Ouest", "time_zone": "Europe/Londres"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["time_zone"])


@pytest.mark.parametrize(("options", "zone"), [([], PARIS), (["--time-zone", MARTINIQUE], MARTINIQUE)])
def test_a_command_opens_an_organisation_in_its_zone(capsys, options, zone):
    call_command("create_organisation", "fil-nord", "--name", "Fil Nord", *options)
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["slug"] == "fil-nord"
    assert Organisation.objects.get(slug="fil-nord").time_zone == zone


@pytest.mark.parametrize(
    ("zone", "text", "day"),
    [
        (PARIS, "2026-03-11T23:00:00Z", date(2026, 3, 12)),
        (REUNION, "2026-03-11T20:00:00Z", date(2026, 3, 12)),
        (PARIS, "2026-03-11T20:00:00Z", date(2026, 3, 11)),
        (MARTINIQUE, "2026-03-11T03:59:00Z", date(2026, 3, 10)),
        (MARTINIQUE, "11/03/2026", date(2026, 3, 11)),
    ],
)
def test_a_file_is_read_in_the_zone_of_who_brings_it_in(zone, text, day):
    with on_days_of(Organisation(time_zone=zone)):
        assert parse_date(text) == day
        moment = parse_moment("11/03/2026 17:02")
    assert moment == datetime(2026, 3, 11, 17, 2, tzinfo=ZoneInfo(zone))


def test_what_follows_a_request_follows_one_organisation_after_the_other():
    first, second = Organisation(time_zone=REUNION), Organisation(time_zone=TAHITI)
    seen = []
    for organisation in (first, second):
        follow(organisation)
        seen.append(timezone.localdate() - date(2026, 10, 31))
    assert seen == [timedelta(days=1), timedelta(0)]

"""The menu: wherever one is in an organisation, one entry is lit, that of the place."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.verbs import record, record_reading
from tests import cast
from tests.factories import HalfDayFactory, SessionFactory
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db

people = shared(cast.gather)

LIT = re.compile(r'<a\s+href="[^"]+"\s+aria-current="page"\s*>(?:(?!</a>).)*?<span\s*>([^<]+)</span>', re.S)


@pytest.mark.parametrize(
    ("name", "lit"),
    [
        ("home:index", "Ce qui m’attend"),
        ("agenda:index", "Sessions"),
        ("people:trainers", "Sessions"),
        ("catalogue:list", "Sessions"),
        ("imports:list", "Sessions"),
        ("debts:index", "Ce qui est dû"),
        ("surveys:list", "Enquêtes"),
        ("library:list", "Preuves"),
        ("readiness:board", "Indicateurs"),
        ("matrix:index", "Sessions"),
        ("audits:index", "Audits"),
        ("packs:list", "Audits"),
        ("organisations:settings", "Réglages"),
    ],
)
def test_each_room_lights_one_entry(people, name, lit):
    assert lit_in(people, reverse(name, args=["fil-ouest"])) == [lit]


@pytest.mark.parametrize(
    "name",
    [
        "dossiers:session",
        "attendance:session",
        "learning:before",
        "learning:results",
        "adaptations:session",
        "documents:session",
        "closing:close",
        "dossiers:detail",
    ],
)
def test_each_page_of_a_session_lights_the_sessions(people, name):
    session = HalfDayFactory(session=SessionFactory(organisation=people.organisation)).session
    assert lit_in(people, reverse(name, args=["fil-ouest", session.pk])) == ["Sessions"]


def lit_in(people, address):
    html = people.client(people.quality_manager).get(address).content.decode()
    menu = html[html.index('<ul class="nav-p">') :]
    return LIT.findall(menu[: menu.index("</ul>")])


def home_of(people, user=None):
    return people.client(user or people.quality_manager).get("/o/fil-ouest/")


def count_on(people, name, user=None):
    """What the menu of a page shows: the count, and where the page asks for it."""
    frame = people.client(user or people.quality_manager).get(reverse(name, args=["fil-ouest"])).context["frame"]
    return next((entry.count, entry.count_url) for entry in frame.entries)


@pytest.mark.parametrize("name", ["agenda:index", "library:list", "organisations:settings", "people:companies"])
def test_the_menu_counts_what_the_first_page_holds(people, name):
    assert count_on(people, name) == (None, "/o/fil-ouest/indicateurs/attente/")
    home = home_of(people)
    waiting = len(home.context["things"]) + max(home.context["more"], 0)
    shown = f'<span class="compte">{waiting}</span>'
    assert (waiting > 0, home.content.decode().count(shown)) == (True, 2)
    assert count_on(people, name) == (waiting, "")
    # It is that of the organisation: whoever manages it reads the same.
    assert count_on(people, name, people.training_manager if name != "organisations:settings" else None) == (waiting, "")


def test_a_page_that_does_not_know_the_count_asks_for_it_alone(people):
    client = people.client(people.quality_manager)
    assert client.get("/o/fil-ouest/indicateurs/attente/").url == "/o/fil-ouest/"
    part = client.get("/o/fil-ouest/indicateurs/attente/", headers={"HX-Request": "true"}).content.decode()
    home = home_of(people)
    assert part.strip() == f'<span class="compte">{len(home.context["things"]) + max(home.context["more"], 0)}</span>'
    assert people.client(people.trainer).get("/o/fil-ouest/indicateurs/attente/").status_code == 404


def test_a_change_that_the_journal_tells_makes_it_unknown_and_a_reading_does_not(people):
    client = people.client(people.quality_manager)
    known = count_on_after_home(people)
    record_reading(verb="room.opened", actor=people.auditor, organisation_id=people.organisation.pk)
    record(verb="profile.updated", actor=None, organisation_id=people.sister.pk)
    assert count_on(people, "agenda:index") == known
    client.post("/o/fil-ouest/personnes/entreprises/nouvelle/", {"name": "Filature Inventée"})
    assert count_on(people, "agenda:index") == (None, "/o/fil-ouest/indicateurs/attente/")


def test_another_day_it_is_unknown(people, monkeypatch):
    count_on_after_home(people)
    monkeypatch.setattr(timezone, "localdate", lambda: date(2099, 1, 1))
    assert count_on(people, "agenda:index") == (None, "/o/fil-ouest/indicateurs/attente/")


def test_it_is_kept_a_hundred_times_as_long_as_it_took_and_a_minute_at_least(people, monkeypatch):
    kept = []
    monkeypatch.setattr(cache, "set", lambda key, value, timeout: kept.append((value["took"], timeout)), raising=False)
    for took in (0.05, 0.6, 5.0):
        moments = iter([10.0, 10.0 + took])
        monkeypatch.setattr("qualiopi.organisations.waiting.time.perf_counter", lambda moments=moments: next(moments))
        home_of(people)
    assert [(round(took, 2), round(timeout, 2)) for took, timeout in kept] == [(0.05, 60.0), (0.6, 60.0), (5.0, 500.0)]


def test_where_counting_takes_long_no_page_asks_in_passing(people, monkeypatch):
    moments = iter([10.0, 15.0])
    monkeypatch.setattr("qualiopi.organisations.waiting.time.perf_counter", lambda: next(moments))
    home_of(people)
    record(verb="profile.updated", actor=None, organisation_id=people.organisation.pk)
    assert count_on(people, "agenda:index") == (None, "")


def test_the_count_takes_no_query_of_its_own(people, django_assert_num_queries):
    client = people.client(people.quality_manager)
    for _known in (False, True):
        with django_assert_num_queries(6):
            client.get("/o/fil-ouest/personnes/stagiaires/")
        client.get("/o/fil-ouest/")


def test_nobody_but_who_manages_has_one(people):
    home_of(people)
    assert count_on(people, "agenda:index", people.trainer) == (None, "")


def count_on_after_home(people):
    home_of(people)
    known = count_on(people, "agenda:index")
    assert known[0] is not None
    return known

"""The menu: wherever one is in an organisation, one entry is lit, that of the place."""

import re

import pytest
from django.urls import reverse

from tests import cast
from tests.factories import HalfDayFactory, SessionFactory
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db

people = shared(cast.gather)

LIT = re.compile(r'<a\s+href="[^"]+"\s+aria-current="page"\s*>(?:(?!</a>).)*?<span\s*>([^<]+)</span>', re.S)


@pytest.mark.parametrize(
    ("name", "lit"),
    [
        ("readiness:home", "Ce qui m’attend"),
        ("sessions:list", "Sessions"),
        ("people:trainers", "Sessions"),
        ("catalogue:list", "Sessions"),
        ("imports:list", "Sessions"),
        ("debts:index", "Ce qui est dû"),
        ("surveys:list", "Enquêtes"),
        ("library:list", "Preuves"),
        ("readiness:board", "Indicateurs"),
        ("readiness:matrix", "Indicateurs"),
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
        "sessions:detail",
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

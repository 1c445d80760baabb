"""The search of the auditor's room: sessions, pieces and indicators that the room shows, in the reader's language, noted in the journal."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.models import Entry
from tests import cast
from tests.answers import on_one_line
from tests.factories import DocumentFactory, SessionFactory, TraineeFactory, VersionFactory
from tests.harness.worlds import shared
from trainings.sessions.models import SessionState

pytestmark = pytest.mark.django_db
people = shared(cast.gather)
ROOM = "/o/fil-ouest/salle/"


def find(people, text, *, who="auditor", **more):
    return people.client(getattr(people, who)).get(reverse("audits:find", args=["fil-ouest"]), {"q": text, **more})


def found(page):
    return [(group.title, hit.title, hit.mark) for group in page.context["groups"] for hit in group.hits]


def filed(people, title, **fields):
    document = DocumentFactory(organisation=people.organisation, title=title, **fields)
    VersionFactory(document=document)
    return document


def test_the_room_finds_what_it_shows_and_nothing_else(people):
    own = {"organisation": people.organisation}
    SessionFactory(**own, reference="S-1", course__title="Œuvrer")
    SessionFactory(**own, reference="S-2", course__title="Œuvrer encore", state=SessionState.CANCELLED)
    SessionFactory(**own, course__title="Œuvrer, brouillon", state=SessionState.DRAFT)
    SessionFactory(organisation=people.elsewhere, course__title="Œuvrer ailleurs")
    TraineeFactory(**own, last_name="Œuvrer")
    served = filed(people, "Charte « œuvrer »")
    served.indicator_links.create(indicator=30)
    filed(people, "Autre charte, œuvrer")
    filed(people, "Refusée, œuvrer", review_state="refused", review_comment="Illisible", reviewed_at=timezone.now())
    DocumentFactory(**own, title="Annoncée, œuvrer")
    page = find(people, "oeuvrer")
    assert found(page) == [
        ("Sessions", "Œuvrer", ""),
        ("Sessions", "Œuvrer encore", "annulée"),
        ("Pièces", "Autre charte, œuvrer", ""),
        ("Pièces", "Charte « œuvrer »", ""),
    ]
    links = [hit.url for group in page.context["groups"] for hit in group.hits]
    assert [re.sub(r"[0-9a-f-]{36}", "*", link) for link in links] == [
        f"{ROOM}sessions/*/",
        f"{ROOM}sessions/*/",
        "/o/fil-ouest/preuves/version/*/telecharger/",
        f"{ROOM}indicateur/30/?piece=*#apercu",
    ]
    assert [people.client(people.auditor).get(link).status_code for link in links] == [200] * 4


def test_an_indicator_is_found_and_read_in_the_room(people):
    page = find(people, "indicateur 30")
    (group,) = page.context["groups"]
    assert ([hit.url for hit in group.hits], group.list_url) == ([f"{ROOM}indicateur/30/"], "")


def test_the_language_of_the_reader_follows(people):
    SessionFactory(organisation=people.organisation, reference="S-001", state=SessionState.POSTPONED)
    page = find(people, "S-001", lang="en")
    group = page.context["groups"][0]
    assert "1 answer to “S-001”." in on_one_line(page)
    assert (group.hits[0].mark, group.list_url) == ("postponed", f"{ROOM}sessions/?q=S-001&lang=en")
    assert group.hits[0].url.endswith("/?lang=en")
    assert "Nothing answers to “xyz”." in on_one_line(find(people, "xyz", lang="en"))
    assert "We look among: sessions, documents and indicators." in on_one_line(find(people, "", lang="en"))


def test_what_an_auditor_looks_for_is_noted(people):
    find(people, "")
    assert not Entry.objects.filter(verb="room.searched").exists()
    find(people, "  Évry  ")
    find(people, "Évry", who="quality_manager")
    (noted,) = Entry.objects.filter(verb="room.searched")
    assert (noted.details, noted.actor) == ({"text": "Évry"}, people.auditor)


@pytest.mark.parametrize("who", ["trainer", "training_manager", "stranger"])
def test_who_may_not_read_the_room_learns_nothing(people, who):
    SessionFactory(organisation=people.organisation, course__title="Œuvrer")
    page = find(people, "oeuvrer", who=who)
    assert page.status_code == 404
    assert "Œuvrer" not in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_questions(people, count, django_assert_num_queries):
    for _number in range(count):
        SessionFactory(organisation=people.organisation, course__title=f"Œuvrer {_number}", trainers=[people.trainer_record])
        filed(people, "Œuvrer").indicator_links.create(indicator=30)
    client = people.client(people.auditor)
    client.get(ROOM)  # what sessions tell is kept from here on
    with django_assert_num_queries(24):
        page = client.get(reverse("audits:find", args=["fil-ouest"]), {"q": "oeuvrer"})
    assert len(found(page)) == 2 * count


def test_every_page_of_the_room_has_the_field(people):
    assert people.client(people.auditor).get(ROOM).content.decode().count(f'action="{ROOM}chercher/"') == 1

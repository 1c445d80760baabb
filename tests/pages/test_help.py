"""Each page of the working house and of the auditor's room tells what it is for, in two sentences at most."""

from __future__ import annotations

import re

import pytest

from qualiopi.organisations.enums import Capability
from qualiopi.web.help import CHARACTERS, SENTENCES, help_of, texts
from tests.harness.worlds import shared
from tests.pages.world import build, whole
from tests.policy.test_matrix import standing_client
from tests.policy.world import addresses

pytestmark = pytest.mark.django_db

# Pages of somebody who works here that tell nothing, and why.
WITHOUT = {
    "attendance:display": "it is projected: the room reads it",
    "attendance:pass_round": "it is handed to trainees",
    "attendance:sign_for": "it is handed to trainees",
}
# Pages that no role of the furnished organisation opens: they want a file half imported, a superuser, a state of their own, a hole that
# a piece may cover, an indicator that may be set aside, a title.
NOT_VISITED = {
    "open",
    "imports:check",
    "imports:columns",
    "imports:detail",
    "imports:sheet",
    "sessions:state",
    "readiness:cover",
    "readiness:put_aside",
    "people:record_covers",
}

house = shared(build)


def sentences(text):
    return re.findall(r"[^.!?…]+[.!?…](?=\s|$)", text)


@pytest.mark.parametrize("name", sorted(texts()))
def test_two_short_sentences_for_an_address_that_exists(name):
    assert name in {address.name for address in addresses()}
    for language, text in texts()[name].items():
        assert 1 <= len(sentences(text)) <= SENTENCES, (language, text)
        assert "".join(sentences(text)) == text
        assert len(text) <= CHARACTERS
        assert [wrong for wrong in ("  ", "'") if wrong in text] == []


def test_the_auditor_reads_it_in_both_languages_and_the_house_in_french():
    spoken = {name: set(told) for name, told in texts().items()}
    room = {address.name for address in addresses() if address.policy and address.policy.capabilities == (Capability.AUDIT_ROOM,)}
    both = room | {"my_account"}
    assert {name for name, languages in spoken.items() if languages == {"fr", "en"}} == both
    assert {frozenset(languages) for name, languages in spoken.items() if name not in both} == {frozenset({"fr"})}
    assert help_of("agenda:index", "en").language == "fr"
    assert help_of("audits:room", "en").text.startswith("Read what the organisation shows")
    assert help_of("survey:start", "fr") is None


def visited(house):
    """The name and the page of every whole page that the head of the network, a trainer or the auditor is shown with the frame of the
    house, or without it inside an organisation."""
    for role in ("network_head", "trainer", "auditor"):
        client = standing_client(house.person(role))
        inside = set(house.of_role(role))
        for name, path in [*inside, *house.around()]:
            response = client.get(path)
            page = whole(response) if response.status_code == 200 else None
            if page and ((name, path) in inside or '<div class="cadre' in page):
                yield name, page


def test_every_page_tells_what_it_is_for_or_says_why_not(house):
    told, silent = set(), set()
    for name, page in visited(house):
        (told if '<details class="aide">' in page else silent).add(name)
    assert silent == set(WITHOUT)
    assert sorted(set(texts()) - told) == sorted(NOT_VISITED)


def test_it_is_folded_and_speaks_the_language_of_the_room(house):
    client = standing_client(house.person("auditor"))
    page = client.get("/o/fil-ouest/salle/?lang=en").content.decode()
    assert "What is this page for?" in page
    assert f'<p lang="en">{texts()["audits:room"]["en"]}</p>' in page
    assert '<details class="aide" open' not in page

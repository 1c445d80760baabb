"""One list of pieces: every page, the report and the pack name under an indicator those linked to it and those that the engine counts in
it, no more, no less, as many, in the same words."""

import io
import re
import zipfile
from collections import Counter
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from evidence.indicators.views import PIECES
from evidence.library.models import Document, Version
from evidence.packs.queries import pieces_counted, pieces_of
from evidence.packs.report import SHOWN, report_html
from evidence.packs.verbs import ask_for_pack, build_pack, plan_of
from evidence.readiness.queries import board
from tests.contract.world import build
from tests.engine.builders import plain
from tests.harness.printing import StandIn
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db
world = shared(build)
read = shared(lambda world: board(organisation=world.organisation), on=world)


def told(linked, counted):
    """How many, in words."""
    said = [f"{linked} reliée{'s' if linked > 1 else ''}"] if linked or not counted else []
    if counted == 1:
        said.append("1 qui compte par ce dont elle parle")
    elif counted:
        said.append(f"{counted} qui comptent par ce dont elles parlent")
    return ", ".join(said)


@pytest.fixture
def expected(world, read):
    """Indicator -> the titles of its pieces, and how many are linked and how many count, from the rows and what the engine counted."""
    there = Version.objects.filter(Q(effective_on=None) | Q(effective_on__lte=read.audit_date), document=OuterRef("pk"))
    ours = Document.objects.for_organisation(world.organisation).filter(Exists(there), withdrawn_at=None)
    ours = ours.exclude(review_state="refused")
    found = {}
    for status in read.statuses:
        counted = {piece for each in status.expectations if not each.expectation.sensitive for piece in each.document_ids}
        linked = {str(pk) for pk in ours.filter(indicator_links__indicator=status.number).values_list("pk", flat=True)}
        titles = ours.filter(pk__in=linked | counted).values_list("title", flat=True)
        found[status.number] = (Counter(titles), told(len(linked), len(counted - linked)))
    return found


def titles_of(shelves):
    return Counter(piece.title for _shelf, pieces in shelves for piece in pieces)


def by_pages(client, address, parameter, shelves_of):
    """The titles of each page of a list, and the context of the first."""
    first, page, found = None, 1, Counter()
    while True:
        context = client.get(address, {parameter: page}).context
        first = first or context
        found += titles_of(context["shelves"])
        if not shelves_of(context).has_next():
            return found, first
        page += 1


def test_there_are_pieces_of_every_kind(expected, read):
    shelves = {shelf for status in read.statuses for shelf, _ids in status.pieces}
    assert shelves == {"linked", "sessions", "courses", "trainers"}
    assert expected[26][1] == "55 reliées"
    assert expected[10][1] == "1 reliée, 1 qui compte par ce dont elle parle"


def test_the_pages_of_the_indicators(world, expected):
    """As many pieces as all of them when they are few; the list that the link leads to holds exactly these."""
    client, linked = world.people.client(world.people.quality_manager), 0
    for number, (titles, words) in expected.items():
        shown = client.get(reverse("indicators:page", args=["fil-ouest", number])).context
        assert shown["pieces_told"] == words, number
        all_of_them, listed = by_pages(
            client, reverse("readiness:pieces", args=["fil-ouest", number]), "page", lambda context: context["page"]
        )
        assert (all_of_them, listed["pieces_told"], listed["page"].paginator.count) == (titles, words, titles.total())
        if titles.total() <= PIECES:
            assert (titles_of(shown["shelves"]), shown["all_pieces"]) == (titles, "")
        else:
            assert titles_of(shown["shelves"]) <= titles
            assert (titles_of(shown["shelves"]).total(), shown["all_pieces"]) == (PIECES, f"Voir les {titles.total()} pièces")
            linked += 1
    assert linked > 0


def test_what_counts_nowhere_is_told_apart(world, read):
    client = world.people.client(world.people.quality_manager)
    shown = client.get(reverse("indicators:page", args=["fil-ouest", 26])).context
    assert shown["refused"] == "1 autre y est reliée et ne compte pas : refusée à la relecture."
    address = urlsplit(shown["refused_url"])
    held = client.get(address.path, parse_qs(address.query)).context["page"].object_list
    assert [document.title for document in held] == ["Refusée"]
    assert client.get(reverse("indicators:page", args=["fil-ouest", 25])).context["refused"] == ""


def test_the_pieces_to_be_read_alone(world, read, expected):
    """The button that asks to read them leads to those of the indicator that nobody read, by whatever they count."""
    client = world.people.client(world.people.quality_manager)
    Document.objects.filter(title="Feuille scannée").update(review_state="not_reviewed", reviewed_at=None, reviewed_by=None)
    found = client.get(reverse("readiness:pieces", args=["fil-ouest", 10]), {"etat": "a-relire"}).context
    assert titles_of(found["shelves"]) == {"Feuille scannée": 1}
    assert client.get(reverse("readiness:pieces", args=["fil-ouest", 1]), {"etat": "a-relire"}).context["shelves"] == []


def test_the_auditors_room(world, read, expected):
    reader = world.people.client(world.people.auditor)
    for number, (titles, words) in expected.items():
        found, shown = by_pages(
            reader, reverse("audits:indicator", args=["fil-ouest", number]), "pieces", lambda context: context["pieces_page"]
        )
        assert (found, shown["pieces_told"]) == (titles, words), number
    # The plan counts those that are linked.
    lines = [line for section in shown["plan"] for line in section.lines]
    linked = {status.number: sum(len(ids) for shelf, ids in status.pieces if shelf == "linked") for status in read.statuses}
    assert {line.indicator.number: line.pieces for line in lines} == linked


def test_the_report(read, expected):
    """The first pieces of each, how many others, how many in all."""
    for pieces in (pieces_of(read), pieces_counted(read, shown=SHOWN)):
        text = report_html(read=read, pieces=pieces, find=StandIn().find)
        parts = re.split(r'<section class="partie"[^>]*>', text)
        for status in read.statuses:
            titles, words = expected[status.number]
            part = next((one for one in parts if f">{status.number}. " in one.partition("</h1>")[0]), None)
            if part is None or not titles:
                continue
            table = part.partition('class="pieces-pdf"')[2].partition("</table>")[0]
            shown = re.findall(r'<th scope="row">(.*?)</th>', table)
            assert len(shown) == min(SHOWN, titles.total()), status.number
            assert words in plain(part)
            more = titles.total() - SHOWN
            assert (f"Et {more} autres pièces" in plain(part)) is (more > 1)


def test_the_pack(world, read, expected):
    pack = ask_for_pack(organisation=world.organisation, audit_date=read.audit_date, actor=world.people.quality_manager)
    plan = plan_of(build_pack(pack_id=pack.pk))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(plan.stream())))
    [name] = [name for name in archive.namelist() if name.endswith("data/index.html")]
    index, held = archive.read(name).decode(), {unquote(each).partition("/data/")[2] for each in archive.namelist()}
    for number, (titles, words) in expected.items():
        part = index.partition(f"<h3>{number}. ")[2].partition("<h3>")[0].partition('<details class="laisse">')[0]
        links = re.findall(r'<a href="([^"]+)">(.*?), version 1</a>', part)
        assert Counter(plain(title) for _path, title in links) == Counter(map(plain, titles.elements())), number
        assert {unquote(path) for path, _title in links} <= held
        assert (words in plain(part)) is bool(titles)

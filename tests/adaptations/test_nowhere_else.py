"""What somebody said of an adaptation is read in its room alone: every page, list, file and message is opened and searched."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import pypdfium2
import pytest
from django.core import mail
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from evidence.packs.verbs import ask_for_pack, build_pack, plan_of
from qualiopi.journal.models import Entry
from qualiopi.journal.words import sentence
from tests import cast
from tests.factories import CertifierAuditFactory, EnrolmentFactory, MeasureFactory
from tests.harness.worlds import shared
from tests.policy.world import addresses, furnish
from trainings.adaptations.models import AdaptationRequest, Wish
from trainings.adaptations.verbs import add_measure, decide, record_answer
from trainings.learning.verbs import send_links
from trainings.sessions.models import SessionState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("each_pdf_once")]
NEED, DECISION, MEASURE = "Besoinsecret", "Décisionsecrète", "Mesuresecrète"
# What to do is shown to whoever leads the session, beside the needs and the positioning; the room shows everything.
ROOM = "adaptations"
SHOWS_MEASURES = "learning:before"
LISTS = ("people:trainees", "people:trainers", "agenda:index", "surveys:list", "library:list")


people = shared(cast.gather)


def furnished(people):
    """One object of each kind, and a person whose need, decision and measure are told nowhere but in the room."""
    found = furnish(people.organisation, "Visible", trainer=people.trainer_record)
    request = AdaptationRequest.objects.get(pk=found["adaptation"])
    request.need, request.decision, request.decided_on = NEED, DECISION, date(2026, 9, 15)
    request.save()
    request.measures.update(text=MEASURE)
    CertifierAuditFactory(organisation=people.organisation)
    return found


sample = shared(furnished, on=people)


def told(content: bytes) -> Iterator[str]:
    """The words of a page, of a PDF, of a table or of everything in an archive."""
    if content.startswith(b"%PDF"):
        with suppress(pypdfium2.PdfiumError):  # some samples only look like one
            yield from (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from told(archive.read(name))
    else:
        yield content.decode(errors="replace")


def secrets_in(content: bytes) -> set[str]:
    """Which of the words kept apart are told here."""
    whole = " ".join(told(content))
    return {secret for secret in (NEED, DECISION, MEASURE) if secret in whole}


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_search_of_this_test_finds_what_is_told(people, sample):
    page = people.client(people.quality_manager).get(reverse("adaptations:session", args=["fil-ouest", sample["session"]]))
    assert secrets_in(content_of(page)) == {NEED, DECISION, MEASURE}


@pytest.mark.parametrize("who", ["quality_manager", "trainer", "auditor"])
def test_no_other_page_nor_file_tells_it(people, sample, who):
    client, leaks, opened = people.client(getattr(people, who)), {}, 0
    for address in addresses():
        if address.name.split(":")[0] == ROOM:
            continue
        try:
            url = address.url(sample)
        except (KeyError, NoReverseMatch):
            continue
        answer = client.get(url)
        opened += answer.status_code == 200
        found = secrets_in(content_of(answer)) - ({MEASURE} if address.name == SHOWS_MEASURES else set())
        if found:
            leaks[address.name] = found
    assert leaks == {}
    assert opened > {"quality_manager": 80, "trainer": 20, "auditor": 15}[who]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("extra", ["format=csv", "format=xlsx", f"q={NEED}"])
def test_no_list_exports_it_nor_finds_by_it(people, sample, name, extra):
    client = people.client(people.quality_manager)
    content = content_of(client.get(f"{reverse(name, args=['fil-ouest'])}?{extra}"))
    if extra.startswith("q="):
        assert [row for row in re.findall(r"<tbody>(.*?)</tbody>", "".join(told(content)), re.DOTALL) if "Visible" in row] == []
    else:
        assert secrets_in(content) == set()


def test_no_pack_holds_it(people, sample):
    pack = ask_for_pack(organisation=people.organisation, audit_date=date(2027, 3, 18), actor=people.quality_manager)
    content = b"".join(plan_of(build_pack(pack_id=pack.pk)).stream())
    assert secrets_in(content) == set()
    assert "Visible" in " ".join(told(content))


def test_the_journal_and_the_messages_say_that_something_happened_and_never_what(people, django_capture_on_commit_callbacks):
    enrolment = EnrolmentFactory(
        session__organisation=people.organisation,
        session__reference="S26-041",
        session__state=SessionState.PLANNED,
        session__starts_on=date(2099, 9, 7),
        session__ends_on=date(2099, 9, 8),
        trainee__last_name="Discrète",
    )
    today = timezone.localdate()
    request = record_answer(enrolment=enrolment, wish=Wish.YES, need=NEED, answered_on=today, actor=None)
    decide(request=request, decision=DECISION, decided_on=today, actor=people.quality_manager)
    add_measure(request=request, kind="pace", text=MEASURE, planned_on=today, actor=people.quality_manager)
    with django_capture_on_commit_callbacks(execute=True):
        send_links(session=enrolment.session, site="https://temoin.example", actor=people.quality_manager, now=timezone.now())
    lines = [
        f"{sentence(entry)} {entry.object_label} {entry.details}"
        for entry in Entry.objects.filter(verb__startswith="adaptation.")
    ]
    assert len(lines) == 3
    assert [line for line in lines if any(word in line for word in (NEED, DECISION, MEASURE, "Discrète"))] == []
    assert len(mail.outbox) == 1
    assert secrets_in(mail.outbox[0].message().as_bytes()) == set()
    assert [word for word in (NEED, DECISION, MEASURE) if word in mail.outbox[0].body] == []


def test_each_opening_of_the_room_is_noted_once(people):
    request = MeasureFactory(request__enrolment__session__organisation=people.organisation).request
    client = people.client(people.quality_manager)
    session = request.enrolment.session_id
    for number in (1, 2):
        client.get(reverse("adaptations:session", args=["fil-ouest", session]))
        assert Entry.objects.filter(verb="adaptation.read").count() == number

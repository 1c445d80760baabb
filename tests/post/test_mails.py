"""Every kind of message, through a real mail server and read again as a mail reader does: head, both parts, what a person reads."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from qualiopi.post.outbox import Departure
from qualiopi.post.rounds import send_one
from tests.post.kinds import MESSAGES, SITE, known_kinds
from tests.post.reading import Reading, address_lines, plain_words
from trainings.people.verbs import renew_link, trainer_link


def parts(read):
    plain, laid_out = read.iter_parts()
    return plain, laid_out


def test_every_kind_of_message_is_tried_here(everyone):
    assert {type(make(everyone)) for make in MESSAGES.values()} == known_kinds()


@pytest.mark.parametrize("kind", MESSAGES)
def test_a_message_of_each_kind_is_received_and_read(kind, everyone, postbox):
    message = MESSAGES[kind](everyone)
    began = timezone.now().replace(microsecond=0)
    # It is tried once in vain: what leaves then is the same message.
    assert message.claim(timezone.now())
    tried = message.letter().message_id
    message.give_back(Departure.UNREACHABLE)
    assert send_one(message) is Departure.LEFT
    (octets,), (read,) = postbox, postbox.read
    assert read["Message-ID"] == tried
    its_head_says_from_whom_it_is_and_that_no_machine_should_answer(message, read)
    assert began <= read["Date"].datetime <= timezone.now()
    both_its_parts_are_seven_bit_lines_that_every_server_takes(octets, read)
    a_person_reads_the_same_in_both_its_parts(read)
    its_page_asks_for_nothing_and_tells_its_language(message, read)


def its_head_says_from_whom_it_is_and_that_no_machine_should_answer(message, read):
    sender = message.sender
    (author,), (reader,) = read["From"].addresses, read["To"].addresses
    assert (author.display_name, author.addr_spec) == (sender.name if sender else "Témoin", "ne-pas-repondre@temoin.example")
    assert reader.addr_spec == message.to
    assert (read["Reply-To"] or "") == message.reply_to
    assert re.fullmatch(r"<[0-9a-f]{32}@temoin\.example>", read["Message-ID"])
    assert read["Auto-Submitted"] == "auto-generated"
    assert len(read["Subject"].strip()) > 5
    assert set(read.keys()) - {"List-Unsubscribe", "List-Unsubscribe-Post"} == {
        "Auto-Submitted",
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "Reply-To",
        "Subject",
        "To",
    } - (set() if message.reply_to else {"Reply-To"})


def both_its_parts_are_seven_bit_lines_that_every_server_takes(octets, read):
    assert octets.isascii()
    assert max(map(len, octets.split(b"\r\n"))) <= 998
    assert b"\n" not in octets.replace(b"\r\n", b"")
    assert read.get_content_type() == "multipart/alternative"
    assert [(each.get_content_type(), each.get_content_charset(), each["Content-Transfer-Encoding"]) for each in parts(read)] == [
        ("text/plain", "utf-8", "quoted-printable"),
        ("text/html", "utf-8", "quoted-printable"),
    ]


def a_person_reads_the_same_in_both_its_parts(read):
    plain, laid_out = (each.get_content() for each in parts(read))
    page = Reading(laid_out)
    # An address stands on a line of its own in plain text, behind its words in the other.
    words, links = plain_words(plain), address_lines(plain)
    assert words == page.words
    assert links == [each for each in page.links if each.removeprefix("mailto:") not in words]
    assert links
    assert all(each.startswith((SITE, "mailto:")) for each in links)


def its_page_asks_for_nothing_and_tells_its_language(message, read):
    page = parts(read)[1].get_content()
    reading = Reading(page)
    assert reading.asked == []
    assert not re.search(r"<(img|script|link|iframe|form|svg|video)\b|https?://(?!temoin\.example/)", page)
    assert reading.languages[:2] == [message.language] * 2
    # What is told in English besides stands apart, in its language.
    in_english = "In English:" in page or bool(message.way_out)
    assert in_english == ("en" in reading.languages and message.language == "fr")


def renewed(world):
    link = trainer_link(trainer=world.trainer, actor=None)
    link.sent_at = timezone.now()
    link.save()
    renew_link(trainer=world.trainer, actor=None)


@pytest.mark.parametrize(
    ("kind", "meanwhile"),
    [
        ("password", lambda w: None),
        ("survey reminder", lambda w: None),
        ("link to sign", lambda w: None),
        ("document", lambda w: None),
        ("trainer's file", renewed),
    ],
)
def test_another_message_to_the_same_person_is_another_one(kind, meanwhile, everyone, postbox):
    assert send_one(MESSAGES[kind](everyone)) is Departure.LEFT
    meanwhile(everyone)
    assert send_one(MESSAGES[kind](everyone)) is Departure.LEFT
    first, second = postbox.read
    assert (first["To"] == second["To"], first["Message-ID"] == second["Message-ID"]) == (True, False)


def test_a_message_is_dated_by_the_clock_of_the_product(everyone, postbox, monkeypatch):
    long_ago = datetime(2026, 3, 28, 23, 30, 7, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: long_ago)
    assert send_one(MESSAGES["password"](everyone)) is Departure.LEFT
    (read,) = postbox.read
    assert (read["Date"], read["Date"].datetime) == ("Sun, 29 Mar 2026 00:30:07 +0100", long_ago)

"""Through a real mail server: what leaves, what is refused, what happens when it hangs up or does not answer."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr
from smtplib import SMTPServerDisconnected

import pytest

from qualiopi.post.outbox import Departure, Letter, Outbox
from qualiopi.post.writing import Written

LEFT, REFUSED, UNREACHABLE = Departure.LEFT, Departure.REFUSED, Departure.UNREACHABLE


def letter(to, *, subject="Bonjour", **told):
    written = Written(subject=subject, text="Bien à vous\n", html="<p>Bien à vous</p>")
    return Letter(written=written, to=to, key="essai", **told)


def sent(*addresses):
    with Outbox() as outbox:
        return [outbox.send(letter(each)) for each in addresses]


def test_many_messages_leave_over_one_connection(postbox):
    assert sent("un@exemple.fr", "deux@exemple.fr") == [LEFT, LEFT]
    assert (len(postbox), postbox.connections) == (2, 1)


def test_a_refused_address_stops_nobody_else(postbox):
    assert sent("refuse@exemple.fr", "deux@exemple.fr") == [REFUSED, LEFT]
    assert len(postbox) == 1


def test_a_connection_that_is_lost_is_taken_again(postbox):
    assert sent("coupe@exemple.fr", "deux@exemple.fr") == [REFUSED, LEFT]
    assert (len(postbox), postbox.connections) == (1, 2)


def test_a_server_that_does_not_answer_is_asked_once(dead_postbox, caplog):
    assert sent("un@exemple.fr", "deux@exemple.fr", "trois@exemple.fr") == [UNREACHABLE] * 3
    assert [record.message for record in caplog.records] == ["Le serveur de messagerie ne répond pas."]


def test_a_subject_on_two_lines_is_refused_and_the_next_one_leaves(postbox):
    with Outbox() as outbox:
        assert outbox.send(letter("un@exemple.fr", subject="Bonjour\nBcc: autre@exemple.fr")) is REFUSED
        assert outbox.send(letter("un@exemple.fr")) is LEFT


def test_a_server_that_takes_the_connection_and_says_nothing_is_asked_once(silent_postbox, caplog):
    assert sent("un@exemple.fr", "deux@exemple.fr") == [UNREACHABLE] * 2
    assert [record.message for record in caplog.records] == ["Le serveur de messagerie ne répond pas."]


def test_a_server_that_goes_silent_in_a_message_is_not_waited_for_again(postbox, settings):
    settings.EMAIL_TIMEOUT = 1
    assert sent("un@exemple.fr", "muet@exemple.fr", "deux@exemple.fr") == [LEFT, UNREACHABLE, UNREACHABLE]
    assert (len(postbox), postbox.connections) == (1, 1)


def test_a_server_that_says_goodbye_badly_takes_nothing_back(monkeypatch):
    def close(_connection):
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.close", close)
    assert sent("un@exemple.fr") == [LEFT]


@pytest.mark.parametrize(
    "name",
    [
        "Ateliers du Fil Ouest",
        "Dupont, Durand & Cie",
        'Éts « Le Fil », dit "l’Ouest" ; SARL',
        "L’Été",
        "Formation.com",
        "Centre (annexe) de Brest",
        "bonjour@exemple.fr",
        "Œuvre \\ atelier",
    ],
)
def test_the_name_of_an_organisation_is_read_as_it_is_written(name, postbox):
    with Outbox() as outbox:
        assert outbox.send(letter("un@exemple.fr", sender=name)) is LEFT
    (author,) = postbox.read[0]["From"].addresses
    assert (author.display_name, author.addr_spec) == (name, "ne-pas-repondre@temoin.example")


@pytest.mark.parametrize(
    "name",
    [
        "Fédération des organismes de formation, et d’apprentissage, du Finistère, du Morbihan et des Côtes-d’Armor (Bretagne)",
        "Association of trainers, coaches and assessors of the western counties of this country, and of its northern islands",
    ],
)
def test_a_long_name_is_folded_and_read_whole(name, postbox):
    """By the rule itself (RFC 2047): the strict parser of Python keeps the blanks between two encoded words of a name."""
    with Outbox() as outbox:
        assert outbox.send(letter("un@exemple.fr", sender=name)) is LEFT
    told = message_from_bytes(postbox[0])["From"].replace("\r\n", "")
    shown, address = parseaddr(told)
    assert (str(make_header(decode_header(shown))), address) == (name, "ne-pas-repondre@temoin.example")
    assert max(map(len, postbox[0].split(b"\r\n"))) <= 998


def test_a_name_on_two_lines_adds_no_line_to_the_head(postbox):
    with Outbox() as outbox:
        assert outbox.send(letter("un@exemple.fr", sender="Fil\r\nBcc: autre@exemple.fr\x00")) is LEFT
    (author,) = postbox.read[0]["From"].addresses
    assert (author.display_name, postbox.read[0]["Bcc"]) == ("Fil Bcc: autre@exemple.fr", None)

"""Through a real mail server: what leaves, what is refused, what happens when it hangs up or does not answer."""

from smtplib import SMTPServerDisconnected

from qualiopi.post.outbox import Departure, Letter, Outbox

LEFT, REFUSED, UNREACHABLE = Departure.LEFT, Departure.REFUSED, Departure.UNREACHABLE


def sent(*addresses):
    with Outbox() as outbox:
        return [outbox.send(Letter(subject="Bonjour", body="Bien à vous", to=each)) for each in addresses]


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
        torn = Letter(subject="Bonjour\nBcc: autre@exemple.fr", body="", to="un@exemple.fr")
        assert outbox.send(torn) is REFUSED
        assert outbox.send(Letter(subject="Bonjour", body="", to="un@exemple.fr")) is LEFT


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

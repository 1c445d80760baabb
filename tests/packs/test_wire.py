"""A pack whose pieces the system sends itself: the same bytes at the same places, and only where the server lets us."""

import socket
import ssl

import pytest
from django.test import RequestFactory

from evidence.packs.plan import AlteredPiece
from qualiopi.files.sending import wire_to
from tests.harness.waiting import PATIENCE
from tests.packs.test_seals import piece, plan_for  # noqa: F401 (a fixture)


@pytest.fixture
def ends():
    """Both ends of a connection: the server's, and that of who asks."""
    server, client = socket.socketpair()
    with server, client:
        yield server, client


def asking(connection, protocol="HTTP/1.1"):
    return RequestFactory().get("/", **{"gunicorn.socket": connection, "SERVER_PROTOCOL": protocol})


def received(ends, plan, **asked):
    """What comes to who asked, when the server sends each piece before it asks for the next one; and what went through us."""
    server, client = ends
    through_us = 0
    server.sendall(b"head|")
    for given in plan.stream(wire=wire_to(asking(server)), **asked):
        server.sendall(given)
        through_us += len(given)
    server.shutdown(socket.SHUT_WR)
    return b"".join(iter(lambda: client.recv(65536), b"")), through_us


@pytest.mark.parametrize("asked", [{}, {"start": 45, "end": 50}, {"start": 3}, {"end": 60}])
def test_the_bytes_are_those_of_the_archive(ends, piece, asked):  # noqa: F811
    plan = plan_for(piece).sealed()
    whole = b"".join(plan.stream(**asked))
    assert received(ends, plan, **asked)[0] == b"head|" + whole


def test_a_piece_that_nothing_touched_does_not_come_through_us(ends, piece):  # noqa: F811
    plan = plan_for(piece).sealed()
    everything, through_us = received(ends, plan)
    assert through_us == plan.archive().size - sum(line.size for line in plan.lines)
    assert len(everything) == len(b"head|") + plan.archive().size


def test_a_piece_without_a_seal_is_read_and_checked_as_ever(ends, piece):  # noqa: F811
    plan = plan_for(piece)
    assert received(ends, plan) == (b"head|" + b"".join(plan.stream()), plan.archive().size)


def test_a_file_shorter_than_it_was_stops_the_archive(ends, piece, monkeypatch):  # noqa: F811
    monkeypatch.setattr("os.sendfile", lambda *_: 0)
    with pytest.raises(AlteredPiece):
        received(ends, plan_for(piece).sealed())


def test_only_a_plain_connection_in_http_1_is_used(ends):
    server, _client = ends
    assert wire_to(asking(server)) is not None
    assert wire_to(RequestFactory().get("/")) is None
    assert wire_to(asking(server, protocol="HTTP/2")) is None
    assert wire_to(asking(ssl.SSLSocket.__new__(ssl.SSLSocket))) is None
    server.settimeout(PATIENCE)
    assert wire_to(asking(server)) is None

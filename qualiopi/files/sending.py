"""Stretches of a file sent by the system itself, as a server does with a static file: its bytes do not come through us (ADR 117)."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Iterator
from contextlib import suppress

from django.http import HttpRequest


class Wire:
    """The connection of who asks, lent by the server for a body of known length.

    What the body yielded before must have left: a server of WSGI sends each piece before it asks for the next one (PEP 3333).
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._number = connection.fileno()

    def send(self, file: int, first: int, count: int) -> int:
        """Send `count` bytes of an open file from `first` on; return how many of them it still had."""
        left = count
        while left and (sent := os.sendfile(self._number, file, first + count - left, left)):
            left -= sent
        return count - left

    def filled(self, body: Iterable[bytes]) -> Iterator[bytes]:
        """The same body; what leaves meanwhile, its short pieces and ours, fills whole packets."""
        yield b""  # the head of the answer leaves, before anything that is sent without the server
        self._hold(True)
        try:
            yield from body
        finally:
            self._hold(False)

    def _hold(self, held: bool) -> None:
        if hasattr(socket, "TCP_CORK"):
            with suppress(OSError):  # nobody at the other end, or not TCP: nothing is held then
                self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, held)


def wire_to(request: HttpRequest) -> Wire | None:
    """The wire to who asked; None where the server does not lend its connection, or encrypts what goes through it."""
    connection = request.META.get("gunicorn.socket")
    # Exactly this class: what encrypts is a class of its own. Framed otherwise than HTTP/1, bytes of ours would break the frames.
    if type(connection) is not socket.socket or request.META.get("SERVER_PROTOCOL") not in ("HTTP/1.0", "HTTP/1.1"):
        return None
    return Wire(connection) if connection.gettimeout() is None else None

"""A real mail server on the loopback, for what has to be seen leaving."""

import socket
import socketserver
import threading
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import strict

import pytest


class _Talk(socketserver.StreamRequestHandler):
    """One connection: as much of SMTP as a client needs. Whoever is called « refuse » is not known here; « coupe » hangs up;
    « muet » gets no answer for as long as the client waits."""

    def answer(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.server.received.connections += 1
        self.answer("220 boite.example")
        while line := self.rfile.readline().decode().strip():
            word = line.upper()
            if word.startswith("RCPT") and "refuse" in line:
                self.answer("550 inconnu")
            elif word.startswith("RCPT") and "coupe" in line:
                return
            elif word.startswith("RCPT") and "muet" in line:
                self.rfile.readline()
                return
            elif word == "DATA":
                self.answer("354 continuez")
                self.server.received.append(self._message())
                self.answer("250 gardé")
            elif word == "QUIT":
                self.answer("221 au revoir")
                return
            else:
                self.answer("250 oui")

    def _message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)


class _Received(list[bytes]):
    """Each message as it came, octet for octet."""

    connections = 0

    @property
    def read(self) -> list[EmailMessage]:
        """The same read by a parser that takes no fault."""
        return [message_from_bytes(octets, policy=strict) for octets in self]  # type: ignore[misc]


@pytest.fixture
def postbox(settings):
    """What a mail server received, and over how many `connections`."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads = True
        server.received = _Received()
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server.received
        server.shutdown()


@pytest.fixture
def dead_postbox(settings):
    """A mail server that does not answer: nothing listens on a port that is reserved."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


@pytest.fixture
def no_postbox(settings):
    """No mail server is set: messages are written on the terminal."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"


@pytest.fixture
def silent_postbox(settings):
    """A mail server that takes the connection and says nothing: whoever writes to it stops waiting after a moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        yield

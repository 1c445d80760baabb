"""No network but the loopback, no file left behind, no date cut out of a moment without saying so."""

import socket
from datetime import datetime
from ipaddress import ip_address
from typing import Any

import pytest
from django.core.cache import caches
from django.db.models import DateField


class NetworkRefusedError(Exception):
    """A test tried to leave this machine."""


class SilentDateCastError(Exception):
    """A moment was given where a date is stored: its date depends on the time zone, so say which."""


def is_loopback(host: Any) -> bool:
    """Whether a host name or an address stays on this machine."""
    if host in (None, "", b"", "localhost", "testserver"):
        return True
    try:
        return ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def _network_is_closed():
    """Refuse names and addresses other than the loopback; sockets in files stay open (PostgreSQL, the browser)."""
    patch = pytest.MonkeyPatch()
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def closed_connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address[0]):
            raise NetworkRefusedError(f"Connexion à {address[0]} refusée pendant les tests.")
        return connect(self, address)

    def closed_resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not is_loopback(host):
            raise NetworkRefusedError(f"Recherche de {host} refusée pendant les tests.")
        return resolve(host, *args, **kwargs)

    patch.setattr(socket.socket, "connect", closed_connect)
    patch.setattr(socket, "getaddrinfo", closed_resolve)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _dates_are_not_cut_silently():
    """A date column refuses a moment, in a value as in a filter."""
    patch = pytest.MonkeyPatch()
    original = DateField.to_python

    def to_python(self: Any, value: Any) -> Any:
        if isinstance(value, datetime):
            raise SilentDateCastError(f"{self.name} attend une date et reçoit {value!r}.")
        return original(self, value)

    patch.setattr(DateField, "to_python", to_python)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _nothing_is_left_behind(settings, tmp_path):
    """Files go to the test's own folder; nothing remembered by one test is known to the next."""
    settings.MEDIA_ROOT = tmp_path / "files"
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()

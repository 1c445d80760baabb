"""The application server, as `make run` starts it, on a port of the loopback that nobody uses; and a browser without a window."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

PIECE = 1 << 20
# If we die, the server must not outlive us for long.
LONGEST = 900


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, its worker processes, and the one that starts them."""

    port: int
    workers: tuple[int, ...]
    master: int


@dataclass(frozen=True, slots=True)
class Answer:
    """How one request went, in seconds and bytes."""

    status: int
    size: int
    first_byte: float
    total: float


def free_port() -> int:
    """A port of the loopback that nobody uses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def children_of(pid: int) -> list[int]:
    """Processes that this one started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


@contextmanager
def server(*, workers: int = 1, log: IO[bytes] | None = None, longest: int = LONGEST) -> Iterator[Server]:
    """Start it, wait until it answers, stop it by its own process, after `longest` seconds at most; `log` takes what it says."""
    port = free_port()
    command = [
        "timeout",
        str(longest),
        sys.executable,
        "-m",
        "gunicorn",
        "qualiopi.wsgi:application",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    options = ["--workers", str(workers), "--threads", "8", "--timeout", "120", "--graceful-timeout", "10"]
    process = subprocess.Popen([*command, *options, "--no-control-socket", "--log-level", "warning"], env=os.environ, stderr=log)
    try:
        master = _wait_for(lambda: children_of(process.pid))[0]
        found = _wait_for(lambda: pids if len(pids := children_of(master)) == workers else [])
        _wait_for(lambda: _listens(port))
        yield Server(port, tuple(found), master)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(look: Any) -> Any:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.05)
    raise TimeoutError("Le serveur ne répond pas.")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def fetch(port: int, path: str, *, cookie: str = "") -> Answer:
    """Ask for a page or a file and read it whole, keeping nothing."""
    start = time.perf_counter()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=300)) as connection:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        response = connection.getresponse()
        buffer = bytearray(PIECE)
        size = response.readinto(memoryview(buffer)[:1])
        first_byte = time.perf_counter() - start
        while read := response.readinto(buffer):
            size += read
        return Answer(response.status, size, first_byte, time.perf_counter() - start)


def signed_in(user: Any) -> str:
    """The cookie of somebody who signed in, for the server that shares our database."""
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return f"sessionid={client.cookies['sessionid'].value}"

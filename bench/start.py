"""Starting from nothing: the tables of an empty database, and the memory of one worker that has served pages."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.measure import memory_of, report

PAGES = ["/compte/connexion/", "/referentiel/"]
ROUNDS = 25


def free_port() -> int:
    """A port of the loopback that nobody uses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def server() -> Iterator[tuple[int, int]]:
    """The application server with one worker; give (port, pid of the worker)."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "qualiopi.wsgi:application", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    process = subprocess.Popen([*command, "--timeout", "600", "--log-level", "warning"])
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        status(port, PAGES[0])
        children = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=True).stdout.split()
        yield port, int(children[0])
    finally:
        process.terminate()
        process.wait(timeout=30)


def status(port: int, path: str) -> int:
    """Fetch a page whole; return its status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


def main() -> None:
    """Print the time of migrate and the memory of a worker."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], check=True, env=os.environ)
    report("migrate sur une base vide", time.perf_counter() - start, 10, "s")
    with server() as (port, worker):
        served = {page: {status(port, page) for _ in range(ROUNDS)} for page in PAGES}
        report("mémoire d'un processus serveur après ses pages", memory_of(worker), 150, "Mo", f"statuts {served}")


if __name__ == "__main__":
    main()

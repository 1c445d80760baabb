"""Keep the processes of the site running until one is asked to stop: `make run` ends here.

Each process has a group of its own. One that ends is started again, with a line that says so, sooner when it had run for long. On
Ctrl-C each is asked once to finish, then killed with its group. When the process that started us (`--parent`) is gone, killed or not,
everything stops; were we killed, each would end by itself (watched.py).
"""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

WATCHED = str(Path(__file__).with_name("watched.py"))
LOOK = 0.25
# What is asked to finish has that long: the web server gives its answers ten seconds. Nobody is left to wait when our parent is gone.
TO_FINISH, ORPHANED = 12.0, 2.0
# One that ends at once is tried less and less often; one that has run for a minute had its chance.
FIRST_WAIT, LONGEST_WAIT, SETTLED = 1.0, 30.0, 60.0


@dataclass
class Program:
    """One process of the site: what it is called in both languages, what runs it (after `python`), what it needs to be told."""

    name: str
    name_en: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    wait: float = FIRST_WAIT

    def start(self) -> None:
        """Start it, in a group of its own: Ctrl-C reaches us alone."""
        self.process = subprocess.Popen(
            [sys.executable, WATCHED, str(os.getpid()), *self.command],
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started = time.monotonic()

    def ended(self) -> int | None:
        """How it ended, None while it runs. What it left behind in its group goes with it."""
        if self.process is None or os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            return None
        # Before its number is given back, so that it is still nobody else's.
        self.signal(signal.SIGKILL)
        code = self.process.wait()
        self.process = None
        return code

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the whole group, if anything of it is left."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def keep_running(self) -> None:
        """Start it when it is due; say so when it ended, and when it will be started again."""
        now = time.monotonic()
        code = self.ended()
        if code is not None:
            if now - self.started >= SETTLED:
                self.wait = FIRST_WAIT
            self.due = now + self.wait
            say(
                f"{self.name} : arrêt inattendu ({how(code)}), nouveau départ dans {self.wait:g} s."
                f" / {self.name_en}: it stopped ({how(code)}), it starts again in {self.wait:g} s."
            )
            self.wait = min(2 * self.wait, LONGEST_WAIT)
        if self.process is None and now >= self.due:
            self.start()


def how(code: int) -> str:
    """How a process ended, as `Popen` tells it: « code 1 », « signal 9 »."""
    return f"signal {-code}" if code < 0 else f"code {code}"


def say(sentence: str) -> None:
    """Tell whoever looks at the terminal."""
    print(f"» {sentence}", flush=True)


def stop(programs: Sequence[Program], grace: float) -> None:
    """Ask each process to finish, and kill what still runs after `grace` seconds."""
    for program in programs:
        if program.process is not None:
            program.process.terminate()
    last = time.monotonic() + grace
    while any(program.process is not None and program.ended() is None for program in programs) and time.monotonic() < last:
        time.sleep(LOOK / 5)
    for program in programs:
        program.signal(signal.SIGKILL)
        if program.process is not None:
            program.process.wait()


def supervise(programs: Sequence[Program], *, parent: int | None) -> None:
    """Keep all of them running until a signal asks us to stop, or until `parent` is no longer our parent."""
    asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_received: asked.set())
    orphaned = False
    while not asked.is_set() and not orphaned:
        for program in programs:
            program.keep_running()
        asked.wait(LOOK)
        orphaned = parent is not None and os.getppid() != parent
    stop(programs, ORPHANED if orphaned else TO_FINISH)


def programs_of_the_site(host: str, port: int) -> list[Program]:
    """The web server, the background work, and what leaves at its hour with links to this server."""
    # The application is loaded once, then shared by the processes that serve it.
    gunicorn = ["-m", "gunicorn", "qualiopi.wsgi:application", "--bind", f"{host}:{port}", "--preload", "--workers", "2"]
    gunicorn += [
        "--threads",
        "8",
        "--timeout",
        "120",
        "--graceful-timeout",
        "10",
        "--no-control-socket",
        "--log-level",
        "warning",
    ]
    site = {"SITE_URL": os.environ.get("SITE_URL") or f"http://{host}:{port}"}
    return [
        Program("Serveur web", "Web server", gunicorn),
        Program("Travail de fond", "Background work", ["manage.py", "db_worker", "--verbosity", "0"], site),
        Program("Envois à leur date", "Sendings", ["manage.py", "send_due", "--every", "5", "--verbosity", "0"], site),
    ]


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description="Sert le produit et fait son travail de fond.")
    reader.add_argument("--host", required=True)
    reader.add_argument("--port", required=True, type=int)
    reader.add_argument("--parent", type=int, help="le processus avec lequel tout s'arrête")
    told = reader.parse_args()
    supervise(programs_of_the_site(told.host, told.port), parent=told.parent)

"""Readers that end badly whatever the file holds: they run in a child, and tests alone name them."""

import os
import signal
import subprocess
import threading
from datetime import date, datetime, timedelta
from datetime import time as hour
from itertools import count
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext

VALUES = ["été", 3, 1.5, True, None, date(2026, 2, 3), datetime(2026, 2, 3, 9, 30), hour(9, 30), timedelta(hours=35, seconds=1)]  # noqa: DTZ001


def repeats(path, **arguments):
    """What it was given."""
    yield {"size": path.stat().st_size, "content": path.read_text(encoding="utf-8"), "arguments": arguments}


def tells_values(_path, **_arguments):
    """One value of each kind, then many."""
    yield VALUES
    yield from ([number] * 10 for number in range(1_000))


def tells_ground(_path, **_arguments):
    """What a child can see and may do."""
    # Tests of several processes read at the same time: each child tries a file of its own.
    tried = Path(f"/tmp/temoin-child-{os.getpid()}")  # noqa: S108
    try:
        tried.write_bytes(b"x")
        written = True
    except OSError:
        written = False
    tried.unlink(missing_ok=True)
    yield {
        "environment": sorted(os.environ),
        "secrets": [name for name in ("SECRET_KEY", "DATABASES", "EMAIL_HOST") if settings.is_overridden(name)],
        "descriptors": sorted(int(name) for name in os.listdir("/proc/self/fd"))[:5],
        "written": written,
    }


def starts_others(_path, **_arguments):
    """What it could start: a process, another program, in each way that Python knows; then a thread."""
    ways = {
        "fork": os.fork,
        "spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        "run": lambda: subprocess.run(["/bin/true"], check=False),
        "exec": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606
    }
    started = []
    for name, way in ways.items():
        try:
            if way() == 0:
                os._exit(0)
        except OSError:
            continue
        started.append(name)
    told: list[str] = []
    try:
        thread = threading.Thread(target=told.append, args=("thread",))
        thread.start()
        thread.join()
    except RuntimeError:
        pass
    yield started + told


def tells_language(_path, **_arguments):
    """One sentence of ours."""
    yield gettext("Formation")


def eats_memory(_path, **_arguments):
    """More memory than any child is given."""
    yield len(bytearray(64 * 1024**3))


def aborts(_path, **_arguments):
    """As a parser written in Rust does when it gets no memory."""
    os.abort()
    yield


def works_for_ever(_path, **_arguments):
    """Takes all the processor it can get."""
    for _number in count():
        pass
    yield


def sleeps(_path, **_arguments):
    """Says who it is, then nothing."""
    yield os.getpid()
    signal.pause()


def breaks(_path, **_arguments):
    """As a parser written in C does on a pointer to nowhere."""
    os.kill(os.getpid(), signal.SIGSEGV)
    yield


def talks_too_much(_path, **_arguments):
    """Says more than anybody asked for."""
    for _number in count():
        yield {"kind": "x" * 10_000_000}


def fails(_path, **_arguments):
    """Raises what nobody expects."""
    raise LookupError("rien de prévu")
    yield


def panics(_path, **_arguments):
    """As the reader of workbooks does: its panics are no exceptions."""
    raise BaseException("panique")
    yield


def leaves(_path, **_arguments):
    """Goes away as if all were said."""
    yield "bonjour"
    os._exit(0)


def lies(_path, **_arguments):
    """Says what is neither a table nor what a file is."""
    yield {"kind": "application/x-inconnu", "table": {"headings": 3}}

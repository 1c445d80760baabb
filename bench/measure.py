"""What the benchmarks share: a clock, a memory gauge, a query counter and one way to print a result."""

import gc
import os
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ.get("BENCH_FOLDER", "var/bench"))
_exceeded: list[str] = []


def prepare() -> None:
    """Start Django and create the tables of an empty database."""
    import logging

    import django
    from django.core.management import call_command

    django.setup()
    # A page that refuses on purpose is no news here.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    call_command("migrate", verbosity=0)


def report(what: str, value: float, aim: float, unit: str = "", detail: str = "") -> None:
    """Print a measure beside the most it may be, and whether it is; `exit_status` remembers the worst."""
    verdict = "tenu" if value <= aim else "DÉPASSÉ"
    if value > aim:
        _exceeded.append(what)
    print(f"{what:<58} {value:>10.2f} {unit:<3} (au plus {aim:g}) {verdict} {detail}".rstrip(), flush=True)


def note(what: str, value: float, unit: str = "", detail: str = "") -> None:
    """Print a measure that has no bound of its own."""
    print(f"{what:<58} {value:>10.2f} {unit:<3} {detail}".rstrip(), flush=True)


def exit_status() -> int:
    """1 when a bound was exceeded in this process, else 0."""
    return 1 if _exceeded else 0


def on_sqlite() -> bool:
    """Whether the database is a file of ours rather than a server."""
    from django.db import connection

    return connection.vendor == "sqlite"


def clock() -> float:
    """Seconds of this process and of those it started, so that the rest of the machine does not count; of the wall when the database
    is a server."""
    return time.process_time() + _processor_of_children() if on_sqlite() else time.perf_counter()


def _processor_of_children() -> float:
    """Of those that ended, and of those that live with what they started: the server that reads files is one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    ticks = 0
    for listed in Path("/proc/self/task").glob("*/children"):
        for child in listed.read_text(encoding="ascii").split():
            # utime, stime, cutime, cstime: proc(5). The name, in brackets, may hold anything.
            ticks += sum(map(int, Path(f"/proc/{child}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:15]))
    return used.ru_utime + used.ru_stime + ticks / os.sysconf("SC_CLK_TCK")


def timed(action: Callable[[], Any]) -> float:
    """Seconds one run takes, after what earlier ones left behind is cleared away."""
    gc.collect()
    start = clock()
    action()
    return clock() - start


def timed_command(command: list[str], **settings: str) -> float:
    """Seconds of processor a command takes with these settings, its start included; of the wall when the database is a server."""
    wall, used = time.perf_counter(), _processor_of_children()
    subprocess.run(command, check=True, env=os.environ | settings)
    return _processor_of_children() - used if on_sqlite() else time.perf_counter() - wall


def compare(action: Callable[[], Any], bare: Callable[[], Any], *, times: int) -> tuple[float, float]:
    """Seconds of both, taken in turn so that they meet the same weather: the best of each, the least disturbed one."""
    pairs = [(timed(action), timed(bare)) for _ in range(times)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


@contextmanager
def queries() -> Iterator[list[tuple[str, Any, float]]]:
    """Collect (statement, parameters, seconds) of every query made inside."""
    from django.db import connection

    seen: list[tuple[str, Any, float]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seen.append((sql, params, time.perf_counter() - start))

    with connection.execute_wrapper(note):
        yield seen


def bare_sql(statements: list[tuple[str, Any, float]]) -> None:
    """Run these statements and fetch every row, with nothing of the ORM around."""
    from django.db import connection

    with connection.cursor() as cursor:
        for sql, params, _ in statements:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()


def memory_of(pid: int) -> float:
    """Resident memory of a process, in MB (2**20 bytes)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def peak_memory() -> float:
    """The most this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def memory_growth(*pids: int) -> Iterator[Callable[[], float]]:
    """Watch processes meanwhile; the function given tells by how many MB the one that grew most did grow."""
    start = {pid: memory_of(pid) for pid in pids}
    highest = dict(start)
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.02):
            for pid in pids:
                highest[pid] = max(highest[pid], memory_of(pid))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield lambda: max(highest[pid] - start[pid] for pid in pids)
    finally:
        over.set()
        thread.join()

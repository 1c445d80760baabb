"""What the benchmarks share: a clock, a memory gauge, a query counter and one way to print a result."""

import os
import resource
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ.get("BENCH_FOLDER", "var/bench"))


def prepare() -> None:
    """Start Django and create the tables of an empty database."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def report(what: str, value: float, aim: float, unit: str = "", detail: str = "") -> None:
    """Print a measure beside the most it should be, and whether it is."""
    verdict = "tenu" if value <= aim else "DÉPASSÉ"
    print(f"{what:<58} {value:>10.2f} {unit:<3} (au plus {aim:g}) {verdict} {detail}".rstrip(), flush=True)


def seconds(action: Callable[[], Any], times: int = 5) -> float:
    """The best of several runs, in seconds: the least disturbed one."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


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
def memory_growth(pid: int) -> Iterator[Callable[[], float]]:
    """Watch a process meanwhile; the function given tells by how many MB it grew at most."""
    start = memory_of(pid)
    highest = [start]
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.02):
            highest[0] = max(highest[0], memory_of(pid))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield lambda: highest[0] - start
    finally:
        over.set()
        thread.join()

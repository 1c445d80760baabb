"""A child reads a file: what comes back, how it is told that it died, and that nothing of it stays."""

import io
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from qualiopi.sandbox import Cause, Died, Limits, client, limits_for, run
from tests.harness.waiting import until
from tests.sandbox.readers import VALUES

MEGABYTE = 1024 * 1024
LIMITS = Limits(memory=256 * MEGABYTE, processor=20, clock=600, output=MEGABYTE)
SHORT = Limits(memory=256 * MEGABYTE, processor=1, clock=600, output=MEGABYTE)
IMPATIENT = Limits(memory=256 * MEGABYTE, processor=20, clock=0.3, output=MEGABYTE)


def ask(reader: str, *, limits: Limits = LIMITS, content: bytes = b"bonjour", **arguments):
    return run(f"tests.sandbox.readers:{reader}", io.BytesIO(content), arguments=arguments, limits=limits)


def alive(pid: int) -> bool:
    """Whether this process still runs: a dead one that nobody waited for counts as ended."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except FileNotFoundError:
        return False


def test_a_child_gets_the_file_and_the_arguments():
    assert list(ask("repeats", content="été".encode(), name="a.csv", of=["x"])) == [
        {"size": 5, "content": "été", "arguments": {"name": "a.csv", "of": ["x"]}}
    ]


def test_a_file_of_the_disk_is_given_as_it_is(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("bonjour", encoding="utf-8")
    with path.open("rb") as file:
        file.read(3)
        (told,) = run("tests.sandbox.readers:repeats", file, arguments={}, limits=LIMITS)
        assert (told["content"], file.read()) == ("bonjour", b"jour")


def test_values_keep_their_kinds_and_their_order():
    first, *others = ask("tells_values")
    assert [(type(value), value) for value in first] == [(type(value), value) for value in VALUES]
    assert others == [[number] * 10 for number in range(1_000)]


def test_a_child_knows_no_secret_writes_nothing_and_inherits_nothing():
    (ground,) = ask("tells_ground")
    told = {
        "PATH",
        "LANG",
        "LANGUAGE",
        "LC_CTYPE",
        "LD_LIBRARY_PATH",
        "PYTHONPATH",
        "PYTHONHOME",
        "PYTHONDONTWRITEBYTECODE",
        "TZ",
    }
    assert set(ground["environment"]) <= told
    # The last descriptor is the folder being listed.
    assert (ground["secrets"], ground["descriptors"], ground["written"]) == ([], [0, 1, 2, 3, 4], False)


def test_a_child_starts_no_process_and_threads_only_when_it_may():
    (started,) = ask("starts_others", limits=replace(LIMITS, threads=True))
    assert started == ["thread"]
    (started,) = ask("starts_others")
    # The number of processes does not bound root: a thread is all that it may start then.
    assert set(started) <= ({"thread"} if os.geteuid() == 0 else set())


@pytest.mark.parametrize(("language", "word"), [("fr", "Formation"), ("en", "Course")])
def test_sentences_come_in_the_language_of_who_asks(language, word):
    with translation.override(language):
        assert list(ask("tells_language")) == [word]


@pytest.mark.parametrize(
    ("reader", "limits", "cause"),
    [
        ("eats_memory", LIMITS, Cause.MEMORY),
        ("aborts", LIMITS, Cause.MEMORY),
        ("works_for_ever", SHORT, Cause.TIME),
        ("sleeps", IMPATIENT, Cause.TIME),
        ("talks_too_much", LIMITS, Cause.OUTPUT),
        ("breaks", LIMITS, Cause.CRASH),
        ("fails", LIMITS, Cause.CRASH),
        ("panics", LIMITS, Cause.CRASH),
        ("leaves", LIMITS, Cause.CRASH),
    ],
)
def test_its_death_is_told(reader, limits, cause):
    with pytest.raises(Died) as died:
        list(ask(reader, limits=limits))
    assert died.value.cause is cause
    assert [message["size"] for message in ask("repeats")] == [7]


def test_what_a_child_failed_of_is_in_the_log_alone(caplog):
    with pytest.raises(Died), caplog.at_level("WARNING", logger="temoin.sandbox"):
        list(ask("fails"))
    (line,) = [record.getMessage() for record in caplog.records if record.name == "temoin.sandbox"]
    assert "tests.sandbox.readers:fails" in line
    assert "LookupError: rien de prévu (child.py" in line


def test_a_child_killed_from_elsewhere_is_told_too():
    messages = ask("sleeps")
    os.kill(next(messages), signal.SIGKILL)
    with pytest.raises(Died) as died:
        next(messages)
    assert died.value.cause is Cause.MEMORY


def test_who_stops_listening_ends_the_child():
    messages = ask("sleeps")
    pid = next(messages)
    assert alive(pid)
    messages.close()
    until(lambda: not alive(pid), "the child still runs")


def test_deaths_leave_no_descriptor_open():
    list(ask("repeats"))
    before = len(os.listdir("/proc/self/fd"))
    for reader in ("fails", "breaks", "talks_too_much") * 3:
        with pytest.raises(Died):
            list(ask(reader))
    assert len(os.listdir("/proc/self/fd")) == before


def test_so_many_at_once_and_no_more(monkeypatch):
    monkeypatch.setattr(client._the_server(), "turns", threading.BoundedSemaphore(1))
    held = ask("sleeps")
    next(held)
    with pytest.raises(Died) as died:
        list(ask("repeats", limits=IMPATIENT))
    assert died.value.cause is Cause.BUSY
    held.close()
    assert len(list(ask("repeats"))) == 1


def test_threads_hear_their_own_file():
    heard = {}

    def listen(number: int) -> None:
        heard[number] = [message["content"] for message in ask("repeats", content=str(number).encode())]

    threads = [threading.Thread(target=listen, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == {number: [str(number)] for number in range(8)}


def test_a_server_that_ended_is_started_again():
    list(ask("repeats"))
    ended = client._the_server().process
    ended.kill()
    until(lambda: not alive(ended.pid), "the server still runs")
    assert len(list(ask("repeats"))) == 1
    assert client._the_server().process.pid != ended.pid


def test_a_forked_process_has_a_server_of_its_own():
    list(ask("repeats"))
    ours = client._the_server().process.pid
    told, tell = os.pipe()
    forked = os.fork()
    if forked == 0:
        try:
            list(ask("repeats"))
            os.write(tell, str(client._the_server().process.pid).encode())
            client._the_server().stop()
        finally:
            os._exit(0)
    os.close(tell)
    os.waitpid(forked, 0)
    theirs = int(os.read(told, 100))
    os.close(told)
    assert theirs != ours
    assert (len(list(ask("repeats"))), client._the_server().process.pid) == (1, ours)


PROGRAM = """
import django, io, os, sys
django.setup()
from qualiopi.sandbox import Limits, client, run
limits = Limits(memory=1 << 28, processor=20, clock=600, output=1 << 20)
messages = run("tests.sandbox.readers:sleeps", io.BytesIO(b""), arguments={}, limits=limits)
print(next(messages), client._the_server().process.pid, flush=True)
next(messages)
"""


def test_nothing_outlives_a_process_that_is_killed():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "qualiopi.settings.test"}
    command = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE) as process:
        child, server = map(int, process.stdout.readline().split())
        assert (alive(child), alive(server)) == (True, True)
        process.kill()
    until(lambda: not alive(child) and not alive(server), "the child or its server still runs")


@pytest.mark.parametrize(("size", "seconds"), [(100, 3), (10 * MEGABYTE, 23), (500 * MEGABYTE, 30)])
def test_a_small_file_gets_little_time(size, seconds):
    limits = limits_for(size, output=100)
    assert (limits.processor, limits.clock, limits.memory, limits.output) == (seconds, 120, 768 * MEGABYTE, 100)

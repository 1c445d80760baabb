"""`make run` keeps its processes running, and leaves none behind, whoever is killed."""

import os
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.harness.waiting import until
from tests.standing.processes import descendants, runs, said_by

# A process of the site in small: it refuses to end when asked, starts one by fork and another by exec, and keeps a note of all three.
STUBBORN = """
import os, signal, subprocess, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
started = subprocess.Popen([sys.executable, "-c", "import signal; signal.signal(15, signal.SIG_IGN); signal.pause()"])
forked = os.fork()
if forked:
    with open(sys.argv[1], "a") as notes:
        print(os.getpid(), started.pid, forked, file=notes, flush=True)
signal.pause()
"""
KEEP = """
import sys
from scripts import supervise as kept
parent = int(sys.argv[3]) if len(sys.argv) > 3 else None
# What refuses to end is not waited for as long as a web server.
kept.TO_FINISH = 1.0
kept.supervise([kept.Program("Essai", "Trial", [sys.argv[1], sys.argv[2]])], parent=parent)
"""
# As scripts/run.sh does.
SCRIPT = '#!/usr/bin/env bash\nexec {command} ${{MAKELEVEL:+"$PPID"}}\n'


class Site:
    """Something that keeps processes running, what it says, and every process that was seen under it."""

    def __init__(self, command: list[str], folder: Path, **environment: str) -> None:
        self.said = folder / "said"
        self.notes = folder / "notes"
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env={**os.environ, "PYTHONPATH": str(settings.BASE_DIR), **environment},
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def lines(self) -> str:
        return self.said.read_text(encoding="utf-8")

    def noted(self, times: int) -> list[int]:
        """The processes of the trial at its latest start, once it was started that many times."""
        lines = until(lambda: self.written() if len(self.written()) >= times else [], f"départ n° {times}")
        return [int(pid) for pid in lines[times - 1].split()]

    def written(self) -> list[str]:
        return self.notes.read_text(encoding="ascii").splitlines() if self.notes.exists() else []

    def end(self) -> None:
        """Whatever a test that failed left behind."""
        for pid in [*descendants(self.process.pid), *(int(pid) for line in self.written() for pid in line.split())]:
            if runs(pid):
                os.kill(pid, signal.SIGKILL)
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


@pytest.fixture
def trial(tmp_path) -> Iterator[list[str]]:
    """The command that keeps the stubborn process running."""
    (tmp_path / "stubborn.py").write_text(STUBBORN)
    (tmp_path / "keep.py").write_text(KEEP)
    return [sys.executable, str(tmp_path / "keep.py"), str(tmp_path / "stubborn.py"), str(tmp_path / "notes")]


@pytest.fixture
def kept(trial, tmp_path) -> Iterator[Site]:
    site = Site(trial, tmp_path)
    yield site
    site.end()


def wait_until_gone(pids: list[int]) -> None:
    until(lambda: not any(runs(pid) for pid in pids), "plus aucun processus")


def test_a_process_that_ends_is_started_again_with_a_line(kept):
    first = kept.noted(1)
    os.kill(first[0], signal.SIGKILL)
    second = kept.noted(2)
    assert "» Essai : arrêt inattendu (signal 9), nouveau départ dans 1 s. / Trial: it stopped (signal 9)" in kept.lines()
    wait_until_gone(first)
    assert [runs(pid) for pid in second] == [True, True, True]


def test_asked_to_stop_it_leaves_nothing_behind(kept, tmp_path):
    pids = kept.noted(1)
    kept.process.terminate()
    until(lambda: kept.process.poll() is not None, "la fin de ce qui surveille")
    assert (kept.process.returncode, [pid for pid in pids if runs(pid)]) == (0, [])


def test_killed_it_leaves_nothing_behind(kept):
    pids = kept.noted(1)
    kept.process.kill()
    kept.process.wait()
    wait_until_gone(pids)
    assert [pid for pid in pids if runs(pid)] == []


def test_killed_make_leaves_nothing_behind(trial, tmp_path):
    script = tmp_path / "run.sh"
    script.write_text(SCRIPT.format(command=shlex.join(trial)))
    script.chmod(0o700)
    (tmp_path / "Makefile").write_text(f"run:\n\t@{script}\n")
    site = Site(["make", "--file", str(tmp_path / "Makefile"), "run"], tmp_path)
    try:
        # A second start: were the script mistaken about its parent, it would have stopped at the first.
        os.kill(site.noted(1)[0], signal.SIGKILL)
        pids = [*site.noted(2), *descendants(site.process.pid)]
        site.process.kill()
        site.process.wait()
        wait_until_gone(pids)
        assert [pid for pid in pids if runs(pid)] == []
    finally:
        site.end()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_the_site_itself_comes_back_piece_by_piece_and_goes_as_a_whole(tmp_path):
    """The real three, on a database without a table: what they would do is not the subject, that they stay is."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = Site(
        [sys.executable, "scripts/supervise.py", "--host", "127.0.0.1", "--port", str(port)],
        tmp_path,
        DJANGO_SETTINGS_MODULE="qualiopi.settings.development",
        DATABASE_URL=f"sqlite:///{tmp_path}/base.sqlite3",
    )

    def found(piece: str, but: int = 0) -> int:
        """One process of a piece of the site, other than `but`."""
        children = [pid for pid in descendants(site.process.pid) if piece in said_by(pid) and pid != but]
        return children[0] if children else 0

    try:
        until(lambda: answers(port), "la première réponse")
        pieces = ("gunicorn", "db_worker", "send_due")
        first = {piece: until(lambda piece=piece: found(piece), piece) for piece in pieces}
        # The web server has its own two processes under it.
        until(lambda: len(descendants(first["gunicorn"])) == 2, "les processus du serveur web")
        seen = descendants(site.process.pid)
        for piece in pieces:
            os.kill(first[piece], signal.SIGKILL)
        for piece in pieces:
            until(lambda piece=piece: found(piece, but=first[piece]), f"le retour de {piece}")
        until(lambda: answers(port), "le retour des réponses")
        for name in ("Serveur web", "Travail de fond", "Envois à leur date"):
            assert f"» {name} : arrêt inattendu (signal 9), nouveau départ dans 1 s." in site.lines()
        seen += descendants(site.process.pid)
        site.process.kill()
        site.process.wait()
        wait_until_gone(seen)
        assert not answers(port)
    finally:
        site.end()

"""Writing PDF files: tagged (PDF/UA-1), with our fonts inside, and without looking anywhere else while rendering.

Each is written by a process that ends with it (`pdf_writer`): what WeasyPrint loads and keeps, a hundred megabytes, is never ours.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import IO, cast

from django.conf import settings

from qualiopi.web.pdf_pipe import ANSWERED, ASKED, FIND, OUTSIDE, PDF, PLACES, WRITE

logger = logging.getLogger("temoin.pdf")
# Style sheets for paper alone: running heads and numbers of pages, which no browser knows, so that none is ever given them.
PAGED = Path(__file__).parent / "paged"
# What waits in memory beside what is being written, per process.
AHEAD = 3
# Below this, starting a second process costs more than it saves.
FEW = 4
# Nobody waits longer for one document, in seconds.
LONGEST = 900
# How long a process may take to end once asked, in seconds.
_ENDING = 5


class OutsideResource(Exception):
    """A document asked for something that is not one of our own static files."""


class PdfStopped(Exception):
    """The process that wrote a document ended before it was done; the detail is for the log, never for a page."""


class Writer:
    """A process that writes one document after the other."""

    def __init__(self) -> None:
        # Should it be killed, what it had unpacked goes with this folder, which is made here and taken away here.
        self._folder = tempfile.mkdtemp(prefix="temoin-pdf-")
        self._process = subprocess.Popen(  # noqa: S603 (our own program, and arguments of our own)
            [sys.executable, "-m", "qualiopi.web.pdf_writer", *map(str, folders())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=settings.BASE_DIR,
            env=os.environ | {"TMPDIR": self._folder},
        )

    def write(self, html: str) -> bytes:
        """One document. Raises OutsideResource or PdfStopped."""
        return self._answer(WRITE, html)

    def find(self, html: str) -> dict[str, float]:
        """Where each element that has an identifier begins on the first page, in pixels of a style sheet (a 96th of an inch) from its head.

        The document is laid out, nothing is drawn. Raises as `write` does.
        """
        places: dict[str, float] = json.loads(self._answer(FIND, html))
        return places

    def _answer(self, what: bytes, html: str) -> bytes:
        limit = threading.Timer(LONGEST, self._process.kill)
        limit.start()
        try:
            letter, content = self._ask(what, html.encode())
        finally:
            limit.cancel()
        if letter in (PDF, PLACES):
            return content
        told = content.decode()
        if letter == OUTSIDE:
            raise OutsideResource(told)
        raise PdfStopped(told)

    def _ask(self, what: bytes, document: bytes) -> tuple[bytes, bytes]:
        asked, answers = self._pipes()
        with suppress(BrokenPipeError):  # it ended: its answer, which does not come, tells
            asked.write(ASKED.pack(what, len(document)) + document)
            asked.flush()
        header = answers.read(ANSWERED.size)
        if len(header) == ANSWERED.size:
            letter, length = ANSWERED.unpack(header)
            content = answers.read(length)
            if len(content) == length:
                return letter, content
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDING)
        raise PdfStopped(f"status {self._process.returncode}")

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        return cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)

    def close(self) -> None:
        """End the process, wherever it stands, and what it left on the disk."""
        asked, answers = self._pipes()
        with suppress(BrokenPipeError):
            asked.close()
        try:
            self._process.wait(_ENDING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        answers.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def folders() -> list[Path]:
    """Where a document finds what it names: our static files, and the style sheets for paper."""
    return [*settings.STATICFILES_DIRS, PAGED]


@contextmanager
def writer() -> Iterator[Writer]:
    """A process for what is written inside, and not longer."""
    one = Writer()
    try:
        yield one
    finally:
        one.close()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def write_pdf(html: str) -> bytes:
    """Render a whole HTML document.

    Relative addresses are files of `folders` (`css/pdf.css`). The same HTML gives the same bytes. Raises OutsideResource when it asks for
    anything but our static files, PdfStopped when the process that writes it ends before.
    """
    with writer() as one:
        return one.write(html)


def write_pdfs(documents: Iterable[str], *, workers: int | None = None) -> Iterator[bytes]:
    """The PDF of each HTML document, in their order, on every processor of the machine; see `write_pdf`.

    A few documents are held at a time, whatever their number.
    """
    waiting = iter(documents)
    first = list(islice(waiting, FEW))
    if not first:
        return
    number = 1 if len(first) < FEW else workers or processors()
    with ExitStack() as stack:
        free: SimpleQueue[Writer] = SimpleQueue()
        for _ in range(number):
            free.put(stack.enter_context(writer()))
        # One thread for each process, to wait for it.
        pool = stack.enter_context(ThreadPoolExecutor(number))
        writing: deque[Future[bytes]] = deque(pool.submit(_with_one_of, free, html) for html in first)
        try:
            for html in waiting:
                writing.append(pool.submit(_with_one_of, free, html))
                if len(writing) > number * AHEAD:
                    yield writing.popleft().result()
            while writing:
                yield writing.popleft().result()
        finally:
            for left in writing:
                left.cancel()


def _with_one_of(free: SimpleQueue[Writer], html: str) -> bytes:
    one = free.get()
    try:
        return one.write(html)
    finally:
        free.put(one)

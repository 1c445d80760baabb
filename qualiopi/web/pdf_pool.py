"""Many PDF files on every processor of the machine: other processes render, this one keeps what they give."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice

import django
from weasyprint.text.fonts import FontConfiguration

from qualiopi.web.pdf import unpacked_fonts, write_pdf

# What waits in memory beside what is being rendered, per process.
AHEAD = 3
# Below this, starting processes costs more than it saves.
FEW = 4


_fonts: FontConfiguration | None = None


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def write_pdfs(documents: Iterable[str], *, workers: int | None = None) -> Iterator[bytes]:
    """The PDF of each HTML document, in their order; see `write_pdf`.

    A few documents are held at a time, whatever their number. Nothing but HTML goes to the other processes: they reach no database.
    """
    waiting = iter(documents)
    first = list(islice(waiting, FEW))
    workers = workers or processors()
    if len(first) < FEW or workers == 1:
        with unpacked_fonts() as fonts:
            for html in chain(first, waiting):
                yield write_pdf(html, fonts=fonts)
        return
    # A server of fresh processes: a copy of this one would carry its connections and the locks of its threads.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with (
        tempfile.TemporaryDirectory(prefix="temoin-pdf-") as folder,
        ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(folder,)) as pool,
    ):
        rendering: deque[Future[bytes]] = deque(pool.submit(_render, html) for html in first)
        try:
            for html in waiting:
                rendering.append(pool.submit(_render, html))
                if len(rendering) > workers * AHEAD:
                    yield rendering.popleft().result()
            while rendering:
                yield rendering.popleft().result()
        finally:
            for left in rendering:
                left.cancel()


def _start(folder: str) -> None:
    """In each process that renders: Django for its static files, and the fonts, unpacked once in a folder that goes with the pool."""
    global _fonts
    threading.Thread(target=_end_with_parent, daemon=True).start()
    tempfile.tempdir = folder
    django.setup()
    _fonts = FontConfiguration()


def _end_with_parent() -> None:
    """A parent that is killed says nothing, and the pool would wait for its next document for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _render(html: str) -> bytes:
    return write_pdf(html, fonts=_fonts)

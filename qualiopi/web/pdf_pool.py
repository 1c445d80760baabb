"""Many PDF files on every processor of the machine: other processes render, this one keeps what they give."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

import django

from qualiopi.web.pdf import write_pdf

# What waits in memory beside what is being rendered, per process.
AHEAD = 3
# Below this, starting processes costs more than it saves.
FEW = 4


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
        yield from map(write_pdf, first)
        yield from map(write_pdf, waiting)
        return
    # A server of fresh processes: a copy of this one would carry its connections and the locks of its threads.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(workers, mp_context=context, initializer=django.setup) as pool:
        rendering: deque[Future[bytes]] = deque(pool.submit(write_pdf, html) for html in first)
        try:
            for html in waiting:
                rendering.append(pool.submit(write_pdf, html))
                if len(rendering) > workers * AHEAD:
                    yield rendering.popleft().result()
            while rendering:
                yield rendering.popleft().result()
        finally:
            for left in rendering:
                left.cancel()

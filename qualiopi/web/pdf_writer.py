"""`python -m qualiopi.web.pdf_writer FOLDER...`: one process that writes PDF files and ends; see `qualiopi.web.pdf`, which starts it.

It does without Django and without settings: it is told the folders of our static files, reads HTML from its standard input and writes PDF
to its standard output. When nobody holds its input any more it ends at once, even in the middle of a page.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, BinaryIO

from qualiopi.web.pdf_pipe import ANSWERED, ASKED

if TYPE_CHECKING:
    from qualiopi.web.pdf_render import Renderer


def _listen(asked: BinaryIO, waiting: SimpleQueue[tuple[bytes, bytes]], folder: str) -> None:
    """Hand the documents over as they come; once nobody can send any more, take our folder away and end the process."""
    while header := asked.read(ASKED.size):
        what, length = ASKED.unpack(header)
        waiting.put((what, asked.read(length)))
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _load(folders: list[str]) -> Renderer:
    """WeasyPrint takes half a second to load, and makes nothing meanwhile that a look for cycles would free."""
    gc.disable()
    from qualiopi.web.pdf_render import Renderer

    gc.freeze()
    # A long document makes objects by the hundred thousand, few of them in cycles: they are looked for seldom, here more than in the
    # processes of the product (`qualiopi.apps`), which stay. A report takes 3 MB more and a twentieth less time.
    gc.set_threshold(500_000, 10, 100)
    gc.enable()
    return Renderer([Path(folder) for folder in folders])


def main(folders: list[str]) -> None:
    """Answer until our input closes."""
    # The fonts cut for a document would carry the hour at which they were cut (https://reproducible-builds.org/specs/source-date-epoch/).
    os.environ.setdefault("SOURCE_DATE_EPOCH", "315532800")
    # It tells at each document which rules of our style sheets are for screens only.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    waiting: SimpleQueue[tuple[bytes, bytes]] = SimpleQueue()
    # Fonts are unpacked in a folder made here: it is the only one that this process ever takes away.
    tempfile.tempdir = folder = tempfile.mkdtemp(prefix="temoin-pdf-")
    threading.Thread(target=_listen, args=(sys.stdin.buffer, waiting, folder), daemon=True).start()
    renderer = _load(folders)
    while True:
        letter, content = renderer.answer(*waiting.get())
        answers.write(ANSWERED.pack(letter, len(content)) + content)
        answers.flush()


if __name__ == "__main__":
    main(sys.argv[1:])

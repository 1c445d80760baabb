"""`python -m qualiopi.web.pdf_writer FOLDER...`: one process that writes PDF files and ends; see `qualiopi.web.pdf`, which starts it.

It does without Django and without settings: it is told the folders of our static files, reads HTML from its standard input and writes PDF
to its standard output. When nobody holds its input any more it ends at once, even in the middle of a page.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import shutil
import sys
import tempfile
import threading
import traceback
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from qualiopi.web.pdf import ANSWERED, ASKED, FAILED, FIND, OUTSIDE, PDF, PLACES
from qualiopi.web.pdf_tags import mend

# An address that can exist nowhere (RFC 2606): relative addresses are joined to it, and it is never asked.
_HERE = "https://statique.invalid/"
_TYPES = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


class _Outside(FatalURLFetchingError):
    """A document asked for something that is not one of our own static files."""


class StaticFetcher(URLFetcher):
    """Gives WeasyPrint our static files and nothing else: neither the network nor the rest of the disk."""

    def __init__(self, folders: list[Path]) -> None:
        super().__init__()
        self.folders = [folder.resolve() for folder in folders]

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Read `css/pdf.css` from the static files; `data:` is what the style sheet itself carries."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        path, kind = self._found(url), _TYPES.get(Path(url).suffix)
        if path is None or kind is None:
            raise _Outside(f"Le document demande une ressource extérieure : {url[:100]}")
        return URLFetcherResponse(url, path.read_bytes(), headers={"Content-Type": kind})

    def _found(self, url: str) -> Path | None:
        name = url.removeprefix(_HERE)
        if name == url or ".." in name:
            return None
        found = ((folder, (folder / name).resolve()) for folder in self.folders)
        return next((path for folder, path in found if path.is_relative_to(folder) and path.is_file()), None)


def render(html: str, fetcher: StaticFetcher, fonts: FontConfiguration | None = None) -> bytes:
    """One document, tagged (PDF/UA-1); the same HTML gives the same bytes, with fonts that served already too."""
    document = HTML(string=html, base_url=_HERE, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(
        pdf_variant="pdf/ua-1", font_config=fonts, pdf_identifier=b"temoin", custom_metadata=False, finisher=mend
    )
    return pdf


def find(html: str, fetcher: StaticFetcher, fonts: FontConfiguration) -> dict[str, float]:
    """Where each element that has an identifier begins on the first page, in pixels from its head; nothing is drawn."""
    first = HTML(string=html, base_url=_HERE, url_fetcher=fetcher).render(font_config=fonts).pages[0]
    return {name: place[1] for name, place in first.anchors.items()}


def _answer(what: bytes, document: bytes, fetcher: StaticFetcher, fonts: FontConfiguration) -> tuple[bytes, bytes]:
    try:
        if what == FIND:
            return PLACES, json.dumps(find(document.decode(), fetcher, fonts)).encode()
        return PDF, render(document.decode(), fetcher, fonts)
    except _Outside as error:
        return OUTSIDE, str(error).encode(errors="replace")
    except Exception:
        return FAILED, traceback.format_exc().encode(errors="replace")


def _listen(asked: BinaryIO, waiting: SimpleQueue[tuple[bytes, bytes]], folder: str) -> None:
    """Hand the documents over as they come; once nobody can send any more, take our folder away and end the process."""
    while header := asked.read(ASKED.size):
        what, length = ASKED.unpack(header)
        waiting.put((what, asked.read(length)))
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def main(folders: list[str]) -> None:
    """Answer until our input closes."""
    # The fonts cut for a document would carry the hour at which they were cut (https://reproducible-builds.org/specs/source-date-epoch/).
    os.environ.setdefault("SOURCE_DATE_EPOCH", "315532800")
    # It tells at each document which rules of our style sheets are for screens only.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    # As in the processes of the product (`qualiopi.apps`): a long document makes objects by the hundred thousand, few of them in cycles.
    gc.set_threshold(50_000, 20, 20)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    waiting: SimpleQueue[tuple[bytes, bytes]] = SimpleQueue()
    # Fonts are unpacked in a folder made here: it is the only one that this process ever takes away.
    tempfile.tempdir = folder = tempfile.mkdtemp(prefix="temoin-pdf-")
    threading.Thread(target=_listen, args=(sys.stdin.buffer, waiting, folder), daemon=True).start()
    # Unpacking our fonts takes longer than laying out a page: once for all the documents of this process.
    fetcher, fonts = StaticFetcher([Path(folder) for folder in folders]), FontConfiguration()
    while True:
        letter, content = _answer(*waiting.get(), fetcher, fonts)
        answers.write(ANSWERED.pack(letter, len(content)) + content)
        answers.flush()


if __name__ == "__main__":
    main(sys.argv[1:])

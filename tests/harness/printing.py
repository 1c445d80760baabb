"""PDF files in the tests: written by real processes that tests share, and a stand-in where the PDF is not the subject."""

import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
import pytest

from qualiopi.web import pdf

WRITER_OF_THE_PRODUCT = pdf.writer


@pytest.fixture(autouse=True, scope="session")
def _writers_wait_for_the_next_test() -> Iterator[None]:
    """Keep the processes that write: to start one and unpack its fonts takes longer than laying a page out.

    One is enough for a series. What starting and ending them does is held by tests/web/test_pdf_series.py.
    """
    idle: list[pdf.Writer] = []

    @contextmanager
    def writer() -> Iterator[pdf.Writer]:
        try:
            one = idle.pop()
        except IndexError:
            one = pdf.Writer()
        try:
            yield one
        except pdf.PdfStopped:
            one.close()
            raise
        except BaseException:
            idle.append(one)
            raise
        idle.append(one)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf, "writer", writer)
        patched.setattr(pdf, "processors", lambda: 1)
        yield
    for one in idle:
        one.close()


@pytest.fixture
def writers_of_the_product(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process starts for what is written and ends with it, as outside of the tests: for what looks at just that."""
    monkeypatch.setattr(pdf, "writer", WRITER_OF_THE_PRODUCT)


class StandIn:
    """In place of a process: a PDF of one empty page, the same for the same words and another for others."""

    def write(self, html: str) -> bytes:
        """The bytes of the page, with the fingerprint of what it should have said."""
        target = io.BytesIO()
        with pikepdf.new() as document:
            document.add_blank_page(page_size=(595, 842))
            document.Root.Said = pikepdf.String(hashlib.sha256(html.encode()).hexdigest())
            document.save(target, deterministic_id=True)
        return target.getvalue()

    def find(self, html: str) -> dict[str, float]:
        """Everything is at the head of the empty page."""
        return dict.fromkeys(re.findall(r'\bid="([^"]+)"', html), 0.0)


@contextmanager
def without_laying_out() -> Iterator[None]:
    """Inside, documents are made, numbered, stored and sent, and nobody reads them: laying each out would be most of the work."""

    @contextmanager
    def writer() -> Iterator[StandIn]:
        yield StandIn()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf, "writer", writer)
        yield


@pytest.fixture(scope="module")
def _laid_out() -> dict[str, bytes]:
    """What a file of tests has had laid out, by the HTML it came from."""
    return {}


@pytest.fixture
def each_pdf_once(_laid_out: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """The finished PDF, laid out once for all the tests of a file that ask for the same words: the same HTML gives the same bytes."""
    write = pdf.Writer.write

    def once(self: pdf.Writer, html: str) -> bytes:
        if html not in _laid_out:
            _laid_out[html] = write(self, html)
        return _laid_out[html]

    monkeypatch.setattr(pdf.Writer, "write", once)


@pytest.fixture
def stand_in_pdf(request: pytest.FixtureRequest) -> Iterator[None]:
    """The same for a whole test, unless it is marked `laid_out`."""
    if request.node.get_closest_marker("laid_out"):
        yield
        return
    with without_laying_out():
        yield

"""PDF files in the tests: written by real processes that tests share, and a stand-in where the PDF is not the subject."""

import hashlib
import io
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


class WordsAlone(StandIn):
    """In place of a process: the page itself, for whoever looks for words and not at how they are laid out."""

    def write(self, html: str) -> bytes:
        """The HTML that would have been laid out: every word of the document is in it."""
        return html.encode()


@contextmanager
def without_laying_out(instead: type[StandIn] = StandIn) -> Iterator[None]:
    """Inside, documents are made, numbered, stored and sent, and nobody reads them: laying each out would be most of the work."""

    @contextmanager
    def writer() -> Iterator[StandIn]:
        yield instead()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf, "writer", writer)
        yield


@pytest.fixture
def words_of_pdf() -> Iterator[None]:
    """Each PDF file is the words that it would say."""
    with without_laying_out(WordsAlone):
        yield


@pytest.fixture
def stand_in_pdf(request: pytest.FixtureRequest) -> Iterator[None]:
    """The same for a whole test, unless it is marked `laid_out`."""
    if request.node.get_closest_marker("laid_out"):
        yield
        return
    with without_laying_out():
        yield

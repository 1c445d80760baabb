"""PDF files in the tests: fonts unpacked once per process, no other process to render, and a stand-in where the PDF is not the subject."""

import hashlib
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
import pytest
from weasyprint.text.fonts import FontConfiguration

from qualiopi.web import pdf, pdf_pool

UNPACKED_FOR_ONE = pdf.unpacked_fonts


@pytest.fixture(autouse=True, scope="session")
def _fonts_are_unpacked_once() -> Iterator[None]:
    """Keep the fonts of a thread for its next document: unpacking them takes longer than laying a page out.

    A few documents are written here rather than by processes that start for them: each would load the whole product first. What the
    processes do is held by tests/web/test_pdf_pool.py, which asks for them.
    """
    kept = threading.local()

    @contextmanager
    def unpacked_fonts() -> Iterator[FontConfiguration]:
        if not hasattr(kept, "fonts"):
            kept.fonts = FontConfiguration()
        yield kept.fonts

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf, "unpacked_fonts", unpacked_fonts)
        patched.setattr(pdf_pool, "unpacked_fonts", unpacked_fonts)
        patched.setattr(pdf_pool, "processors", lambda: 1)
        yield
    if hasattr(kept, "fonts"):
        kept.fonts.__del__()  # its folder goes before the process ends


@pytest.fixture
def fonts_of_the_product(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fonts are unpacked for a document and go with it, as outside of the tests: for what looks at just that."""
    for module in (pdf, pdf_pool):
        monkeypatch.setattr(module, "unpacked_fonts", UNPACKED_FOR_ONE)


class StandIn:
    """In place of WeasyPrint's HTML: a PDF of one empty page, the same for the same words and another for others."""

    def __init__(self, *, string: str, **_options: object) -> None:
        self.said = hashlib.sha256(string.encode()).hexdigest()

    def write_pdf(self, **_options: object) -> bytes:
        """The bytes of the page, with the fingerprint of what it should have said."""
        target = io.BytesIO()
        with pikepdf.new() as document:
            document.add_blank_page(page_size=(595, 842))
            document.Root.Said = pikepdf.String(self.said)
            document.save(target, deterministic_id=True)
        return target.getvalue()


@contextmanager
def without_laying_out() -> Iterator[None]:
    """Inside, documents are made, numbered, stored and sent, and nobody reads them: laying each out would be most of the work."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf, "HTML", StandIn)
        yield


@pytest.fixture
def stand_in_pdf(request: pytest.FixtureRequest) -> Iterator[None]:
    """The same for a whole test, unless it is marked `laid_out`."""
    if request.node.get_closest_marker("laid_out"):
        yield
        return
    with without_laying_out():
        yield

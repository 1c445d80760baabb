"""Writing PDF files: tagged (PDF/UA-1), with our fonts inside, and without looking anywhere else while rendering."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.contrib.staticfiles import finders
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# The fonts cut for a document would carry the hour at which they were cut (https://reproducible-builds.org/specs/source-date-epoch/).
os.environ.setdefault("SOURCE_DATE_EPOCH", "315532800")
# An address that can exist nowhere (RFC 2606): relative addresses are joined to it, and it is never asked.
_HERE = "https://statique.invalid/"
_TYPES = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


class OutsideResource(FatalURLFetchingError):
    """A document asked for something that is not one of our own static files."""


class StaticFetcher(URLFetcher):
    """Gives WeasyPrint our static files and nothing else: neither the network nor the disk."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Read `css/pdf.css` from the static files; `data:` is what the style sheet itself carries."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        name = url.removeprefix(_HERE)
        path = finders.find(name) if name != url and ".." not in name else None
        kind = _TYPES.get(Path(name).suffix)
        if path is None or kind is None:
            raise OutsideResource(f"Le document demande une ressource extérieure : {url[:100]}")
        return URLFetcherResponse(url, Path(path).read_bytes(), headers={"Content-Type": kind})


@contextmanager
def unpacked_fonts() -> Iterator[FontConfiguration]:
    """Our fonts, unpacked by the first document in a folder that goes at the end: they are of one thread."""
    fonts = FontConfiguration()
    try:
        yield fonts
    finally:
        # The folder goes with the object, which documents keep in cycles: a process that ends first would leave it behind.
        fonts.__del__()


def write_pdf(html: str, *, fonts: FontConfiguration | None = None) -> bytes:
    """Render a whole HTML document; raise OutsideResource when it asks for anything but our static files.

    Relative addresses are static files (`css/pdf.css`). The same HTML gives the same bytes, with `fonts` that served already too:
    whoever writes many documents keeps them, since unpacking our fonts takes longer than laying out a page.
    """
    document = HTML(string=html, base_url=_HERE, url_fetcher=StaticFetcher())
    with nullcontext(fonts) if fonts else unpacked_fonts() as unpacked:
        pdf: bytes = document.write_pdf(
            pdf_variant="pdf/ua-1", font_config=unpacked, pdf_identifier=b"temoin", custom_metadata=False
        )
    return pdf

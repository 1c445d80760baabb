"""From HTML to PDF with WeasyPrint, in the process that ends (`pdf_writer`): tagged, with our own static files and nothing else."""

from __future__ import annotations

import json
import traceback
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from qualiopi.web.pdf_pipe import FAILED, FIND, OUTSIDE, PDF, PLACES
from qualiopi.web.pdf_tags import mend

# An address that can exist nowhere (RFC 2606): relative addresses are joined to it, and it is never asked.
_HERE = "https://statique.invalid/"
# WeasyPrint gives an icon inside a page its size by the style sheets, and nothing else: what `.i` of `css/base.css` says is said again.
DRAWN = {"fill": "none", "stroke": "currentColor", "stroke-width": "1.75", "stroke-linecap": "round", "stroke-linejoin": "round"}
_SVG = "{http://www.w3.org/2000/svg}svg"
_TYPES = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


class Outside(FatalURLFetchingError):
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
            raise Outside(f"Le document demande une ressource extérieure : {url[:100]}")
        return URLFetcherResponse(url, path.read_bytes(), headers={"Content-Type": kind})

    def _found(self, url: str) -> Path | None:
        name = url.removeprefix(_HERE)
        if name == url or ".." in name:
            return None
        found = ((folder, (folder / name).resolve()) for folder in self.folders)
        return next((path for folder, path in found if path.is_relative_to(folder) and path.is_file()), None)


class Renderer:
    """Renders one document after the other. What they share is unpacked and read once: fonts, and the style sheets that they name."""

    def __init__(self, folders: list[Path]) -> None:
        self._fetcher = StaticFetcher(folders)
        # Unpacking our fonts takes longer than laying out a page.
        self._fonts = FontConfiguration()
        self._sheets: dict[str, CSS] = {}

    def answer(self, what: bytes, document: bytes) -> tuple[bytes, bytes]:
        """What is asked of a document; whatever goes wrong is an answer too."""
        try:
            if what == FIND:
                return PLACES, json.dumps(self.find(document.decode())).encode()
            return PDF, self.render(document.decode())
        except Outside as error:
            return OUTSIDE, str(error).encode(errors="replace")
        except Exception:
            return FAILED, traceback.format_exc().encode(errors="replace")

    def render(self, html: str) -> bytes:
        """One document, tagged (PDF/UA-1); the same HTML gives the same bytes, whatever was rendered before."""
        document = self._laid_out(html, pdf_variant="pdf/ua-1")
        pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"temoin", custom_metadata=False, finisher=mend)
        return pdf

    def find(self, html: str) -> dict[str, float]:
        """Where each element that has an identifier begins on the first page, in pixels from its head; nothing is drawn."""
        return {name: place[1] for name, place in self._laid_out(html).pages[0].anchors.items()}

    def _laid_out(self, html: str, **options: Any) -> Any:
        document = HTML(string=html, base_url=_HERE, url_fetcher=self._fetcher)
        for drawing in document.etree_element.iter(_SVG):
            if "i" in drawing.get("class", "").split():
                drawing.attrib.update(DRAWN)
        return document.render(font_config=self._fonts, stylesheets=self._styles(document.etree_element.find("head")), **options)

    def _styles(self, head: Any) -> list[CSS]:
        """The style sheets of a document in their order, taken out of it: WeasyPrint would read them again for each.

        They come to it as those of a user. All of them do, so that they stand to one another as they did, and an attribute `style` before
        them.
        """
        found = []
        for element in list(head):
            if element.tag == "style":
                found.append(CSS(string=element.text, base_url=_HERE, url_fetcher=self._fetcher, font_config=self._fonts))
            elif element.tag == "link" and element.get("rel") == "stylesheet":
                found.append(self._sheet(urljoin(_HERE, element.get("href"))))
            else:
                continue
            head.remove(element)
        return found

    def _sheet(self, address: str) -> CSS:
        if address not in self._sheets:
            self._sheets[address] = CSS(url=address, url_fetcher=self._fetcher, font_config=self._fonts)
        return self._sheets[address]

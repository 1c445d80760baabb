"""What a screen reader needs of a PDF, looked for in its tags and in its pages: ISO 14289-1 and ISO 32000-1, 14.7 to 14.8.

`faults` gives one sentence per fault; an empty list is a document that is right. What pages look like is not its subject.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

# What an element may hold (ISO 14289-1, 7.2), when not everything; and by what some may be held.
HOLDS = {
    "Table": {"THead", "TBody", "TFoot", "TR", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
}
HELD_BY = {
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
    "Caption": {"Table", "L", "Figure"},
}
# What an empty place says: nobody, nothing yet.
MAY_BE_EMPTY = {"TD", "TH"}
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
PAINTS = {"Tj", "TJ", "'", '"', "Do", "sh", "EI", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s"}


@dataclass
class Element:
    """An element of the tags. `marks`: page from 0 and number of each content; `links`: annotations that it speaks for."""

    tag: str
    raw: Any
    above: Element | None
    children: list[Element] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)

    def below(self) -> Iterator[Element]:
        """The element, and all that it holds, in the order in which they are read."""
        yield self
        for child in self.children:
            yield from child.below()

    def inside(self, *tags: str) -> bool:
        """Whether it is held, at any depth, by one of these."""
        return self.above is not None and (self.above.tag in tags or self.above.inside(*tags))

    @property
    def attributes(self) -> dict[str, Any]:
        """Those of its tables and layout, by name."""
        given = self.raw.get("/A", {})
        return {
            str(name)[1:]: value
            for part in (given if isinstance(given, pikepdf.Array) else [given])
            for name, value in part.items()
        }


def tree_of(document: pikepdf.Pdf) -> Element:
    """The root of the tags of an open document."""
    pages = {page.objgen: number for number, page in enumerate(page.obj for page in document.pages)}
    root = Element("Root", document.Root.StructTreeRoot, None)
    _grow(root, pages)
    return root


def _grow(element: Element, pages: dict[tuple[int, int], int]) -> None:
    kids = element.raw.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array | list) else [kids]:
        if isinstance(kid, int):
            element.marks.append((pages[element.raw.Pg.objgen], kid))
        elif kid.get("/Type") == "/OBJR":
            element.links.append(kid.Obj)
        else:
            child = Element(str(kid.S)[1:], kid, element)
            element.children.append(child)
            _grow(child, pages)


def faults(content: bytes) -> list[str]:
    """All that is wrong in a PDF, one sentence each."""
    with pikepdf.open(io.BytesIO(content)) as document:
        found = list(_in_head(document))
        if "/StructTreeRoot" not in document.Root:
            return [*found, "no tags"]
        root = tree_of(document)
        for look in (_in_places, _in_tables, _in_headings, _in_figures):
            found += look(root)
        found += _in_links(document, root)
        found += _in_pages(document, root)
        found += _in_fonts(document)
        return found


def _in_head(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False) or root.MarkInfo.get("/Suspects", False):
        yield "not marked"
    if not str(root.get("/Lang", "")):
        yield "no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "the name of the file is shown, not the title"
    with document.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "does not say which PDF/UA it is"
        if not metadata.get("dc:title"):
            yield "no title"
    for number, page in enumerate(document.pages, start=1):
        if page.obj.get("/Tabs") != "/S":
            yield f"page {number}: not gone through in the order of the tags"


def _in_places(root: Element) -> Iterator[str]:
    """Each element is where it may be, knows what holds it, and holds something."""
    for element in root.below():
        held, above = element.tag, element.above
        if above is None:
            continue
        if element.raw.P.objgen != above.raw.objgen:
            yield f"{held} does not know that {above.tag} holds it"
        if held not in HOLDS.get(above.tag, {held}):
            yield f"{held} in {above.tag}"
        if above.tag not in HELD_BY.get(held, {above.tag}):
            yield f"{held} in {above.tag}"
        if held == "Table" and element.inside("Table"):
            yield "Table inside a Table"
        if not (element.children or element.marks or element.links) and held not in MAY_BE_EMPTY:
            yield f"{held} holds nothing"
        if element.marks and held in HOLDS:
            yield f"{held} holds content itself"


def _rows(table: Element) -> Iterator[tuple[Element, Element]]:
    for child in table.children:
        if child.tag == "TR":
            yield table, child
        else:
            yield from ((child, row) for row in child.children if row.tag == "TR")


def _in_tables(root: Element) -> Iterator[str]:
    """Rows as wide as each other; heads with a scope or that each cell names; names that lead somewhere."""
    known = _identifiers(root)
    for table in (element for element in root.below() if element.tag == "Table"):
        rows = [row for _group, row in _rows(table)]
        heads = [cell for row in rows for cell in row.children if cell.tag == "TH"]
        cells = [cell for row in rows for cell in row.children if cell.tag == "TD"]
        if not heads or not cells:
            yield f"a table of {len(rows)} rows without a head or without a cell"
        if not all("Headers" in cell.attributes for cell in cells):
            yield from ("TH without a scope" for cell in heads if "Scope" not in cell.attributes)
        for child_tag in ("THead", "TFoot", "Caption"):
            if sum(child.tag == child_tag for child in table.children) > 1:
                yield f"two {child_tag} in a table"
        if len(set(_widths(rows))) > 1:
            yield f"rows of {sorted(set(_widths(rows)))} columns"
        spans = any({"ColSpan", "RowSpan"} & set(cell.attributes) for cell in heads + cells)
        for cell in cells:
            named = [str(name) for name in cell.attributes.get("Headers", [])]
            if spans and not named:
                yield "a cell of a table with spans that names no head"
            yield from (f"a cell names {name}, which is nowhere" for name in named if known.get(name) is None)


def _identifiers(root: Element) -> dict[str, Any]:
    """Elements by identifier, as the root of the tags lists them, when they carry it."""
    names = list(root.raw.get("/IDTree", {}).get("/Names", []))
    listed = {str(name): element for name, element in zip(names[::2], names[1::2], strict=True)}
    return {name: element for name, element in listed.items() if str(element.get("/ID", "")) == name}


def _widths(rows: list[Element]) -> list[int]:
    """Columns of each row, those that a cell of a row above spans included."""
    widths = [0] * len(rows)
    for place, row in enumerate(rows):
        for cell in row.children:
            across, down = (int(cell.attributes.get(name, 1)) for name in ("ColSpan", "RowSpan"))
            for line in range(place, min(place + down, len(rows))):
                widths[line] += across
    return widths


def _in_headings(root: Element) -> Iterator[str]:
    levels = [HEADINGS.index(element.tag) + 1 for element in root.below() if element.tag in HEADINGS]
    if levels and levels[0] != 1:
        yield f"the first heading is an H{levels[0]}"
    if levels.count(1) > 1:
        yield f"{levels.count(1)} titles"
    yield from (f"H{after} after H{before}" for before, after in pairwise(levels) if after > before + 1)


def _in_figures(root: Element) -> Iterator[str]:
    for figure in (element for element in root.below() if element.tag == "Figure"):
        if not str(figure.raw.get("/Alt", "")).strip():
            yield "a figure without a text"
        left, foot, right, top = (float(side) for side in figure.attributes["BBox"])
        box = [float(side) for side in figure.raw.Pg.MediaBox]
        if not (box[0] <= left < right <= box[2] + 0.5 and box[1] <= foot < top <= box[3] + 0.5):
            yield f"a figure outside of its page: {left:.0f} {foot:.0f} {right:.0f} {top:.0f}"


def _in_links(document: pikepdf.Pdf, root: Element) -> Iterator[str]:
    spoken = {annotation.objgen: element for element in root.below() for annotation in element.links}
    numbers = _numbers(document)
    for place, page in enumerate(document.pages, start=1):
        for annotation in page.obj.get("/Annots", []):
            element = spoken.get(annotation.objgen)
            if element is None or not (element.tag == "Link" or element.inside("Link")):
                yield f"page {place}: a link that the tags do not know"
            elif numbers[int(annotation.StructParent)].objgen != element.raw.objgen:
                yield f"page {place}: a link that leads to another element"
            if not str(annotation.get("/Contents", "")).strip():
                yield f"page {place}: a link without a text"


def _numbers(document: pikepdf.Pdf) -> dict[int, Any]:
    numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
    return {int(number): thing for number, thing in zip(numbers[::2], numbers[1::2], strict=True)}


def _in_pages(document: pikepdf.Pdf, root: Element) -> Iterator[str]:
    """All that is painted is content of one element, which the page knows, or an artifact; nothing is both."""
    held: dict[tuple[int, int], Element] = {}
    for element in root.below():
        for mark in element.marks:
            if mark in held:
                yield f"page {mark[0] + 1}: content held twice"
            held[mark] = element
    numbers = _numbers(document)
    for number, page in enumerate(document.pages):
        known, seen = numbers[int(page.obj.StructParents)], set()
        for mark in _painted(page):
            if mark is None or mark < 0:
                yield (
                    f"page {number + 1}: painted outside of the tags"
                    if mark is None
                    else f"page {number + 1}: an artifact in content"
                )
                continue
            seen.add(mark)
            if (number, mark) not in held:
                yield f"page {number + 1}: content {mark} that no element holds"
            elif known[mark].objgen != held[number, mark].raw.objgen:
                yield f"page {number + 1}: content {mark} leads to another element"
        yield from (
            f"page {number + 1}: content {mark} is not on it" for place, mark in held if place == number and mark not in seen
        )


def _painted(page: pikepdf.Page) -> Iterator[int | None]:
    """Each content of the page once, by its number: None for what is painted outside, -1 for an artifact inside content."""
    around: list[int | str] = []
    told: set[int | None] = set()
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            tag, *given = instruction.operands
            mark = given[0].get("/MCID") if given and isinstance(given[0], pikepdf.Dictionary) else None
            if mark is not None and around:
                yield -1
            around.append(int(mark) if mark is not None else str(tag))
            if mark is not None:
                told.add(int(mark))
                yield int(mark)
        elif operator == "EMC":
            around.pop()
        elif operator in PAINTS and not any(isinstance(mark, int) or mark == "/Artifact" for mark in around) and None not in told:
            told.add(None)
            yield None


def _in_fonts(document: pikepdf.Pdf) -> Iterator[str]:
    seen = set()
    for page in document.pages:
        for name, font in page.obj.get("/Resources", {}).get("/Font", {}).items():
            if font.objgen in seen:
                continue
            seen.add(font.objgen)
            descriptor = font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font.get("/FontDescriptor", {})
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
                yield f"the font {name} is not in the file"
            if "/ToUnicode" not in font:
                yield f"the font {name} cannot be read as text"


def sizes(content: bytes) -> dict[float, str]:
    """The sizes of type of a PDF, in points rounded to a tenth, each with the first words set in it."""
    found: dict[float, str] = {}
    document = pypdfium2.PdfDocument(content)
    for page in document:
        text = page.get_textpage()
        for place in range(text.count_chars()):
            character = chr(raw.FPDFText_GetUnicode(text, place))
            if character.isspace() or not character.isprintable():
                continue
            matrix = raw.FS_MATRIX()
            raw.FPDFText_GetMatrix(text, place, matrix)
            size = round(raw.FPDFText_GetFontSize(text, place) * (matrix.c**2 + matrix.d**2) ** 0.5, 1)
            if len(found.get(size, "")) < 30:
                found[size] = found.get(size, "") + character
    return found

"""The tags of a document put right before it is written: what WeasyPrint 70 leaves open or untrue.

Sources: ISO 14289-1 (PDF/UA-1) 7.1 to 7.8 and ISO 32000-1, 14.7 and 14.8; ADR 142 says why here. Works on the objects that WeasyPrint
is about to write, so that nothing is read twice: a page stream is a list of operators, an element of the tags a dictionary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf

# Points in a pixel of a style sheet.
_POINTS = 0.75
_GROUPS = ("/THead", "/TBody", "/TFoot")
_HEADINGS = tuple(f"/H{level}" for level in range(1, 7))
# They say something by their place alone.
_MAY_BE_EMPTY = ("/TD", "/TH", "/TR")


def mend(document: Any, pdf: pydyf.PDF) -> None:
    """A finisher of `weasyprint.Document.write_pdf`.

    Afterwards: no figure without a text (those that are decoration leave the tags), one item for each pair of a list of definitions,
    headings in one order below one title, heads of tables with a scope, nothing empty, and what repeats in the margins set apart.
    """
    tree = _Tree(pdf, [page.height for page in document.pages])
    tree.settle()
    tree.name_heads()
    for number, page in enumerate(tree.pages):
        _set_apart(pdf.objects[_number(page["Contents"])], tree.reached[number], tree.decoration[number])
    tree.forget_the_rest()


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


class _Tree:
    """The elements of the tags, and the content of each page that they reach."""

    def __init__(self, pdf: pydyf.PDF, heights: list[float]) -> None:
        self.pdf = pdf
        self.heights = heights
        numbers = pdf.pages["Kids"][::3]
        self.pages = [pdf.objects[number] for number in numbers]
        self._place = {f"{number} 0 R".encode(): place for place, number in enumerate(numbers)}
        self.root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
        self.reached: list[set[int]] = [set() for _page in self.pages]
        self.decoration: list[set[int]] = [set() for _page in self.pages]
        self.kept = {self.root.number}
        self._outline = _Outline()
        self._tables: list[Any] = []

    def settle(self) -> None:
        """Go through the elements in the order in which they are read."""
        for reference in self.root["K"]:
            document = self.pdf.objects[_number(reference)]
            self._settle(document)
            self.kept.add(document.number)

    def _settle(self, element: Any) -> bool:
        """Put one element right, and all below; False when it holds nothing and goes."""
        tag, page = element["S"], self._place.get(element.get("Pg"), 0)
        if tag == "/Figure" and "Alt" not in element:
            self.decoration[page].update(kid for kid in element["K"] if isinstance(kid, int))
            return False
        if tag == "/Figure":
            _place_figure(element, self.heights[page])
        if tag == "/L":
            self._pair(element)
        element["K"] = pydyf.Array(kid for kid in element["K"] if self._holds(kid, page))
        if not element["K"] and tag not in _MAY_BE_EMPTY:
            return False
        if tag == "/Table":
            self._tables.append(element)
        if tag == "/LI":
            self._give_body(element)
        if tag in _HEADINGS:
            element["S"] = f"/H{self._outline.level(_HEADINGS.index(tag) + 1)}"
        self.kept.add(element.number)
        return True

    def _holds(self, kid: bytes | int, page: int) -> bool:
        if isinstance(kid, int):
            self.reached[page].add(kid)
            return True
        child = self.pdf.objects[_number(kid)]
        if child["Type"] == "/OBJR":
            self.kept.add(child.number)
            return True
        return self._settle(child)

    def _pair(self, element: Any) -> None:
        """Each `div` of a list of definitions is one item: its term is the label, what follows the body."""
        items = []
        for reference in element["K"]:
            group = self.pdf.objects[_number(reference)]
            if group["S"] != "/Div":
                items.append(reference)
                continue
            bodies = [body for item in self._kids(group) for body in item["K"]]
            for place, body in enumerate(bodies):
                part = self.pdf.objects[_number(body)]
                part["S"], part["P"] = "/LBody" if place else "/Lbl", group.reference
            group["S"], group["K"] = "/LI", pydyf.Array(bodies)
            items.append(reference)
        element["K"] = pydyf.Array(items)

    def _give_body(self, item: Any) -> None:
        """What an item of a list holds beside its label is its body: a paragraph stands in one, not in its place."""
        loose = [kid for kid in item["K"] if self.pdf.objects[_number(kid)]["S"] not in ("/Lbl", "/LBody")]
        if not loose:
            return
        body = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(loose), "Pg": item["Pg"], "P": item.reference}
        )
        self.pdf.add_object(body)
        self.kept.add(body.number)
        for kid in loose:
            self.pdf.objects[_number(kid)]["P"] = body.reference
        item["K"] = pydyf.Array([*(kid for kid in item["K"] if kid not in loose), body.reference])

    def name_heads(self) -> None:
        """Say what the heads of each table are the heads of; the root lists those that cells name."""
        named: dict[str, bytes] = {}
        for table in self._tables:
            cells = list(_cells(self._rows(table)))
            _give_scopes(cells)
            if any("ColSpan" in cell.element["A"] or "RowSpan" in cell.element["A"] for cell in cells):
                named |= _name_heads(table, cells)
        if named:
            names = pydyf.Array(part for key in sorted(named) for part in (pydyf.String(key), named[key]))
            self.root["IDTree"] = pydyf.Dictionary({"Names": names})

    def _rows(self, table: Any) -> Iterator[tuple[Any, list[Any]]]:
        """The cells of each row of a table, after the group of rows in which they are: the table itself when there is none."""
        for child in self._kids(table):
            if child["S"] in _GROUPS:
                yield from ((child, list(self._kids(row))) for row in self._kids(child))
            elif child["S"] == "/TR":
                yield table, list(self._kids(child))

    def _kids(self, element: Any) -> Iterator[Any]:
        return (self.pdf.objects[_number(kid)] for kid in element["K"] if isinstance(kid, bytes))

    def forget_the_rest(self) -> None:
        """Empty the elements that nothing leads to any more, and the places where pages named them."""
        numbers = self.pdf.objects[_number(self.root["ParentTree"])]["Nums"]
        for place, reached in enumerate(self.reached):
            named = numbers[2 * place + 1]
            named[:] = [reference if mark in reached else "null" for mark, reference in enumerate(named)]
        for thing in self.pdf.objects:
            if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/StructElem" and thing.number not in self.kept:
                thing.clear()


class _Outline:
    """Levels of the headings: one title, and below it never more than one step down, whatever a template wrote."""

    def __init__(self) -> None:
        self._open: list[int] = []

    def level(self, written: int) -> int:
        """The level of the next heading, from the one written, both from 1."""
        while len(self._open) > 1 and self._open[-1] >= written:
            self._open.pop()
        self._open.append(written)
        return min(len(self._open), len(_HEADINGS))


def _place_figure(element: Any, height: float) -> None:
    """Give the box of a figure in points from the foot of the page; it comes in pixels from its head."""
    left, top, right, foot = element["A"]["BBox"]
    element["A"]["BBox"] = pydyf.Array((left * _POINTS, (height - foot) * _POINTS, right * _POINTS, (height - top) * _POINTS))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell, with the group of rows that it is in (the table where there is none), and where it stands, from 0."""

    element: Any
    group: Any
    line: int
    column: int
    alone: bool

    @property
    def width(self) -> int:
        return int(self.element["A"].get("ColSpan", 1))

    @property
    def on_top(self) -> bool:
        return bool(self.group["S"] == "/THead")


def _cells(rows: Iterator[tuple[Any, list[Any]]]) -> Iterator[_Cell]:
    """The cells of a table, row by row; the places into which a cell of a row above reaches are taken."""
    taken: set[tuple[int, int]] = set()
    for line, (group, cells) in enumerate(rows):
        column = 0
        for element in cells:
            while (line, column) in taken:
                column += 1
            cell = _Cell(element, group, line, column, alone=len(cells) == 1)
            yield cell
            reach = range(line + 1, line + int(element["A"].get("RowSpan", 1)))
            taken.update((below, across) for below in reach for across in range(column, column + cell.width))
            column += cell.width


def _give_scopes(cells: list[_Cell]) -> None:
    """A head of the table is that of its column, one below that of its row. What WeasyPrint had cells name goes."""
    for cell in cells:
        cell.element.pop("ID", None)
        cell.element["A"].pop("Headers", None)
        if cell.element["S"] == "/TH":
            cell.element["A"]["Scope"] = "/Column" if cell.on_top else "/Row"


def _name_heads(table: Any, cells: list[_Cell]) -> dict[str, bytes]:
    """Let each cell name its heads, which a scope alone does not tell where cells span: of its group, its row, its columns.

    A head alone in its row is that of the rows of its group. Returns the heads: identifier, element.
    """
    named: dict[str, bytes] = {}
    columns: dict[int, list[str]] = {}
    groups: dict[int, list[str]] = {}
    rows: dict[int, list[str]] = {}
    for cell in cells:
        element = cell.element
        if element["S"] == "/TH":
            key = f"{table.number}-{cell.line}-{cell.column}"
            element["ID"], named[key] = pydyf.String(key), element.reference
            if cell.on_top:
                for column in range(cell.column, cell.column + cell.width):
                    columns.setdefault(column, []).append(key)
            else:
                where, place = (groups, cell.group.number) if cell.alone else (rows, cell.line)
                where.setdefault(place, []).append(key)
            continue
        heads = [*groups.get(cell.group.number, ()), *rows.get(cell.line, ())]
        heads += [key for column in range(cell.column, cell.column + cell.width) for key in columns.get(column, ())]
        element["A"]["Headers"] = pydyf.Array(pydyf.String(key) for key in dict.fromkeys(heads))
    return named


def _set_apart(stream: Any, reached: set[int], decoration: set[int]) -> None:
    """Mark as artifacts the content of a page that no element holds: pictures that decorate, and what repeats in its margins."""
    written = stream.stream
    for place, operator in enumerate(written):
        if operator != b"BDC" or not isinstance(written[place - 1], dict):
            continue
        mark = written[place - 1]["MCID"]
        if mark not in reached:
            kind = "/Layout" if mark in decoration else "/Pagination"
            written[place - 2 : place] = ["/Artifact", pydyf.Dictionary({"Type": kind})]

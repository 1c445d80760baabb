"""What the reader of workbooks does not tell about the sheets of an ODS, and what it stops at.

Hidden rows and columns, formulas, those never computed, errors; durations of a day and more, which it gives as they are written; blanks
between elements, which it does not expect.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from xml.parsers import expat

from . import refusals
from .formulas import LAST_COLUMN, LONGEST_ERROR, LONGEST_FORMULA, MOST_ERRORS, MOST_UNCOMPUTED, SheetFacts

DOCUMENT = "content.xml"
# More hidden rows than a sheet of ours has are not counted.
MOST_HIDDEN = 200_000
_TELLING = re.compile(rb"table:visibility=|table:formula=|value-type=\"error\"")
_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
# A formula names its language before it begins; without a type of value nobody has computed it.
_FORMULA = re.compile(r"^(?:\w{1,10}:)?=?")
_VALUE_TYPE = "office:value-type"
# Between the elements of a table, and between a paragraph and the end of its cell, blanks mean nothing; inside a paragraph they do.
_BLANKS = re.compile(rb"(</?(?:table|office):[^<>]*>|</text:p>|<text:p/>)\s+(?=</?(?:table|office|text:p|draw)[:>/ ])")


def may_tell(piece: bytes) -> bool:
    """Whether a stretch of the document may hold what we look for."""
    return _TELLING.search(piece) is not None


def duration(text: str) -> timedelta | None:
    """« PT35H00M00S » as a duration; None for anything else."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds = (int(part) for part in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def without_blanks(content: bytes, largest: int) -> bytes:
    """The same workbook, without the blanks that some programs write between the elements of its document. Raises like zipfile.

    ``largest``: bytes of the document beyond which ``UnreadableFile`` is raised.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as copy:
        copy.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name in ("META-INF/manifest.xml", "styles.xml", DOCUMENT):
            if name not in source.namelist():
                continue
            with source.open(name) as part:
                read = part.read(largest + 1)
            if len(read) > largest:
                raise refusals.too_heavy()
            copy.writestr(name, _BLANKS.sub(rb"\1", read) if name == DOCUMENT else read)
    return written.getvalue()


class FactsReader:
    """A parser of the document, fed piece by piece; ``sheets`` grow, by name. Raises ``UnreadableFile`` or ``ExpatError``."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetFacts] = {}
        self.facts = SheetFacts()
        self.row = self.column = 0
        self.error = ""
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse_entities

    def feed(self, piece: bytes) -> None:
        """More of the document."""
        self.parser.Parse(piece, False)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._cell(attributes)
        elif name == "table:table-row":
            self._row(attributes)
        elif name == "table:table-column":
            repeated = _repeated(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility", "visible") != "visible":
                self.facts.hidden_columns.update(range(self.column, min(self.column + repeated, LAST_COLUMN)))
            self.column += repeated
        elif name == "table:table":
            self.facts = self.sheets.setdefault(attributes.get("table:name", ""), SheetFacts())
            self.row = self.column = 0

    def _row(self, attributes: dict[str, str]) -> None:
        repeated = _repeated(attributes, "table:number-rows-repeated")
        visibility = attributes.get("table:visibility", "visible")
        if visibility != "visible":
            self.facts.hidden_rows.update(range(self.row, min(self.row + repeated, MOST_HIDDEN)))
            self.facts.filtered = self.facts.filtered or visibility == "filter"
        self.row += repeated
        self.column = 0

    def _cell(self, attributes: dict[str, str]) -> None:
        formula = attributes.get("table:formula")
        if formula is not None:
            self.facts.formulas += 1
            if _VALUE_TYPE not in attributes and len(self.facts.uncomputed) < MOST_UNCOMPUTED:
                self.facts.uncomputed[self.row - 1, self.column] = _FORMULA.sub("=", formula[:LONGEST_FORMULA])
        if attributes.get("calcext:value-type") == "error" and len(self.facts.errors) < MOST_ERRORS:
            self.error = ""
            self.parser.CharacterDataHandler = self._read_error
        self.column += _repeated(attributes, "table:number-columns-repeated")

    def _read_error(self, text: str) -> None:
        if len(self.error) < LONGEST_ERROR:
            self.error = (self.error + text.strip())[:LONGEST_ERROR]

    def _end(self, name: str) -> None:
        if name == "table:table-cell" and self.parser.CharacterDataHandler is not None:
            self.parser.CharacterDataHandler = None
            self.facts.errors[self.row - 1, self.column - 1] = self.error

    @staticmethod
    def _refuse_entities(*_declaration: object) -> None:
        raise refusals.entities()


def _repeated(attributes: dict[str, str], name: str) -> int:
    number = attributes.get(name, "1")
    return int(number) if number.isdigit() and len(number) < 9 else 1

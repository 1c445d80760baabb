"""What the reader of workbooks does not tell about a sheet of an XLSX: its formulas, those never computed, its errors, what is hidden.

A sheet without the words for them is not parsed: it has hundreds of thousands of elements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from . import refusals

LONGEST_NUMBER = 9
MOST_UNCOMPUTED = MOST_ERRORS = 10_000
LONGEST_ERROR = 20
LONGEST_FORMULA = 2_000
LAST_COLUMN = 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# A formula, an error or something hidden, however it is spelt in an encoding that keeps ASCII; and what begins a part that does not.
_TELLING = re.compile(rb"[<:]f[\s>/]|\bhidden\b|\bt\s*=\s*[\"']e[\"']")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


@dataclass
class SheetFacts:
    """Formulas, errors, hidden rows and columns of one sheet. Rows and columns from 0. ``filtered``: by a filter that hides rows."""

    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    filtered: bool = False
    formulas: int = 0
    # The formula of each cell that has no result, and what is shown in each whose result is an error.
    uncomputed: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def may_tell(piece: bytes) -> bool:
    """Whether a stretch of a sheet (its beginning, or any other) may hold what we look for."""
    return _TELLING.search(piece) is not None or piece.startswith(_WIDE)


class FactsReader:
    """A parser of one sheet, fed piece by piece; ``facts`` grow. Raises ``UnreadableFile`` or ``ExpatError``.

    ``unsaved``: the workbook says that it is to be computed when it is opened, so that a result of zero is none.
    """

    def __init__(self, *, unsaved: bool = False) -> None:
        self.facts = SheetFacts()
        self.unsaved = unsaved
        self.error = False
        self.row = self.column = 0
        self.formula = self.value = ""
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._refuse_entities

    def feed(self, piece: bytes) -> None:
        """More of the part."""
        self.parser.Parse(piece, False)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self._move(attributes.get("r", ""))
            self.error = attributes.get("t") == "e"
            if self.error:
                self.formula = self.value = ""
                self.parser.CharacterDataHandler = self._read_value
                self.parser.EndElementHandler = self._end_of_formula
        elif local == "row":
            number = attributes.get("r", "")[:LONGEST_NUMBER]
            self.row, self.column = int(number) if number else self.row + 1, 0
            if attributes.get("hidden") in ("1", "true"):
                self.facts.hidden_rows.add(self.row - 1)
        elif local == "filterColumn":
            self.facts.filtered = True
        elif local == "f" and self.column:
            self.facts.formulas += 1
            self.formula = self.value = ""
            self.parser.CharacterDataHandler = self._read_formula
            self.parser.EndElementHandler = self._end_of_formula
        elif local == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = (int(attributes.get(bound, "0")[:LONGEST_NUMBER]) for bound in ("min", "max"))
            self.facts.hidden_columns.update(range(max(first, 1) - 1, min(last, LAST_COLUMN)))
        elif local == "mergeCells" or local == "extLst":
            # After the cells, `f` is the formula of something else.
            self.column = 0

    def _move(self, reference: str) -> None:
        """To the next cell, whose reference may be left out."""
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            self.column += 1
            return
        self.row, self.column = int(found[2]), 0
        for letter in found[1]:
            self.column = self.column * 26 + ord(letter) - 64

    def _end_of_formula(self, name: str) -> None:
        """Once the formula has ended comes its value, until its cell ends."""
        local = name.rpartition(":")[2]
        if local == "f":
            self.parser.CharacterDataHandler = self._read_value
        elif local == "c":
            self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
            place = self.row - 1, self.column - 1
            if self.error:
                if len(self.facts.errors) < MOST_ERRORS:
                    self.facts.errors[place] = self.value
            elif self.formula and self._has_no_result() and len(self.facts.uncomputed) < MOST_UNCOMPUTED:
                self.facts.uncomputed[place] = "=" + self.formula

    def _has_no_result(self) -> bool:
        return not self.value or (self.unsaved and self.value == "0")

    def _read_formula(self, text: str) -> None:
        if len(self.formula) < LONGEST_FORMULA:
            self.formula = (self.formula + text)[:LONGEST_FORMULA]

    def _read_value(self, text: str) -> None:
        if len(self.value) < LONGEST_ERROR:
            self.value = (self.value + text.strip())[:LONGEST_ERROR]

    @staticmethod
    def _refuse_entities(*_declaration: object) -> None:
        raise refusals.entities()

"""Reading workbooks (XLSX, XLS, ODS) through calamine, once their container was looked at. Loaded in a child process alone."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from . import excel97, refusals, telling
from .container import check_container
from .formulas import SheetFacts
from .limits import ReadLimits
from .opendocument import duration, without_blanks
from .repair import Repairs, suspect
from .tables import Cell, Note, RawRow, UnreadableFile


@dataclass(frozen=True)
class RawSheet:
    """One sheet as it is: rows with their numbers, what its container tells of it, what was repaired."""

    name: str
    rows: tuple[RawRow, ...]
    facts: SheetFacts
    notes: tuple[Note, ...]


class Workbook:
    """An open workbook: its visible sheet names, and its sheets one by one."""

    def __init__(self, content: bytes, limits: ReadLimits) -> None:
        self.limits = limits
        container = check_container(content, limits)
        self.kind, self._facts = container.kind, container.facts
        self._content = content
        self._book = self._open(content)
        sheets = [sheet for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        self.sheets: tuple[str, ...] = tuple(sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible)
        self.hidden_sheets: tuple[str, ...] = tuple(sheet.name for sheet in sheets if sheet.name not in self.sheets)
        if not self.sheets:
            raise UnreadableFile(_("Ce classeur n’a aucune feuille visible. Affichez la feuille à importer."))

    def _open(self, content: bytes) -> CalamineWorkbook:
        try:
            try:
                return CalamineWorkbook.from_filelike(io.BytesIO(content))
            except CalamineError:
                if self.kind != "ODS":
                    raise
                return CalamineWorkbook.from_filelike(io.BytesIO(without_blanks(content, self.limits.unpacked_size)))
        except PasswordError as error:
            raise UnreadableFile(
                _("Ce classeur est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe.")
            ) from error
        except (CalamineError, OSError, ValueError) as error:
            raise refusals.damaged() from error

    def holds_something(self, name: str) -> bool:
        """Whether a sheet has a cell."""
        try:
            return bool(self._book.get_sheet_by_name(name).height)
        except (CalamineError, OSError, ValueError) as error:
            raise refusals.damaged() from error

    def read(self, name: str) -> RawSheet:
        """The sheet of that name. Raises ``UnreadableFile`` when it can't be read or is too large."""
        try:
            sheet = self._book.get_sheet_by_name(name)
        except (CalamineError, OSError, ValueError) as error:
            raise refusals.damaged() from error
        if sheet.end is not None and sheet.start is not None:
            if sheet.end[1] - sheet.start[1] >= self.limits.columns:
                raise refusals.too_many_columns(self.limits)
            if sheet.end[0] >= self.limits.rows or sheet.width * sheet.height > self.limits.cells * 4:
                raise refusals.too_many_rows(self.limits)
        facts, notes = self._told_of(name)
        repairs = Repairs()
        rows = list(self._rows(sheet, facts, repairs))
        _fill_merged(rows, sheet.merged_cell_ranges or ())
        return RawSheet(name, tuple(rows), facts, (*repairs.notes(), *notes))

    def _told_of(self, name: str) -> tuple[SheetFacts, list[Note]]:
        """What the container tells of a sheet, and what is said when it cannot."""
        if self.kind != "XLS":
            return self._facts.get(name, SheetFacts()), []
        facts = excel97.facts_of(self._content, name)
        return (facts, []) if facts is not None else (SheetFacts(), [telling.not_looked_into()])

    def _rows(self, sheet: CalamineSheet, facts: SheetFacts, repairs: Repairs) -> Iterator[RawRow]:
        if sheet.start is None:
            return
        first_row, first_column = sheet.start
        padding: tuple[Cell, ...] = (None,) * first_column
        filled = 0
        for offset, values in enumerate(sheet.to_python(skip_empty_area=True)):
            row = first_row + offset
            cells = padding + tuple(None if value == "" else value for value in values)
            if facts.uncomputed:
                cells = tuple(facts.uncomputed.get((row, column), value) for column, value in enumerate(cells))
            if facts.errors:
                cells = tuple(None if (row, column) in facts.errors else value for column, value in enumerate(cells))
            texts = "\n".join([value for value in cells if type(value) is str])
            if "\x00" in texts:
                raise refusals.null_character(row + 1)
            if self.kind == "ODS" and "PT" in texts:
                cells = tuple((duration(value) or value) if isinstance(value, str) else value for value in cells)
            if suspect(texts):
                cells = tuple(repairs.mend(value, row + 1) if isinstance(value, str) else value for value in cells)
            filled += sum(value is not None for value in cells)
            if filled > self.limits.cells:
                raise refusals.too_many_rows(self.limits)
            yield row + 1, cells


def _fill_merged(rows: list[RawRow], ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Repeat a merged cell's value in each of its lines (in place), as the eye reads it."""
    place = {line: position for position, (line, _cells) in enumerate(rows)}
    for (first_row, column), (last_row, _last_column) in ranges:
        top = place.get(first_row + 1)
        if top is None or last_row == first_row or column >= len(rows[top][1]):
            continue
        value = rows[top][1][column]
        for row in range(first_row + 1, last_row + 1):
            position = place.get(row + 1)
            if position is None:
                continue
            line, cells = rows[position]
            if column < len(cells) and cells[column] is None:
                rows[position] = (line, (*cells[:column], value, *cells[column + 1 :]))

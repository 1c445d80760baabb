"""Cells and sheets of a workbook that leaves: no cell becomes a formula. Imported where one is written, since openpyxl is heavy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from qualiopi.exchange.export import local_moment, safe_text


def xlsx_cell(sheet: Any, value: Any) -> Any:
    """What to append to a write-only sheet: numbers and days as they are, the rest as a text that is never a formula."""
    if isinstance(value, datetime):
        return local_moment(value)
    if isinstance(value, int | float | Decimal | date | None):
        return value
    # Control characters make a workbook unreadable; 32,767 letters is what a cell holds.
    stored = WriteOnlyCell(sheet, value=safe_text(ILLEGAL_CHARACTERS_RE.sub("", str(value)))[:32_767])
    stored.data_type = "s"
    return stored


def write_xlsx(target: Any, headings: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str) -> None:
    """Write a workbook row by row; texts are stored as texts, whatever they begin with."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title[:31])
    sheet.freeze_panes = "A2"

    sheet.append([xlsx_cell(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([xlsx_cell(sheet, value) for value in row])
    workbook.save(target)

"""The index of a pack as a workbook, the same bytes for the same content. Imported where one is written: see `exchange.workbook`."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from qualiopi.exchange.workbook import xlsx_cell

_STILL = (1980, 1, 1, 0, 0, 0)


def write_workbook(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """Sheets given as (title, headings, rows); texts never become formulas."""
    workbook = Workbook(write_only=True)
    for title, headings, rows in sheets:
        sheet = workbook.create_sheet(title[:31])
        sheet.freeze_panes = "A2"
        for column, width in zip("ABCDEFGH", (16, 46, 40, 16, 16, 16, 40, 40), strict=True):
            sheet.column_dimensions[column].width = width
        head = []
        for heading in headings:
            cell = WriteOnlyCell(sheet, value=heading)
            cell.font = Font(bold=True)
            head.append(cell)
        sheet.append(head)
        for row in rows:
            sheet.append([xlsx_cell(sheet, value) for value in row])
    target = io.BytesIO()
    workbook.save(target)
    return _without_clock(target.getvalue())


def _without_clock(content: bytes) -> bytes:
    """The same workbook with the hour of writing taken out of its parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as still:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", data)
            entry = zipfile.ZipInfo(info.filename, _STILL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            still.writestr(entry, data)
    return target.getvalue()

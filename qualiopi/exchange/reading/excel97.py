"""What the reader of workbooks does not tell about the sheets of an XLS: hidden rows and columns, errors. Loaded in a child process alone.

A second library reads the file for them: whatever it cannot take leaves the table as the first one reads it, and that is told.
"""

from __future__ import annotations

import io

import xlrd

from .formulas import LAST_COLUMN, MOST_ERRORS, SheetFacts


def facts_of(content: bytes, name: str) -> SheetFacts | None:
    """Facts of the sheet of that name; None when this file cannot be looked into for them."""
    try:
        # Formats too: hidden rows and columns are told with them. What the library prints of odd files goes nowhere.
        with xlrd.open_workbook(file_contents=content, formatting_info=True, on_demand=True, logfile=io.StringIO()) as book:
            return _facts(book.sheet_by_name(name))
    except Exception:
        return None


def _facts(sheet: xlrd.sheet.Sheet) -> SheetFacts:
    facts = SheetFacts()
    facts.hidden_rows.update(row for row, told in sheet.rowinfo_map.items() if told.hidden)
    facts.hidden_columns.update(column for column, told in sheet.colinfo_map.items() if told.hidden and column < LAST_COLUMN)
    for row in range(sheet.nrows):
        types = sheet.row_types(row)
        if xlrd.XL_CELL_ERROR not in types:
            continue
        for column, kind in enumerate(types):
            if kind == xlrd.XL_CELL_ERROR and len(facts.errors) < MOST_ERRORS:
                facts.errors[row, column] = xlrd.error_text_from_code.get(sheet.cell_value(row, column), "")
    return facts

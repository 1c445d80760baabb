"""The only way a workbook leaves: no cell becomes a formula, and a cell read again gives what was put in.

Imported where one is written, since openpyxl is heavy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, islice
from typing import Any
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from qualiopi.exchange.defusing import is_risky
from qualiopi.exchange.export import clock_text, day_text, local_moment

# One sheet: its title, its headings, its rows.
Sheet = tuple[str, Sequence[Any], Iterable[Sequence[Any]]]

GENERAL, TEXT, DAY, MOMENT, CLOCK, DURATION = "General", "@", "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm", "[h]:mm"
# Before this day spreadsheets disagree on what number a day is: it leaves in letters.
_FIRST_DAY = date(1900, 3, 1)
# A spreadsheet keeps fifteen digits: a longer number leaves in letters.
_LARGEST = 10**15
_LONGEST_TEXT = 32_767
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
# « _x0041_ » is how a workbook writes « A »: what looks like it is written so that it is read as it stands.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# Letters of a link that mean something else in an address; accents stand, as spreadsheets write them.
_NOT_IN_LINK = re.compile(r'[\s%#?"<>\[\]^`{}|\\]')
# Widths in characters: they follow the first rows, so that the rest still leaves row by row.
_MEASURED_ROWS = 500
_NARROWEST, _WIDEST, _FILTER_ARROW = 8, 60, 3
# Heights in points; no row may be taller.
_LINE_HEIGHT, _TALLEST = 15, 409


@dataclass(frozen=True, slots=True)
class Link:
    """A text that opens a file beside the workbook: `path` is relative to it, with slashes."""

    text: str
    path: str

    @property
    def target(self) -> str:
        """The path as an address."""
        return _NOT_IN_LINK.sub(lambda found: quote(found[0]), self.path)


def write_xlsx(target: Any, sheets: Iterable[Sheet]) -> None:
    """Write a workbook row by row into a binary file. Texts stay texts, days and durations are real ones; each sheet opens with a head
    that stays, a filter, and columns wide enough for what they hold.
    """
    workbook = Workbook(write_only=True)
    for title, headings, rows in sheets:
        _write_sheet(workbook.create_sheet(title[:31]), headings, rows)
    workbook.save(target)


def _write_sheet(sheet: Any, headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> None:
    cells = _Cells(sheet)
    rest = iter(rows)
    first = list(islice(rest, _MEASURED_ROWS))
    # All this is written before the rows.
    for number, width in enumerate(_widths(headings, first), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True

    last = 1
    sheet.append([cells.heading(heading) for heading in headings])
    for row in chain(first, rest):
        last += 1
        lines = max((_stored(value)[2].count("\n") + 1 for value in row if isinstance(value, str)), default=1)
        if lines > 1:
            # Not every program makes room by itself for a cell of several lines.
            sheet.row_dimensions[last].height = min(lines * _LINE_HEIGHT, _TALLEST)
        sheet.append([cells.of(value) for value in row])
    if headings:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{last}"


def _widths(headings: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Iterator[int]:
    for place, heading in enumerate(headings):
        longest = max((_shown_length(row[place]) for row in rows if place < len(row)), default=0)
        yield min(max(longest + 2, len(str(heading)) + _FILTER_ARROW, _NARROWEST), _WIDEST)


def _shown_length(value: Any) -> int:
    """How many characters the longest line of a cell shows."""
    return max(map(len, _stored(value)[2].splitlines()), default=0)


def _stored(value: Any) -> tuple[Any, str, str]:
    """What a cell keeps, its number format, and what it shows. A text is told by its format."""
    if value is None or isinstance(value, bool):
        return value, GENERAL, "" if value is None else "FAUX"
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, datetime):
        moment = local_moment(value)
        return (
            (moment, MOMENT, "00/00/0000 00:00") if moment.date() >= _FIRST_DAY else _text(f"{day_text(moment)} {moment:%H:%M}")
        )
    if isinstance(value, date):
        return (value, DAY, "00/00/0000") if value >= _FIRST_DAY else _text(day_text(value))
    if isinstance(value, time):
        return value, f"{CLOCK}:ss" if value.second else CLOCK, clock_text(value)
    if isinstance(value, timedelta):
        if value < timedelta(0):
            return _text(clock_text(value))
        return value, f"{DURATION}:ss" if value.seconds % 60 else DURATION, clock_text(value)
    return _text(value.text if isinstance(value, Link) else str(value))


def _number(value: float | Decimal) -> tuple[Any, str, str]:
    shown = str(value)
    if not -_LARGEST < value < _LARGEST:
        return _text(shown)
    places = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    return value, f"0.{'0' * places}" if places > 0 else GENERAL, shown


def _text(value: str) -> tuple[str, str, str]:
    text = _NOT_IN_XML.sub("", ILLEGAL_CHARACTERS_RE.sub("", value)).replace("\r\n", "\n").replace("\r", "\n")[:_LONGEST_TEXT]
    return text, TEXT, text


class _Cells:
    """Makes the cells of one sheet. A style is worked out once, then copied."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.styles: dict[tuple[str, bool, bool, bool], Any] = {}

    def of(self, value: Any) -> Any:
        """What to append for a value."""
        kept, number_format, _shown = _stored(value)
        if kept is None or kept == "":
            return None
        if number_format == TEXT:
            cell = self._text(kept)
            if isinstance(value, Link):
                cell.hyperlink = value.target
                cell.font = Font(color="0563C1", underline="single")
            return cell
        cell = WriteOnlyCell(self.sheet, value=kept)
        cell._style = copy(self._style(number_format))
        return cell

    def heading(self, value: Any) -> Any:
        """What to append for a heading."""
        return self._text(_text(str(value))[0], bold=True)

    def _text(self, text: str, *, bold: bool = False) -> Any:
        cell = WriteOnlyCell(self.sheet, value=_ESCAPE.sub("_x005F_", text))
        cell.data_type = "s"
        cell._style = copy(self._style(TEXT, quoted=is_risky(text), lines="\n" in text, bold=bold))
        return cell

    def _style(self, number_format: str, *, quoted: bool = False, lines: bool = False, bold: bool = False) -> Any:
        key = (number_format, quoted, lines, bold)
        if key not in self.styles:
            model = WriteOnlyCell(self.sheet)
            model.number_format = number_format
            # The apostrophe that is not shown: the cell typed in again still is no formula.
            model.quotePrefix = quoted
            model.alignment = Alignment(vertical="top", wrap_text=lines or None)
            if bold:
                model.font = Font(bold=True)
            self.styles[key] = model._style
        return self.styles[key]

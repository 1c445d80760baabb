"""From a file to a table: what runs in a child process, and is loaded there alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from qualiopi.exchange.mapping import Sought, guess_columns
from qualiopi.text import comparison_key

from . import layout, refusals, telling, text, workbook
from .container import OLE_MAGIC, ZIP_MAGIC
from .limits import ReadLimits
from .tables import RawRow, Rows, Table, UnreadableFile

# Rows that travel together.
BATCH = 500


def read(
    path: Path, *, sheet: str, known: list[str], columns: list[dict[str, Any]], limits: dict[str, int]
) -> Iterator[dict[str, Any]]:
    """First the table without its rows, then its rows, some at a time; or the one sentence that refuses the file.

    ``known``: headings we recognise, as comparison keys; ``columns``: what `Sought.told` gives, to choose among several sheets.
    """
    sought = [Sought.heard(column) for column in columns]

    def recognised(table: Table) -> int:
        return sum(guess.column != "" for guess in guess_columns(table.labels, sought))

    words = frozenset(known)
    try:
        table = _table(path, sheet, recognised, lambda word: comparison_key(word) in words, ReadLimits(**limits))
    except UnreadableFile as error:
        yield {"refused": error.sentence}
        return
    yield {"table": {**asdict(replace(table, rows=())), "rows": len(table.rows)}}
    for start in range(0, len(table.rows), BATCH):
        yield {"rows": [(row.line, row.values) for row in table.rows[start : start + BATCH]]}


def read_rows(path: Path, *, sheet: str, limits: dict[str, int]) -> Iterator[dict[str, Any]]:
    """First what is told of the file, then all its rows as they stand, some at a time; or the one sentence that refuses the file."""
    try:
        found = _rows(path, sheet, ReadLimits(**limits))
    except UnreadableFile as error:
        yield {"refused": error.sentence}
        return
    yield {"table": asdict(replace(found, rows=()))}
    for start in range(0, len(found.rows), BATCH):
        yield {"rows": found.rows[start : start + BATCH]}


def _content(path: Path, limits: ReadLimits) -> bytes:
    with path.open("rb") as file:
        content = file.read(limits.file_size + 1)
    if len(content) > limits.file_size:
        raise refusals.too_large(limits)
    if not content.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise refusals.empty()
    return content


def _rows(path: Path, sheet: str, limits: ReadLimits) -> Rows:
    content = _content(path, limits)
    if not content.startswith((ZIP_MAGIC, OLE_MAGIC)):
        return _text_rows(content, limits)
    book = _open(content, sheet, limits)
    for name in [sheet] if sheet else book.sheets:
        raw = book.read(name)
        if sheet or not _is_empty(raw.rows):
            told = telling.about_sheet(raw.facts, [line for line, _cells in raw.rows])
            return Rows(book.kind, raw.rows, sheet=name, sheets=book.sheets, notes=(*raw.notes, *told))
    raise refusals.empty()


def _table(path: Path, sheet: str, score: Callable[[Table], int], known: Callable[[str], bool], limits: ReadLimits) -> Table:
    content = _content(path, limits)
    if content.startswith((ZIP_MAGIC, OLE_MAGIC)):
        return _from_workbook(content, sheet, score, known, limits)
    return _from_text(content, known, limits)


def _from_text(content: bytes, known: Callable[[str], bool], limits: ReadLimits) -> Table:
    found = _text_rows(content, limits)
    table = _lay_out(found.rows, found.format, frozenset(), known, ragged=True)
    if table is None:
        raise refusals.empty()
    return replace(table, encoding=found.encoding, separator=found.separator, notes=(*found.notes, *table.notes))


def _text_rows(content: bytes, limits: ReadLimits) -> Rows:
    decoded, encoding, notes = text.decode(content)
    separator = text.guess_separator(decoded)
    records = text.Records(decoded, separator, limits)
    if _is_empty(records.rows):
        raise refusals.empty()
    told = tuple(records.renumbered(note) for note in notes)
    return Rows("CSV", records.rows, encoding=encoding, separator=text.SEPARATOR_NAMES[separator], notes=told)


def _open(content: bytes, sheet: str, limits: ReadLimits) -> workbook.Workbook:
    book = workbook.Workbook(content, limits)
    if sheet and sheet not in book.sheets:
        raise UnreadableFile(
            _("La feuille « %(sheet)s » n’existe pas dans ce classeur : %(sheets)s.")
            % {"sheet": sheet, "sheets": ", ".join(book.sheets)}
        )
    return book


def _from_workbook(
    content: bytes, sheet: str, score: Callable[[Table], int], known: Callable[[str], bool], limits: ReadLimits
) -> Table:
    book = _open(content, sheet, limits)
    best: Table | None = None
    others = []
    for name in [sheet] if sheet else book.sheets:
        raw = book.read(name)
        table = _lay_out(raw.rows, book.kind, frozenset(raw.facts.hidden_columns), known)
        if table is None:
            continue
        others.append(name)
        told = telling.about_sheet(raw.facts, [row.line for row in table.rows])
        table = replace(table, sheet=name, sheets=book.sheets, notes=(*raw.notes, *told, *table.notes))
        if best is None or score(table) > score(best):
            best = table
    if best is None:
        raise refusals.empty()
    if sheet:
        others = [name for name in book.sheets if book.holds_something(name)]
    left = telling.other_sheets(best.sheet, [name for name in others if name != best.sheet], book.hidden_sheets)
    return replace(best, notes=(*left, *best.notes))


def _is_empty(rows: Sequence[RawRow]) -> bool:
    return all(layout.is_blank(cell) for _line, cells in rows for cell in cells)


def _lay_out(
    rows: Sequence[RawRow], kind: str, hidden: frozenset[int], known: Callable[[str], bool], *, ragged: bool = False
) -> Table | None:
    """``ragged``: each row has the cells that its author gave it, rather than those of the sheet."""
    if _is_empty(rows):
        return None
    position = layout.find_heading(rows, known)
    heading_line, cells = rows[position]
    body = rows[position + 1 :]
    width = len(cells) if ragged else None
    headings, heading_notes = layout.name_headings(cells, body, hidden, width=width)
    words = tuple(layout.clean_heading(cell) for cell in cells)
    records, row_notes = layout.table_rows(body, headings, words, width=width)
    notes = (*heading_notes, *row_notes)
    return Table(kind, headings, records, heading_line, notes=notes, titles=layout.titles_above(rows[:position]))

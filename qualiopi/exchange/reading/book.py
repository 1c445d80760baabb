"""From bytes to a table: the one entry of this package."""

from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO

from django.utils.translation import gettext as _

from . import layout, text, workbook
from .guard import OLE_MAGIC, ZIP_MAGIC
from .limits import DEFAULT_LIMITS, ReadLimits
from .tables import RawRow, Table, UnreadableFile


def _nothing_known(_word: str) -> bool:
    return False


def read_table(
    file: BinaryIO,
    *,
    sheet: str = "",
    known: Callable[[str], bool] = _nothing_known,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> Table:
    """The table held by a CSV, XLSX, XLS or ODS file.

    ``sheet`` names one sheet (else the first visible one that holds a table); ``known`` says whether a heading is
    one we recognise, which helps to find the heading row. Raises ``UnreadableFile`` with a French sentence.
    """
    return best_sheet(file, score=lambda table: 0, sheet=sheet, known=known, limits=limits)


def best_sheet(
    file: BinaryIO,
    *,
    score: Callable[[Table], int],
    sheet: str = "",
    known: Callable[[str], bool] = _nothing_known,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> Table:
    """Like ``read_table``, but among several sheets takes the one with the highest score (the first on a tie)."""
    content = file.read(limits.file_size + 1)
    if len(content) > limits.file_size:
        raise UnreadableFile(
            _("Ce fichier dépasse %(size)s Mo. Partagez-le en plusieurs fichiers, une année par fichier par exemple.")
            % {"size": limits.file_size // (1024 * 1024)}
        )
    if not content.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise _empty()
    if content.startswith((ZIP_MAGIC, OLE_MAGIC)):
        return _from_workbook(content, sheet, score, known, limits)
    return _from_text(content, known, limits)


def _from_text(content: bytes, known: Callable[[str], bool], limits: ReadLimits) -> Table:
    decoded, encoding = text.decode(content)
    separator = text.guess_separator(decoded)
    rows = list(text.read_records(decoded, separator, limits))
    table = _lay_out(rows, "CSV", frozenset(), known)
    if table is None:
        raise _empty()
    return replace(table, encoding=encoding, separator=text.SEPARATOR_NAMES[separator])


def _from_workbook(
    content: bytes, sheet: str, score: Callable[[Table], int], known: Callable[[str], bool], limits: ReadLimits
) -> Table:
    book = workbook.Workbook(content, limits)
    if sheet and sheet not in book.sheets:
        raise UnreadableFile(
            _("La feuille « %(sheet)s » n’existe pas dans ce classeur : %(sheets)s.")
            % {"sheet": sheet, "sheets": ", ".join(book.sheets)}
        )
    kind = "XLS" if content.startswith(OLE_MAGIC) else "ODS" if b"opendocument.spreadsheet" in content[:200] else "XLSX"
    best: Table | None = None
    for name in [sheet] if sheet else book.sheets:
        raw = book.read(name)
        table = _lay_out(list(raw.rows), kind, raw.hidden_columns, known)
        if table is None:
            continue
        table = replace(table, sheet=name, sheets=book.sheets, notes=(*raw.notes, *table.notes))
        if best is None or score(table) > score(best):
            best = table
    if best is None:
        raise _empty()
    return best


def _lay_out(rows: list[RawRow], kind: str, hidden: frozenset[int], known: Callable[[str], bool]) -> Table | None:
    if all(layout.is_blank(cell) for _line, cells in rows for cell in cells):
        return None
    position = layout.find_heading(rows, known)
    heading_line, cells = rows[position]
    body = rows[position + 1 :]
    headings, heading_notes = layout.name_headings(cells, body, hidden)
    words = tuple(layout.clean_heading(cell) for cell in cells)
    records, row_notes = layout.table_rows(body, headings, words)
    return Table(kind, headings, records, heading_line, notes=(*heading_notes, *row_notes))


def _empty() -> UnreadableFile:
    return UnreadableFile(_("Ce fichier est vide. Déposez un tableau avec une ligne de titres et au moins une ligne."))

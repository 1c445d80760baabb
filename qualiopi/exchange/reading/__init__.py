"""Reading tables as people have them: CSV, XLSX, XLS, ODS, with everything that can be wrong with them.

No Django model here. ``read_table`` gives rows with the line numbers of the person's own file, or raises
``UnreadableFile`` with a French sentence that says what to do. What was left out, repaired or guessed on the way is in ``Table.notes``,
which pages and command show.
"""

from . import refusals
from .asking import best_sheet, read_rows, read_table
from .limits import DEFAULT_LIMITS, ReadLimits
from .tables import Cell, Heading, Note, NoteKind, RawRow, Row, Rows, Table, UnreadableFile

__all__ = [
    "DEFAULT_LIMITS",
    "Cell",
    "Heading",
    "Note",
    "NoteKind",
    "RawRow",
    "ReadLimits",
    "Row",
    "Rows",
    "Table",
    "UnreadableFile",
    "best_sheet",
    "read_rows",
    "read_table",
    "refusals",
]

"""Reading tables as people have them: CSV, XLSX, XLS, ODS, with everything that can be wrong with them.

No Django model here. ``read_table`` gives rows with the line numbers of the person's own file, or raises
``UnreadableFile`` with a French sentence that says what to do.
"""

from .asking import best_sheet, read_table
from .limits import DEFAULT_LIMITS, ReadLimits
from .tables import Cell, Heading, Row, Table, UnreadableFile

__all__ = [
    "DEFAULT_LIMITS",
    "Cell",
    "Heading",
    "ReadLimits",
    "Row",
    "Table",
    "UnreadableFile",
    "best_sheet",
    "read_table",
]

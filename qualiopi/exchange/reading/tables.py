"""What reading gives: a table with its headings, its rows and what was noticed on the way."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None
RawRow = tuple[int, tuple[Cell, ...]]


class UnreadableFile(Exception):
    """The file can't be read as a table. ``sentence`` is French, for the person, and says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Heading:
    """One column: its place in the file (from 0), its name made unique, whether it is hidden in the workbook."""

    index: int
    label: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One record, with the line number a spreadsheet shows for it. Values follow ``Table.headings``."""

    line: int
    values: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table as understood. ``notes`` are French sentences about what was left out or guessed."""

    format: str
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    heading_line: int
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(heading.label for heading in self.headings)

    def column(self, label: str) -> tuple[Cell, ...]:
        """The values of one column, top to bottom. Raises ``ValueError`` for an unknown label."""
        position = self.labels.index(label)
        return tuple(row.values[position] for row in self.rows)

"""What reading gives: a table with its headings, its rows and what was noticed on the way."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

Cell = str | int | float | bool | date | datetime | time | timedelta | None
RawRow = tuple[int, tuple[Cell, ...]]


class UnreadableFile(Exception):
    """The file can't be read as a table. ``sentence`` is French, for the person, and says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NoteKind(StrEnum):
    """What reading has to tell of a file that it reads all the same."""

    LEFT_OUT = "left_out"  # rows, tables or sheets that are not read
    HIDDEN = "hidden"  # what the spreadsheet does not show, and which is read
    REPAIRED = "repaired"  # letters that were lost, and given back
    READ_AS = "read_as"  # a choice that leaves no doubt: results of formulas, numbered headings, rows filled down
    DOUBT = "doubt"  # a choice among several readings, to be looked at


# More than this helps nobody to find them.
MOST_LINES = 50
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to tell: a French sentence, complete by itself, the lines it speaks of (as a spreadsheet numbers them), and the words of
    the file that show it.
    """

    kind: NoteKind
    sentence: str
    lines: tuple[int, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether somebody must look: the reader chose, and another reading holds."""
        return self.kind is NoteKind.DOUBT

    def __str__(self) -> str:
        """The sentence, then its words: « Ces mots ont été réparés : … (« Lefèvre », « Zoé ») »."""
        words = ", ".join(f"« {word} »" for word in self.words)
        return f"{self.sentence} ({words})" if words else self.sentence

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {"kind": str(self.kind), "sentence": self.sentence, "lines": list(self.lines), "words": list(self.words)}


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
    """A table as understood. ``notes`` tell what was left out, repaired or guessed."""

    format: str
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    heading_line: int
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[Note, ...] = field(default=())
    # What stands above the headings, alone on its line: line, text.
    titles: tuple[tuple[int, str], ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(heading.label for heading in self.headings)

    def column(self, label: str) -> tuple[Cell, ...]:
        """The values of one column, top to bottom. Raises ``ValueError`` for an unknown label."""
        position = self.labels.index(label)
        return tuple(row.values[position] for row in self.rows)


@dataclass(frozen=True)
class Rows:
    """Every row of a file as it stands, with the line number a spreadsheet shows for it: for files that hold several tables."""

    format: str
    rows: tuple[RawRow, ...]
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[Note, ...] = field(default=())

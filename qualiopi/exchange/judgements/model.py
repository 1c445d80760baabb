"""What judging a column gives: one way of reading all its cells, the other ways, and what to tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qualiopi.exchange.reading.tables import Cell

Parse = Callable[[Any], Any]
Span = tuple[date, date]
# What somebody chooses for a word that is to bring nothing.
LEFT_OUT = "-"


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one column, from top to bottom, with the number of their lines in the person's file."""

    heading: str
    lines: Sequence[int]
    values: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a column: the other columns of its kind, the days of the session of each line (None when it is not known), and
    what somebody chose: a reading by its key, what words become by their comparison key.
    """

    siblings: tuple[Cells, ...] = ()
    days: Callable[[], Sequence[Span | None]] = tuple
    chosen: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of reading every cell of a column. ``label`` says it with a value of the column: « 06/02/2026 est le 6 février 2026 »."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a column and what it becomes: the key of a choice, ``LEFT_OUT``, or "" as long as nobody said."""

    text: str
    key: str
    becomes: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a column is read.

    ``parse`` reads a cell (raises ``CellError``). ``readings`` are the possible ones, ``chosen`` the one in force; both are empty where
    nothing is to be chosen. ``sentence`` tells what was understood, about ``lines`` (empty: all); ``doubtful``: somebody should look.
    ``words`` are those whose meaning may be chosen among ``choices`` (key, label).
    """

    parse: Parse
    chosen: str = ""
    readings: tuple[Reading, ...] = ()
    sentence: str = ""
    doubtful: bool = False
    lines: tuple[int, ...] = ()
    words: tuple[Word, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def unknown(self) -> tuple[Word, ...]:
        """The words that stop the import until somebody says what they become."""
        return tuple(word for word in self.words if not word.becomes)


Judge = Callable[[Cells, Context], Judgement]


def in_force(context: Context, readings: Sequence[Reading], proposed: str) -> str:
    """The reading somebody chose when it is one of these, else the proposed one."""
    return context.chosen if any(reading.key == context.chosen for reading in readings) else proposed

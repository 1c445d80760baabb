"""Asking a child process for the table of a file: it reads, we believe nothing that has another shape than a table."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from typing import Any, BinaryIO, TypeVar

from qualiopi.exchange.mapping import Sought
from qualiopi.sandbox import Cause, Died, limits_for, run

from . import refusals
from .limits import DEFAULT_LIMITS, ReadLimits
from .tables import Cell, Heading, Note, NoteKind, RawRow, Row, Rows, Table, UnreadableFile

# What a child runs.
READ = "qualiopi.exchange.reading.book:read"
READ_ROWS = "qualiopi.exchange.reading.book:read_rows"
# What a child may answer: a table of 20 MB whose letters all need an escape.
LONGEST_ANSWER = 128 * 1024 * 1024
_CELLS = Cell.__args__  # type: ignore[attr-defined]
_NAMES = ("format", "encoding", "separator", "sheet")
T = TypeVar("T")


def read_table(
    file: BinaryIO, *, sheet: str = "", known: frozenset[str] = frozenset(), limits: ReadLimits = DEFAULT_LIMITS
) -> Table:
    """The table held by a CSV, XLSX, XLS or ODS file.

    ``sheet`` names one sheet (else the first visible one that holds a table); ``known`` are the headings we recognise, as comparison
    keys, which help to find the heading row. Raises ``UnreadableFile`` with a French sentence.
    """
    return _table(file, sheet=sheet, known=known, columns=(), limits=limits)


def best_sheet(file: BinaryIO, *, columns: Sequence[Sought], sheet: str = "", limits: ReadLimits = DEFAULT_LIMITS) -> Table:
    """Like ``read_table``, but among several sheets takes the one of which most headings are among ``columns`` (the first on a tie)."""
    known = frozenset(key for column in columns for key in column.keys)
    return _table(file, sheet=sheet, known=known, columns=columns, limits=limits)


def read_rows(file: BinaryIO, *, sheet: str = "", limits: ReadLimits = DEFAULT_LIMITS) -> Rows:
    """Every row of a CSV, XLSX, XLS or ODS file, without looking for a table: for files that hold several, one under the other.

    ``sheet`` names one sheet, empty or not (else the first visible one that holds something). Raises ``UnreadableFile`` with a French
    sentence.
    """
    return _ask(READ_ROWS, file, {"sheet": sheet, "limits": asdict(limits)}, _gather, limits)


def _table(file: BinaryIO, *, sheet: str, known: frozenset[str], columns: Sequence[Sought], limits: ReadLimits) -> Table:
    arguments = {
        "sheet": sheet,
        "known": sorted(known),
        "columns": [column.told() for column in columns],
        "limits": asdict(limits),
    }
    return _ask(READ, file, arguments, _assemble, limits)


def _ask(parser: str, file: BinaryIO, arguments: dict[str, Any], assemble: Callable[[Iterator[Any]], T], limits: ReadLimits) -> T:
    size = file.seek(0, os.SEEK_END)
    if size > limits.file_size:
        raise refusals.too_large(limits)
    file.seek(0)
    budget = limits_for(size, output=LONGEST_ANSWER)
    try:
        # Closed at once, and the child with it, whatever becomes of the error.
        with closing(run(parser, file, arguments=arguments, limits=budget)) as messages:
            return assemble(messages)
    except Died as died:
        raise _REFUSALS[died.cause](limits) from died
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise refusals.unreadable() from error


def _first(messages: Iterator[Any]) -> dict[str, Any]:
    first: dict[str, Any] = next(messages, {})
    if "refused" in first:
        raise UnreadableFile(str(first["refused"]))
    told: dict[str, Any] = first["table"]
    return told


def _gather(messages: Iterator[Any]) -> Rows:
    told = _first(messages)
    rows: list[RawRow] = []
    for message in messages:
        for line, values in message["rows"]:
            if not all(isinstance(value, _CELLS) for value in values):
                raise ValueError("Not the cells of a file.")
            rows.append((int(line), tuple(values)))
    sheets = tuple(str(name) for name in told["sheets"])
    return Rows(rows=tuple(rows), sheets=sheets, notes=_notes(told), **{name: str(told[name]) for name in _NAMES})


def _assemble(messages: Iterator[Any]) -> Table:
    told = _first(messages)
    headings = tuple(
        Heading(int(heading["index"]), str(heading["label"]), bool(heading["hidden"])) for heading in told["headings"]
    )
    rows: list[Row] = []
    for message in messages:
        for line, values in message["rows"]:
            if len(values) != len(headings) or not all(isinstance(value, _CELLS) for value in values):
                raise ValueError("Not the cells of this table.")
            rows.append(Row(int(line), tuple(values)))
    if len(rows) != told["rows"]:
        raise ValueError("Not the rows of this table.")
    return Table(
        headings=headings,
        rows=tuple(rows),
        heading_line=int(told["heading_line"]),
        sheets=tuple(str(name) for name in told["sheets"]),
        notes=_notes(told),
        titles=tuple((int(line), str(text)) for line, text in told["titles"]),
        **{name: str(told[name]) for name in _NAMES},
    )


def _notes(told: dict[str, Any]) -> tuple[Note, ...]:
    return tuple(
        Note(
            NoteKind(note["kind"]),
            str(note["sentence"]),
            tuple(int(line) for line in note["lines"]),
            tuple(str(word) for word in note["words"]),
        )
        for note in told["notes"]
    )


_REFUSALS = {
    Cause.MEMORY: lambda _limits: refusals.too_heavy(),
    Cause.OUTPUT: refusals.too_many_rows,
    Cause.TIME: lambda _limits: refusals.too_long(),
    Cause.CRASH: lambda _limits: refusals.unreadable(),
    Cause.BUSY: lambda _limits: refusals.busy(),
}

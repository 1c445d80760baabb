"""The table of an attendance sheet: one line per person, one column per half-day, signatures as they were drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.template.loader import render_to_string
from django.utils import translation

from qualiopi.web.dates import clock, short_date
from trainings.attendance.models import MarkKind
from trainings.attendance.queries import Sheet, SheetCell, SheetCountersignature
from trainings.sessions.models import HalfDay

# What fits across a page: a longer session goes on in tables below, with the names again.
COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell as it is printed. `drawing`: empty when nothing was drawn, then `kind` is; `mention`: empty when nothing sets it apart."""

    drawing: str
    kind: str
    words: str
    mention: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Part:
    """Some half-days of the sheet, with what everybody did then; `first` and `last` count from one."""

    first: int
    last: int
    half_days: Sequence[HalfDay]
    people: list[tuple[str, Sequence[Printed | None]]]
    countersignatures: Sequence[SheetCountersignature | None]


def sheet_table(sheet: Sheet) -> str:
    """The tables as HTML, in French. The way by which most people signed is said once, above; the others in their cells."""
    count = len(sheet.half_days)
    # Tables of about as many columns each: the last one does not stand with a single half-day.
    width = ceil(count / ceil(count / COLUMNS)) if count else 1
    usual = _usual(sheet)
    parts = []
    for start in range(0, count, width):
        columns = slice(start, start + width)
        parts.append(
            _Part(
                start + 1,
                min(start + width, count),
                sheet.half_days[columns],
                [
                    (str(person.enrolment.trainee), [printed(cell, usual) if cell else None for cell in person.cells[columns]])
                    for person in sheet.people
                ],
                sheet.countersignatures[columns],
            )
        )
    with translation.override("fr"):
        return render_to_string("documents/pdf/sheet.html", {"parts": parts, "count": count, "usual": usual})


def printed(cell: SheetCell, usual: str) -> Printed:
    """What a cell says: the way only when it is not the usual one, the day only when it was signed late or corrected."""
    said = [] if (cell.kind, cell.method_label) == (MarkKind.PRESENT, usual) else [cell.method_label]
    said.append(
        f"le {short_date(cell.signed_at)} à {clock(cell.signed_at)}" if cell.late or cell.corrected else clock(cell.signed_at)
    )
    if cell.minutes is not None:
        said.append(f"{cell.minutes} min suivies")
    mention = "En retard" if cell.late else "Corrigé" if cell.corrected else ""
    return Printed(cell.drawing, cell.kind_label, ", ".join(said), mention, cell.reason)


def _usual(sheet: Sheet) -> str:
    """The method by which most people signed, in words; empty when nobody did."""
    methods = Counter(
        cell.method_label
        for person in sheet.people
        for cell in person.cells
        if cell is not None and cell.kind == MarkKind.PRESENT
    )
    return str(methods.most_common(1)[0][0]) if methods else ""

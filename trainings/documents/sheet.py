"""The table of an attendance sheet: one line per person, one column per half-day, signatures as they were drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from trainings.attendance.queries import Sheet, SheetCell, SheetCountersignature
from trainings.sessions.models import HalfDay

# What fits across a page: a longer session goes on in a table below, with the names again.
COLUMNS = 6


@dataclass(frozen=True, slots=True)
class _Part:
    """Some half-days of the sheet, with what everybody did then."""

    half_days: Sequence[HalfDay]
    people: list[tuple[str, Sequence[SheetCell | None]]]
    countersignatures: Sequence[SheetCountersignature | None]


def sheet_table(sheet: Sheet) -> str:
    """The table as HTML, in French."""
    parts = []
    for start in range(0, len(sheet.half_days), COLUMNS):
        columns = slice(start, start + COLUMNS)
        parts.append(
            _Part(
                sheet.half_days[columns],
                [(str(person.enrolment.trainee), person.cells[columns]) for person in sheet.people],
                sheet.countersignatures[columns],
            )
        )
    with translation.override("fr"):
        return render_to_string("documents/pdf/sheet.html", {"parts": parts})

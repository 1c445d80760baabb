"""Imports of an organisation, and what was understood of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from qualiopi.exchange.judgements import Judgement
from qualiopi.exchange.kinds import resource_class
from qualiopi.exchange.mapping import Guess, Sought, guess_columns
from qualiopi.exchange.models import ImportRun, ImportState, RememberedMapping
from qualiopi.exchange.reading import Note, Row, Table, best_sheet
from qualiopi.files.verbs import open_checked
from qualiopi.organisations.models import Organisation


def runs_of(organisation: Organisation) -> QuerySet[Any]:
    """The imports of an organisation, newest first, with what a list shows."""
    return ImportRun.objects.for_organisation(organisation).select_related("file", "created_by").defer("undo_log")


def imported_before(run: ImportRun) -> ImportRun | None:
    """The last import of the same kind that was confirmed, and not undone, from a file with exactly these bytes; one query."""
    same = runs_of(run.organisation).filter(kind=run.kind, state=ImportState.CONFIRMED, file__sha256=run.file.sha256)
    found: ImportRun | None = same.exclude(pk=run.pk).order_by("-confirmed_at", "pk").first()
    return found


def remembered_mapping(organisation: Organisation, kind: str) -> dict[str, str]:
    """Heading key -> column key, as the last import of this kind left it; empty when there is none."""
    kept = RememberedMapping.objects.for_organisation(organisation).filter(kind=kind).first()
    return dict(kept.headings) if kept else {}


def read_for_kind(file: Any, kind: str, *, sheet: str = "") -> Table:
    """The table of a file, on the sheet that fits this kind best. Raises ``UnreadableFile``."""
    columns = [Sought.of(column) for column in resource_class(kind).columns()]
    return best_sheet(file, columns=columns, sheet=sheet)


def table_of(run: ImportRun) -> Table:
    """The table of an import, with the cells corrected on the spot. Raises ``UnreadableFile`` or ``AlteredFile``."""
    with open_checked(run.file) as file:
        table = read_for_kind(file, run.kind, sheet=run.sheet)
    return corrected(table, run.corrections)


def corrected(table: Table, corrections: dict[str, str]) -> Table:
    """The table with some cells replaced; ``corrections``: « line:heading » -> text."""
    if not corrections:
        return table
    labels = table.labels
    rows = []
    for row in table.rows:
        values = tuple(
            corrections.get(correction_key(row.line, label), value) for label, value in zip(labels, row.values, strict=True)
        )
        rows.append(Row(row.line, values))
    return replace(table, rows=tuple(rows))


def correction_key(line: int, heading: str) -> str:
    """How a corrected cell is named."""
    return f"{line}:{heading}"


def judged(run: ImportRun, table: Table, mapping: Mapping[str, str]) -> tuple[dict[str, Judgement], list[Note]]:
    """How each column is read, by heading, under ``mapping`` and what the run keeps of what was chosen; and what is told of the lines."""
    resource = resource_class(run.kind)(run=run)
    resource.prepare(table, mapping)
    return {resource.heading_of[key]: judgement for key, judgement in resource.judgements.items()}, resource.outcome.notes


def guesses_for(run: ImportRun, table: Table) -> list[Guess]:
    """What each heading is taken for, with what the organisation said last time."""
    return guess_columns(table.labels, resource_class(run.kind).columns(), remembered_mapping(run.organisation, run.kind))

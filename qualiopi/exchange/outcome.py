"""What checking or importing a table gives: counts, problems by line and column, a preview, what is needed to undo."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from qualiopi.exchange.reading import Note

PROBLEMS_KEPT = 500
PREVIEW_ROWS = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to tell about a cell, a line (no heading) or the whole table (line 0). ``blocking`` stops the import."""

    line: int
    heading: str
    value: str
    sentence: str
    blocking: bool
    suggestion: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass
class PreviewRow:
    """A line as it will be kept: its cells, and what happens to it."""

    line: int
    cells: list[str]
    effect: str


@dataclass
class ImportOutcome:
    """Result of one pass over a table. ``counts`` names what is created or updated besides the lines themselves."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # What reading the file had to tell, and what judging its columns adds.
    notes: list[Note] = field(default_factory=list)
    # How each column was judged, where there was something to choose or to tell.
    readings: list[dict[str, Any]] = field(default_factory=list)
    preview_headings: list[str] = field(default_factory=list)
    preview: list[PreviewRow] = field(default_factory=list)
    undo_log: dict[str, Any] = field(default_factory=dict)

    @property
    def blocking(self) -> list[Problem]:
        """What stops the import."""
        return [problem for problem in self.problems if problem.blocking]

    @property
    def notices(self) -> list[Problem]:
        """What is told without stopping anything."""
        return [problem for problem in self.problems if not problem.blocking]

    def summary(self) -> dict[str, Any]:
        """What is kept on the import run and shown on its pages; long lists are cut, their true length is kept."""
        blocking, notices = self.blocking, self.notices
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "counts": self.counts,
            "blocking_cells": len(blocking),
            "blocking_lines": len({problem.line for problem in blocking}),
            "notice_count": len(notices),
            "notes": [note.as_dict() for note in self.notes],
            "blocking": [problem.as_dict() for problem in blocking[:PROBLEMS_KEPT]],
            "notices": [problem.as_dict() for problem in notices[:PROBLEMS_KEPT]],
            "preview_headings": self.preview_headings,
            "preview": [asdict(row) for row in self.preview],
        }


def as_json(value: Any) -> Any:
    """A value of a row as the undo log keeps and compares it."""
    return value if value is None or isinstance(value, bool | int | str) else str(value)

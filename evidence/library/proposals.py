"""What is proposed to whoever files a piece, from the standard's own data. Pure: no clock, no query."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from qualiopi.standard.book import expectations
from qualiopi.standard.model import Grid
from qualiopi.text import comparison_key


@dataclass(frozen=True, slots=True)
class Proposal:
    """For one type of document: the indicators it may serve in a grid, the checklist, the audience question, what to link."""

    indicators: tuple[int, ...]
    contents: tuple[str, ...]
    asks_audience: bool
    linked_to: tuple[str, ...]


def propose(document_type: str, grid: Grid) -> Proposal:
    """What a document of this type may prove in this grid; nothing for an unknown type."""
    ways = [
        expectation.document
        for expectation in expectations().expectations
        if expectation.document and grid.id in expectation.grids and document_type in expectation.document.types
    ]
    return Proposal(
        indicators=tuple(number for number in expectations().indicators_of(document_type) if grid.has(number)),
        contents=expectations().checklist_of(document_type),
        asks_audience=any(way.audience for way in ways),
        linked_to=tuple(dict.fromkeys(way.linked_to for way in ways)),
    )


def type_label(document_type: str) -> str:
    """The French label of a type; the key itself for one that an older version of the data knew, "" for none."""
    return expectations().document_types.get(document_type, document_type)


def content_label(key: str) -> str:
    """The French label of a line of a checklist."""
    return expectations().contents.get(key, key)


def title_from(file_name: str) -> str:
    """A title to start from: the name of the file without its extension, underscores as spaces."""
    return " ".join(PurePath(file_name).stem.replace("_", " ").split())[:200]


def same_subject_key(title: str) -> str:
    """A title without its figures: « Sollicitation des financeurs 2027 » and « … 2026 v2 » are the same piece, renewed."""
    return " ".join(word for word in comparison_key(title).split() if not any(c.isdigit() for c in word))

"""What is proposed to whoever files a piece, from the standard's own data. Pure: no clock, no query."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import PurePath

from qualiopi.standard.book import expectations
from qualiopi.standard.model import Grid
from qualiopi.text import comparison_key

# Words that many labels share tell nothing of the type; short ones neither.
_SHORTEST_WORD = 4
_COMMON = frozenset({"document", "fiche", "formation", "note", "liste", "page", "dans", "pour", "avec", "date", "dates", "suivi"})
_STEM = 6
# What people call a type by initials.
_INITIALS = {"cv": "cv", "cr": "meeting_minutes", "ri": "internal_rules"}


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


def guess_type(file_name: str) -> str:
    """The type whose label shares most with the name of the file; "" when nothing does or two types tie."""
    key = comparison_key(PurePath(file_name).stem)
    for word in key.split():
        if word in _INITIALS:
            return _INITIALS[word]
    words = _words(key)
    scores = sorted(
        ((len(words & label) / len(label) + len(words & label), key) for key, label in _labels().items() if words & label),
        reverse=True,
    )
    if not scores or (len(scores) > 1 and scores[0][0] == scores[1][0]):
        return ""
    return scores[0][1]


def title_from(file_name: str) -> str:
    """A title to start from: the name of the file without its extension, underscores as spaces."""
    return " ".join(PurePath(file_name).stem.replace("_", " ").split())[:200]


def same_subject_key(title: str) -> str:
    """A title without its figures: « Sollicitation des financeurs 2027 » and « … 2026 v2 » are the same piece, renewed."""
    return " ".join(word for word in comparison_key(title).split() if not any(c.isdigit() for c in word))


@cache
def _labels() -> dict[str, frozenset[str]]:
    return {key: frozenset(_words(label)) for key, label in expectations().document_types.items()}


def _words(text: str) -> set[str]:
    return {word[:_STEM] for word in comparison_key(text).split() if len(word) >= _SHORTEST_WORD and word not in _COMMON}

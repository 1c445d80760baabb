"""Which column of a file is which: guessed from synonyms, or as the organisation said last time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualiopi.exchange.columns import Column
from qualiopi.text import comparison_key


class Confidence(StrEnum):
    """How sure a guess is."""

    REMEMBERED = "remembered"
    SURE = "sure"
    DOUBTFUL = "doubtful"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Guess:
    """What one heading is taken for; ``column`` is empty when nothing fits."""

    heading: str
    column: str
    confidence: Confidence


# Words that say nothing of a column's content, left out when headings are compared by their words.
HOLLOW = frozenset(
    ["de", "du", "des", "la", "le", "les", "l", "d", "en", "et", "a", "au", "aux", "un", "une", "votre", "vos", "nom", "ht"]
)
LEAST_SHARED = 0.6


def known_heading(columns: Iterable[Column]) -> frozenset[str]:
    """Every heading we know for these columns, as comparison keys: helps to find the heading row."""
    return frozenset(key for column in columns for key in column.keys)


def guess_columns(headings: Sequence[str], columns: Sequence[Column], remembered: Mapping[str, str] | None = None) -> list[Guess]:
    """One guess per heading, in their order; a column serves at most once. ``remembered``: heading key -> column key."""
    by_key = {column.key: column for column in columns}
    found: dict[int, Guess] = {}
    taken: set[str] = set()

    def settle(position: int, column: str, confidence: Confidence) -> None:
        found[position] = Guess(headings[position], column, confidence)
        taken.add(column)

    keys = [comparison_key(heading) for heading in headings]
    for position, key in enumerate(keys):
        column = (remembered or {}).get(key)
        if column == "":
            found[position] = Guess(headings[position], "", Confidence.REMEMBERED)
        elif column in by_key and column not in taken:
            settle(position, column, Confidence.REMEMBERED)
    for position, key in enumerate(keys):
        if position not in found:
            exact = next((c for c in columns if key in c.keys and (c.key not in taken or c.never)), None)
            if exact is not None:
                settle(position, exact.key, Confidence.DOUBTFUL if exact.doubt else Confidence.SURE)
    for position, key in enumerate(keys):
        if position not in found:
            near = _nearest(key, [column for column in columns if column.key not in taken])
            if near is not None:
                settle(position, near.key, Confidence.SURE if near.pattern and not near.doubt else Confidence.DOUBTFUL)
    return [found.get(position, Guess(heading, "", Confidence.NONE)) for position, heading in enumerate(headings)]


def _nearest(key: str, columns: Sequence[Column]) -> Column | None:
    for column in columns:
        if column.pattern is not None and column.pattern.search(key):
            return column
    words = set(key.split()) - HOLLOW
    best, best_share = None, 0.0
    for column in columns:
        for synonym in column.keys:
            wanted = set(synonym.split()) - HOLLOW
            if wanted and wanted <= words:
                share = len(wanted) / len(words)
                if share >= LEAST_SHARED and share > best_share:
                    best, best_share = column, share
    return best


def mapping_of(guesses: Iterable[Guess]) -> dict[str, str]:
    """Heading -> column key, only for what is mapped."""
    return {guess.heading: guess.column for guess in guesses if guess.column}

"""Which column of a file is which: guessed from synonyms, or as the organisation said last time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from qualiopi.text import comparison_key

if TYPE_CHECKING:
    from qualiopi.exchange.columns import Column


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


@dataclass(frozen=True, slots=True)
class Sought:
    """What the headings of a file are compared with: the side of a ``Column`` that can be told to another process."""

    key: str
    keys: frozenset[str]
    pattern: re.Pattern[str] | None = None
    doubt: bool = False
    never: bool = False
    unusual: frozenset[str] = frozenset()

    @classmethod
    def of(cls, column: Column) -> Sought:
        """That side of a column."""
        return cls(column.key, column.keys, column.pattern, bool(column.doubt), bool(column.never), column.unusual)

    def told(self) -> dict[str, Any]:
        """As JSON holds it."""
        pattern = self.pattern.pattern if self.pattern is not None else ""
        return {
            "key": self.key,
            "keys": sorted(self.keys),
            "pattern": pattern,
            "doubt": self.doubt,
            "never": self.never,
            "unusual": sorted(self.unusual),
        }

    @classmethod
    def heard(cls, told: Mapping[str, Any]) -> Sought:
        """What ``told`` gave."""
        pattern = re.compile(told["pattern"]) if told["pattern"] else None
        return cls(told["key"], frozenset(told["keys"]), pattern, told["doubt"], told["never"], frozenset(told["unusual"]))


# Words that say nothing of a column's content, left out when headings are compared by their words.
HOLLOW = frozenset(
    ["de", "du", "des", "la", "le", "les", "l", "d", "en", "et", "a", "au", "aux", "un", "une", "votre", "vos", "nom", "ht"]
)
LEAST_SHARED = 0.6


def guess_columns(
    headings: Sequence[str], columns: Sequence[Column] | Sequence[Sought], remembered: Mapping[str, str] | None = None
) -> list[Guess]:
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
            if exact is not None and not (key in exact.unusual and _usually_said(exact, keys)):
                doubtful = exact.doubt or key in exact.unusual
                settle(position, exact.key, Confidence.DOUBTFUL if doubtful else Confidence.SURE)
    for position, key in enumerate(keys):
        if position not in found:
            near = _nearest(key, [column for column in columns if column.key not in taken])
            if near is not None:
                settle(position, near.key, Confidence.SURE if near.pattern and not near.doubt else Confidence.DOUBTFUL)
    return [found.get(position, Guess(heading, "", Confidence.NONE)) for position, heading in enumerate(headings)]


def _usually_said(column: Column | Sought, keys: Sequence[str]) -> bool:
    """Whether another heading of the file means this column as one usually says it."""
    return any(key in column.keys and key not in column.unusual for key in keys)


def _nearest(key: str, columns: Sequence[Column | Sought]) -> Column | Sought | None:
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

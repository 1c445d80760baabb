"""Dated duties beside the indicators, with where each comes from and how sure one is. Pure: reads its own YAML, knows no clock."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from qualiopi.standard.grids import DATA, standard
from qualiopi.standard.located import Reader

# The text itself or two independent sources; one source; our deduction; looked for and not found.
SURE = ("established", "one_source", "deduced", "not_found")


@dataclass(frozen=True, slots=True)
class Duty:
    """``since``: the day from which it holds, None when it always did or is not known. ``sure``: one of ``SURE``."""

    key: str
    says: str  # French
    since: date | None
    source: str
    sure: str
    indicators: frozenset[int]


@cache
def duties() -> tuple[Duty, ...]:
    """Every duty that this version of the product knows, read and checked once."""
    return load_duties(DATA / "duties.yaml")


def load_duties(path: Path) -> tuple[Duty, ...]:
    """Raises ``StandardDataError`` naming file and line."""
    reader = Reader(path)
    content = reader.load()
    reader.only(content, required=("state_of", "duties"))
    numbers = frozenset(indicator.number for grid in standard().grids for indicator in grid.indicators)
    block = reader.block(content, "duties")
    found = []
    for key in block:
        entry = reader.block(block, key)
        reader.only(entry, required=("says", "since", "source", "sure", "indicators"))
        chosen = frozenset(reader.items(entry, "indicators"))
        if not chosen <= numbers:
            raise reader.fail(entry.lines["indicators"], f"no such indicator: {sorted(chosen - numbers)}")
        found.append(
            Duty(
                key=key,
                says=reader.text(entry, "says"),
                since=reader.day(entry, "since"),
                source=reader.text(entry, "source"),
                sure=reader.name(entry, "sure", SURE, "how sure one is"),
                indicators=chosen,
            )
        )
    return tuple(found)


def duties_on(number: int, day: date) -> tuple[Duty, ...]:
    """Those of an indicator that hold on a day."""
    return tuple(duty for duty in duties() if number in duty.indicators and (duty.since is None or duty.since <= day))

"""The grid follows the date of the audit."""

from datetime import date, datetime
from functools import cache
from pathlib import Path

from qualiopi.standard.grid_loader import load_standard
from qualiopi.standard.model import Grid, Guide, Standard

DATA = Path(__file__).parent / "data"


@cache
def standard() -> Standard:
    """The standard as this version of the product knows it, read and checked once."""
    return load_standard(DATA / "rnq.yaml")


def grid_for(audit_date: date) -> Grid:
    """The grid of an audit held on this day: 32 indicators before 1 November 2026, 33 from that day on.

    Raises ``TypeError`` for a moment: whoever asks decides which day it is there. Source: décret n° 2026-728 du 1er août 2026.
    """
    if isinstance(audit_date, datetime):
        raise TypeError("a day is expected, not a moment")
    for grid in reversed(standard().grids):
        if grid.start is None or audit_date >= grid.start:
            return grid
    raise AssertionError("the loader guarantees a first grid without a start")


def guides_for(audit_date: date) -> tuple[Guide, ...]:
    """The reading guides an audit of this day may use, the one that has to be used first. Grid and guide are two choices.

    A guide may be used from the day it is online, and must be from its own date, at most two months later (guide V9, preamble): between
    the two, both may. Empty before the first guide known here.
    """
    online = [guide for guide in standard().guides if guide.published is not None and guide.published <= audit_date]
    due = [guide for guide in online if guide.applicable_from is not None and guide.applicable_from <= audit_date]
    coming = [guide for guide in online if guide not in due]
    return (*due[-1:], *coming)


def grid(identifier: str) -> Grid:
    """The grid called ``2019`` or ``2026``. Raises ``KeyError``."""
    for candidate in standard().grids:
        if candidate.id == identifier:
            return candidate
    raise KeyError(identifier)

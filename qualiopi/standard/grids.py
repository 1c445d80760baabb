"""The grid follows the date of the audit."""

from datetime import date, datetime
from functools import cache
from pathlib import Path

from qualiopi.standard.grid_loader import load_standard
from qualiopi.standard.model import Grid, Standard

DATA = Path(__file__).parent / "data"


@cache
def standard() -> Standard:
    """The standard as this version of the product knows it, read and checked once."""
    return load_standard(DATA / "rnq.yaml")


def grid_for(audit_date: date) -> Grid:
    """The grid of an audit held on this day (Europe/Paris): 32 indicators before 1 November 2026, 33 from that day on.

    Raises ``TypeError`` for a moment: whoever asks decides which day it is in Paris. Source: décret n° 2026-728 du 1er août 2026.
    """
    if isinstance(audit_date, datetime):
        raise TypeError("a day is expected, not a moment")
    for grid in reversed(standard().grids):
        if grid.start is None or audit_date >= grid.start:
            return grid
    raise AssertionError("the loader guarantees a first grid without a start")


def grid(identifier: str) -> Grid:
    """The grid called ``2019`` or ``2026``. Raises ``KeyError``."""
    for candidate in standard().grids:
        if candidate.id == identifier:
            return candidate
    raise KeyError(identifier)

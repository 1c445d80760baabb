"""The expectations of this version of the product, read and checked once."""

from functools import cache

from qualiopi.standard.expectation_loader import load_expectations
from qualiopi.standard.expectations import ExpectationBook
from qualiopi.standard.grids import DATA, standard


@cache
def expectations() -> ExpectationBook:
    """Raises ``StandardDataError`` if the project's own data is wrong."""
    return load_expectations(DATA / "expectations", standard())

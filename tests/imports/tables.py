"""Small tables typed in tests."""

import io

from qualiopi.exchange.reading import Table, read_table


def table(text: str) -> Table:
    """A table from lines separated by semicolons, as a French spreadsheet writes them."""
    return read_table(io.BytesIO(text.strip().encode()))

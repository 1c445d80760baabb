"""What the name of a file says of the piece: its type and its indicators, right or nothing. Pure: no clock, no query."""

from evidence.library.naming.numbers import Numbers, read_numbers
from evidence.library.naming.reading import TypeRead, read_type

__all__ = ["Numbers", "TypeRead", "read_numbers", "read_type"]

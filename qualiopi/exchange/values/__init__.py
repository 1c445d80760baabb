"""From the text of a cell to a value, the French way. Each function returns ``None`` (or ``""``) for an empty cell
and raises ``CellError`` with a French sentence that says what to do."""

from .dates import parse_date, parse_moment
from .errors import CellError
from .numbers import parse_amount, parse_count, parse_hours, parse_mark
from .people import (
    Person,
    name_case,
    names_come_last_first,
    parse_email,
    parse_person,
    parse_phone,
    parse_postcode,
    parse_siret,
    split_people,
)
from .words import parse_choice

__all__ = [
    "CellError",
    "Person",
    "name_case",
    "names_come_last_first",
    "parse_amount",
    "parse_choice",
    "parse_count",
    "parse_date",
    "parse_email",
    "parse_hours",
    "parse_mark",
    "parse_moment",
    "parse_person",
    "parse_phone",
    "parse_postcode",
    "parse_siret",
    "split_people",
]

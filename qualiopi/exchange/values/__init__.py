"""From the text of a cell to a value, the French way. Each function returns ``None`` (or ``""``) for an empty cell
and raises ``CellError`` with a French sentence that says what to do."""

from .dates import parse_date, parse_moment
from .days import Days, parse_days
from .errors import CellError
from .numbers import parse_amount, parse_count, parse_hours
from .people import (
    FOUR_DIGITS,
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

__all__ = [
    "FOUR_DIGITS",
    "CellError",
    "Days",
    "Person",
    "name_case",
    "names_come_last_first",
    "parse_amount",
    "parse_count",
    "parse_date",
    "parse_days",
    "parse_email",
    "parse_hours",
    "parse_moment",
    "parse_person",
    "parse_phone",
    "parse_postcode",
    "parse_siret",
    "split_people",
]

"""Rows as compact JSON, by the names of their fields, and back: what has its usual value is left out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from trainings.facts.rows import Told

_day = lru_cache(maxsize=8192)(date.fromisoformat)


def pack(told: Told) -> str:
    """One session as text. The same facts give the same text."""
    return json.dumps(_plain(told), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def unpack(texts: Iterable[str]) -> list[Told]:
    """The rows that these texts say. Raise KeyError, TypeError or ValueError for texts that `pack` did not write."""
    read = _reader(Told)
    assert read is not None  # noqa: S101  (a row is never as JSON gives it)
    return [read(each) for each in json.loads(f"[{','.join(texts)}]")]


def _plain(value: Any) -> Any:
    if hasattr(value, "_fields"):
        usual = value._field_defaults
        pairs = zip(value._fields, value, strict=True)
        return {name: _plain(each) for name, each in pairs if name not in usual or each != usual[name]}
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@cache
def _reader(hint: Any) -> Callable[[Any], Any] | None:
    """What turns the JSON of a value of this type into the value; None when it is the value already."""
    if hint is date:
        return _day
    if hint is Decimal:
        return Decimal
    if hasattr(hint, "_fields"):
        return _reader_of_row(hint)
    kinds = get_args(hint)
    origin = get_origin(hint)
    if NoneType in kinds:
        (kind,) = (each for each in kinds if each is not NoneType)
        of_value = _reader(kind)
        return None if of_value is None else lambda value: None if value is None else of_value(value)
    if origin is frozenset:
        return frozenset
    if origin is tuple and kinds[-1] is Ellipsis:
        read = _reader(kinds[0])
        return tuple if read is None else lambda values: tuple(map(read, values))
    if origin is tuple:
        readers = [_reader(kind) for kind in kinds]
        return lambda values: tuple(value if read is None else read(value) for read, value in zip(readers, values, strict=True))
    return None


def _reader_of_row(row: Any) -> Callable[[dict[str, Any]], Any]:
    hints = get_type_hints(row)
    readers = [(name, read) for name in row._fields if (read := _reader(hints[name])) is not None]

    def read_row(values: dict[str, Any]) -> Any:
        for name, read in readers:
            if name in values:
                values[name] = read(values[name])
        return row(**values)

    return read_row

"""What goes between the processes: JSON in pieces that say their length. Never pickle: what a child sends is not believed.

A piece is one letter (what it is), its length in four bytes, then its bytes.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

HEADER = struct.Struct("!cI")
MESSAGE, FAILURE, END = b"m", b"f", b"e"
# How a child ends when it could not say everything.
OUT_OF_MEMORY, BROKEN = 70, 71
_TAG = "$"


class Malformed(ValueError):
    """Bytes that are not what we write."""


def _plain(value: Any) -> dict[str, Any]:
    # A datetime is a date too.
    if isinstance(value, datetime):
        return {_TAG: "datetime", "v": value.isoformat()}
    if isinstance(value, date):
        return {_TAG: "date", "v": value.isoformat()}
    if isinstance(value, time):
        return {_TAG: "time", "v": value.isoformat()}
    if isinstance(value, timedelta):
        return {_TAG: "timedelta", "v": [value.days, value.seconds, value.microseconds]}
    raise TypeError(f"{type(value).__name__} does not travel.")


_READERS = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda parts: timedelta(*parts),
}


def _typed(value: dict[str, Any]) -> Any:
    return _READERS[value[_TAG]](value["v"]) if _TAG in value else value


_encoder = json.JSONEncoder(separators=(",", ":"), check_circular=False, default=_plain)
_decoder = json.JSONDecoder(object_hook=_typed)


def encode(value: Any) -> bytes:
    """Lists, dictionaries with keys of text, texts, numbers, booleans, None, dates and durations, as bytes."""
    return _encoder.encode(value).encode()


def decode(content: bytes) -> Any:
    """What `encode` was given (tuples become lists). Raises Malformed for anything else."""
    try:
        return _decoder.decode(content.decode())
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise Malformed(str(error)) from error


def piece(letter: bytes, content: bytes = b"") -> bytes:
    """One piece, ready to be written."""
    return HEADER.pack(letter, len(content)) + content


class Pieces:
    """Cuts a stream into its pieces, as its bytes come in."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def feed(self, more: bytes) -> Iterator[tuple[bytes, bytes]]:
        """The pieces that these bytes complete: (letter, content)."""
        self._waiting += more
        start = 0
        while len(self._waiting) - start >= HEADER.size:
            letter, length = HEADER.unpack_from(self._waiting, start)
            stop = start + HEADER.size + length
            if len(self._waiting) < stop:
                break
            yield letter, bytes(self._waiting[start + HEADER.size : stop])
            start = stop
        del self._waiting[:start]

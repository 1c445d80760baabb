"""How long somebody stayed, as tools write it."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from qualiopi.exchange.reading import Cell

_COLONS = re.compile(r"^(\d+)\s*[:hH]\s*(\d{2})(?::(\d{2}))?$")
_WORDS = re.compile(
    r"^(?:(\d+(?:[.,]\d+)?)\s*(?:h|hrs?|hours?|heures?|std|stunden?)(?![a-z])\.?)?[\s,]*"
    r"(?:(\d+(?:[.,]\d+)?)\s*(?:m|mn|mins?|minutes?|minuten)(?![a-z])\.?)?[\s,]*"
    r"(?:(\d+(?:[.,]\d+)?)\s*(?:s|secs?|seconds?|secondes?|sek|sekunden)(?![a-z])\.?)?$",
    re.IGNORECASE,
)
# No length takes more letters; no regular expression is run on more.
LONGEST = 40
_NUMBER = re.compile(r"^\d+(?:[.,]\d+)?$")
_UNITS = (("sec", 1), ("sek", 1), ("min", 60), ("heure", 3600), ("hour", 3600), ("stund", 3600))


def seconds_of(value: Cell, heading: str) -> float | None:
    """Seconds of a length: « 217 » in the unit of its heading (else minutes), « 3 h 36 min 28 s », « 03:36:28 »; None when it says none."""
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, time | datetime):
        return value.hour * 3600 + value.minute * 60 + value.second
    text = " ".join(str("" if value is None else value).split()).strip('="')[:LONGEST]
    if _NUMBER.match(text):
        unit = next((seconds for word, seconds in _UNITS if word in heading), 60)
        return float(text.replace(",", ".")) * unit
    if found := _COLONS.match(text):
        return sum(int(part or 0) * unit for part, unit in zip(found.groups(), (3600, 60, 1), strict=True))
    found = _WORDS.match(text)
    if not found or not any(found.groups()):
        return None
    return sum(float((part or "0").replace(",", ".")) * unit for part, unit in zip(found.groups(), (3600, 60, 1), strict=True))

"""Part of a file, as a browser asks for it when a download resumes (RFC 9110, section 14)."""

from __future__ import annotations

import re

# No file counts its bytes with more than 19 digits, and Python refuses to read a number of thousands of them.
_SINGLE = re.compile(r"^bytes=(\d{0,19})-(\d{0,19})$")


class UnsatisfiableRange(ValueError):
    """The asked part lies outside the file: the answer is 416."""


def read_range(header: str, size: int) -> tuple[int, int] | None:
    """First byte and byte after the last one, or None when the whole file is to be sent (no range, or one we don't read).

    Raises UnsatisfiableRange for a part that begins after the end.
    """
    match = _SINGLE.match(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if first == "":
        if int(last) == 0:
            raise UnsatisfiableRange(header)
        return max(size - int(last), 0), size
    start = int(first)
    stop = min(int(last) + 1, size) if last else size
    if start >= size:
        raise UnsatisfiableRange(header)
    return (start, stop) if start < stop else None

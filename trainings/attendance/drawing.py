"""The strokes of a signature: a path of a box of 320 by 176, nothing in it but moves and lines."""

from __future__ import annotations

import re

WIDTH, HEIGHT = 320, 176
LONGEST = 12_000
# A touch of the finger is not a signature.
LEAST_LENGTH = 60
_PATH = re.compile(r"(?:M\d{1,3} \d{1,3}(?: L\d{1,3} \d{1,3})*)(?: M\d{1,3} \d{1,3}(?: L\d{1,3} \d{1,3})*)*")
_POINT = re.compile(r"([ML])(\d+) (\d+)")


def is_signature(path: str) -> bool:
    """Whether this is a path that we can show, inside the box, long enough to be somebody's hand."""
    if len(path) > LONGEST or not _PATH.fullmatch(path):
        return False
    length, here = 0.0, (0, 0)
    for letter, across, down in _POINT.findall(path):
        point = (int(across), int(down))
        if point[0] > WIDTH or point[1] > HEIGHT:
            return False
        if letter == "L":
            length += abs(point[0] - here[0]) + abs(point[1] - here[1])
        here = point
    return length >= LEAST_LENGTH

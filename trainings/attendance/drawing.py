"""The strokes of a signature: a path of a box of 320 by 176, nothing in it but moves and lines."""

from __future__ import annotations

import re
from operator import sub

WIDTH, HEIGHT = 320, 176
LONGEST = 12_000
# A touch of the finger is not a signature.
LEAST_LENGTH = 60
_PATH = re.compile(r"(?:M\d{1,3} \d{1,3}(?: L\d{1,3} \d{1,3})*)(?: M\d{1,3} \d{1,3}(?: L\d{1,3} \d{1,3})*)*")


def is_signature(path: str) -> bool:
    """Whether this is a path that we can show, inside the box, long enough to be somebody's hand."""
    if len(path) > LONGEST or not _PATH.fullmatch(path):
        return False
    length = 0
    for stroke in path.split("M")[1:]:
        numbers = [*map(int, stroke.replace("L", "").split())]
        across, down = numbers[::2], numbers[1::2]
        if max(across) > WIDTH or max(down) > HEIGHT:
            return False
        length += sum(map(abs, map(sub, across[1:], across))) + sum(map(abs, map(sub, down[1:], down)))
    return length >= LEAST_LENGTH

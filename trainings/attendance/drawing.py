"""The strokes of a signature: a path of a box of 320 by 176, nothing in it but moves and lines."""

from __future__ import annotations

import re
from itertools import pairwise

LONGEST = 12_000
# A touch of the finger is not a signature.
LEAST_LENGTH = 60
# Across at most 320, down at most 176: one look says whether the path is ours and stays in the box.
_POINT = r"(?:[0-2]?\d{1,2}|3[01]\d|320) (?:0?\d{1,2}|1[0-6]\d|17[0-6])"
_PATH = re.compile(rf"M{_POINT}(?: [ML]{_POINT})*", re.ASCII)


def is_signature(path: str) -> bool:
    """Whether this is a path that we can show, inside the box, long enough to be somebody's hand."""
    return len(path) <= LONGEST and _PATH.fullmatch(path) is not None and _is_long_enough(path)


def _is_long_enough(path: str) -> bool:
    length = 0
    for stroke in path.split("M")[1:]:
        points = (tuple(map(int, point.split())) for point in stroke.split("L"))
        for (across, down), (to_across, to_down) in pairwise(points):
            length += abs(to_across - across) + abs(to_down - down)
            if length >= LEAST_LENGTH:
                return True
    return False

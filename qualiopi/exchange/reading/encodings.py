"""Which encoding a text was written in: the candidate under which it reads most like French. Loaded in a child process alone.

Unicode says so itself. Of the encodings with one byte for each letter, every accented letter of the file is judged where it stands
(`french.py`), each place once, and the points are added up; Windows has a little more to begin with, so that a tie is Windows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from .french import IMPOSSIBLE, likelihood

BOMS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
# The first is that of French Excel under Windows, and wins a tie. cp858 is cp850 with the euro.
EIGHT_BIT = {"cp1252": "Windows", "iso8859-15": "Latin-9", "mac_roman": "Macintosh", "cp858": "DOS"}
AHEAD = {"cp1252": 2.5, "iso8859-15": 0.0, "mac_roman": 0.0, "cp858": 0.0}
# Points by which the best reading must lead for nothing to be said; each 1 is about ten times more likely.
SURE = 3.0
SAMPLE_SIZE = 64 * 1024
# Accented letters looked at: beyond, a file has told all it has to tell.
MOST_LETTERS = 50_000
MOST_WORDS = 8

_HIGH = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(rb"[^\s;,|\"]*[\x80-\xff][^\s;,|\"]*")
_MARGIN = b"\n\n"


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec and its name as people say it. ``doubtful``: words that read almost as well otherwise, as they are read here; ``otherwise``:
    which encoding that would be, and the first of these words as it reads it.
    """

    codec: str
    name: str
    doubtful: tuple[str, ...] = ()
    likely: bool = True
    otherwise: tuple[str, str] = ("", "")


def guess(content: bytes) -> Encoding:
    """The encoding of a whole file."""
    for mark, codec, name in BOMS:
        if content.startswith(mark):
            return Encoding(codec, name)
    start = content[:SAMPLE_SIZE]
    if b"\x00" in start:
        # UTF-16 without its mark: Latin text has a zero in every other byte.
        even, odd = start[::2].count(0), start[1::2].count(0)
        if max(even, odd) > len(start) // 5 and min(even, odd) * 10 <= max(even, odd):
            return Encoding("utf-16-be" if even > odd else "utf-16-le", "UTF-16")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return guess_eight_bit(content)
    return Encoding("utf-8", "UTF-8")


def guess_eight_bit(content: bytes) -> Encoding:
    """The encoding of bytes that are no Unicode. ``likely``: whether what is read could be French at all."""
    padded = _MARGIN + content + _MARGIN
    places = {padded[found.start() - 2 : found.start() + 3] for found in islice(_HIGH.finditer(padded, 2), MOST_LETTERS)}
    points = {codec: AHEAD[codec] + sum(_judge(codec, place) for place in places) for codec in EIGHT_BIT}
    ranked = sorted(EIGHT_BIT, key=lambda codec: -points[codec])
    best = ranked[0]
    # The next one that reads this file otherwise.
    rival = next((codec for codec in ranked[1:] if any(_read(codec, place) != _read(best, place) for place in places)), None)
    if points[best] < 0:
        return Encoding(best, EIGHT_BIT[best], _differing(content, best, "ascii"), likely=False)
    doubtful = _differing(content, best, rival) if rival and points[best] - points[rival] < SURE else ()
    if not rival or not doubtful:
        return Encoding(best, EIGHT_BIT[best])
    otherwise = (EIGHT_BIT[rival], doubtful[0].encode(best, "replace").decode(rival, "replace"))
    return Encoding(best, EIGHT_BIT[best], doubtful, otherwise=otherwise)


@lru_cache(maxsize=16_384)
def _judge(codec: str, place: bytes) -> float:
    read = _read(codec, place)
    return IMPOSSIBLE if read[2] == "\ufffd" else likelihood(read)


def _read(codec: str, place: bytes) -> str:
    return place.decode(codec, "replace")


def _differing(content: bytes, codec: str, rival: str) -> tuple[str, ...]:
    """The first words that two encodings read otherwise, as ``codec`` reads them."""
    words: dict[str, None] = {}
    for found in islice(_WORD.finditer(content), MOST_LETTERS):
        word = found[0].decode(codec, "replace")
        if word != found[0].decode(rival, "replace"):
            words[word] = None
        if len(words) == MOST_WORDS:
            break
    return tuple(words)

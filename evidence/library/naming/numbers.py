"""The indicators that the name of a file gives by their numbers: « C6_I23_veille », « Ind. 11 », « indicateurs 4, 5 et 8 »."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import unquote

from qualiopi.standard.model import Grid

_MONTHS = "janv|fevr|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec"
# Days, years, versions and copies are numbers too; they go before the others are read. A day never begins inside « I4 ».
_DATES = re.compile(
    rf"""(?<![a-z0-9])(?:
        (?:19|20)\d\d[-._ ]?(?:0[1-9]|1[0-2])[-._ ]?(?:0[1-9]|[12]\d|3[01])(?!\d)
        | (?:0?[1-9]|[12]\d|3[01])[-._ /](?:0?[1-9]|1[0-2])[-._ /](?:(?:19|20)\d\d)(?!\d)
        | (?:0?[1-9]|1[0-2])[-._ /](?:19|20)\d\d(?!\d)
        | (?:19|20)\d\d(?:[-._ /]+(?:19|20)\d\d)?(?!\d)
        | (?:\d{{1,2}}(?:er)?[-._ ]+)?(?:{_MONTHS})[a-z]*\.?(?:[-._ ]*(?:19|20)\d\d)?(?![a-z0-9])
        | v(?:ersion)?[-._ ]?\d+(?:\.\d+)*(?![a-z0-9])
        | \(\d+\)
    )""",
    re.VERBOSE,
)
_WORD = r"(?:indicateur|indic|ind)"
_MARK = re.compile(
    rf"""(?<![a-z0-9])
        (?:c(?:ritere)?[\s._-]*0*(?P<criterion>\d)[\s._-]*)?
        (?:{_WORD}(?P<plural>s?)[\s._-]*(?:n\s?[o°]?[\s._-]*)?|i)
        0*(?P<number>\d{{1,3}})(?![a-z0-9])""",
    re.VERBOSE,
)
_NEXT = re.compile(
    rf"""(?P<separator>[\s_]*(?:,|;|&|\+|/|-|\.|et(?![a-z])|a(?![a-z]))[\s_]*|[\s_]+)
        (?P<mark>(?:{_WORD}s?[\s._-]*(?:n\s?[o°]?[\s._-]*)?|i))?
        0*(?P<number>\d{{1,3}})(?![a-z0-9])""",
    re.VERBOSE,
)
_CRITERION_AFTER = re.compile(r"[\s._-]*c(?:ritere)?[\s._-]*0*(\d)(?![a-z0-9])")
_LISTED = frozenset({",", ";", "&", "+", "/", "et"})
_TO = "a"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Indicators of a grid, in order, and the part of the name that gives them, as it is written.

    `doubtful`: the name gives numbers that can be read in several ways, that contradict its criterion or that the grid does not have;
    no indicator is given then.
    """

    indicators: tuple[int, ...] = ()
    said: str = ""
    doubtful: bool = False


class _Doubt(Exception):
    """Numbers that can be read in two ways."""


def read_numbers(file_name: str, grid: Grid) -> Numbers:
    """The indicators that the name of a file designates in this grid, all of them or none."""
    written = unicodedata.normalize("NFC", unquote(PurePath(file_name).stem))
    text = _DATES.sub(lambda found: "~" * len(found[0]), _folded(written))
    try:
        groups = list(_groups(text))
    except _Doubt:
        return Numbers(doubtful=True)
    if not groups:
        return Numbers()
    numbers, criterion, start, end = groups[0]
    # « I17 … I26 » apart, each with its own words: one of them may be what the piece refers to.
    alone = all(set(other[0]) == set(numbers) for other in groups[1:])
    known = all(grid.has(number) and criterion in (0, grid.indicator(number).criterion) for number in numbers)
    if not alone or not known:
        return Numbers(doubtful=True)
    return Numbers(tuple(sorted(set(numbers))), written[start:end])


def _folded(text: str) -> str:
    """Lower case without accents, one character for each of the text: places in one are places in the other."""
    return "".join((unicodedata.normalize("NFKD", character)[:1] or character).lower()[:1] for character in text)


def _groups(text: str) -> Iterator[tuple[list[int], int, int, int]]:
    """Numbers named together: they, the criterion named with them (0: none), where they start and end. Raises _Doubt."""
    place = 0
    while mark := _MARK.search(text, place):
        numbers, end = [int(mark["number"])], mark.end()
        while more := _NEXT.match(text, end):
            separator = more["separator"].strip(" \t\u00a0\u202f_")
            if not _goes_on(more, separator, plural=bool(mark["plural"])):
                break
            number = int(more["number"])
            numbers += range(numbers[-1] + 1, number + 1) if separator == _TO else [number]
            end = more.end()
        criterion = int(mark["criterion"] or 0)
        after = _CRITERION_AFTER.match(text, end)
        if after is not None and criterion not in (0, int(after[1])):
            raise _Doubt
        criterion = criterion or (int(after[1]) if after else 0)
        yield numbers, criterion, mark.start(), end
        place = end


def _goes_on(more: re.Match[str], separator: str, *, plural: bool) -> bool:
    """Whether this number is another indicator; False where it begins something else. Raises _Doubt when it may be either."""
    if more["mark"] or separator in _LISTED or separator == _TO:
        return True
    if separator == "-" and more["separator"] != "-":
        return False
    if plural:
        return True
    raise _Doubt

"""Numbers of a column: do a point or a comma part the thousands, or the decimals."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ..values.numbers import LONGEST
from ..words import clean
from .model import Cells, Context, Judge, Judgement, Reading, in_force

THOUSANDS, DECIMALS = "thousands", "decimals"
# « 1.200 », « 12,500 », « 1.200.000 »: groups of three after one to three digits.
GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?![\d.,])")
# One mark with another number of digits behind it can only be that of decimals.
PARTED = re.compile(r"(?<![\d.,])\d+([.,])(?:\d{1,2}|\d{4,})(?![\d.,])")
# Both marks: the last is that of decimals.
BOTH = re.compile(r"\d{1,3}(?:([.,])\d{3})+(?!\1)([.,])\d+")


@dataclass(slots=True)
class _Seen:
    grouped: list[tuple[int, str, str]] = field(default_factory=list)  # line, text, mark
    decimal_marks: set[str] = field(default_factory=set)
    thousand_marks: set[str] = field(default_factory=set)


def judge_numbers(read: Callable[[Any], Any], *, whole: bool = False, small: bool = False) -> Judge:
    """The judge of a column of numbers. ``whole``: they have no decimals (people). ``small``: a thousand would be unlikely (hours)."""

    def judge(cells: Cells, context: Context) -> Judgement:
        seen = _look(cells)
        if not seen.grouped:
            return Judgement(parse=read)
        _line, text, mark = seen.grouped[0]
        apart = _apart(text)
        readings = (
            Reading(THOUSANDS, _("milliers : « %(text)s » est %(number)s") % {"text": text, "number": apart.replace(mark, " ")}),
            Reading(DECIMALS, _("décimales : « %(text)s » est %(number)s") % {"text": text, "number": _comma(apart, mark)}),
        )
        proposed, doubtful = _decide(seen, mark, whole=whole, small=small)
        chosen = in_force(context, readings, proposed)
        several = re.fullmatch(r"\d{1,3}(?:[.,]\d{3}){2,}", apart) is not None
        if several:
            return Judgement(parse=_without_marks(read, mark))
        sentence = (
            _("« %(text)s » est lu %(number)s : ce signe sépare les milliers.")
            if chosen == THOUSANDS
            else _("« %(text)s » est lu %(number)s : ce signe sépare les décimales.")
        ) % {"text": text, "number": apart.replace(mark, " ") if chosen == THOUSANDS else _comma(apart, mark)}
        return Judgement(
            parse=_without_marks(read, mark) if chosen == THOUSANDS else read,
            chosen=chosen,
            readings=readings,
            sentence=sentence,
            doubtful=doubtful and context.chosen != chosen,
            lines=tuple(line for line, *_rest in seen.grouped),
        )

    return judge


def _look(cells: Cells) -> _Seen:
    seen = _Seen()
    for line, value in zip(cells.lines, cells.values, strict=True):
        if not isinstance(value, str) or len(value) > LONGEST or not ("," in value or "." in value):
            continue
        text = clean(value)
        both = BOTH.search(text)
        if both:
            seen.thousand_marks.add(both[1])
            seen.decimal_marks.add(both[2])
        elif grouped := GROUPED.search(text):
            seen.grouped.append((line, text, grouped[1]))
        elif parted := PARTED.search(text):
            seen.decimal_marks.add(parted[1])
    return seen


def _decide(seen: _Seen, mark: str, *, whole: bool, small: bool) -> tuple[str, bool]:
    """What the mark parts in this column, and whether it is a doubt."""
    if mark in seen.decimal_marks and mark not in seen.thousand_marks:
        # « 950.50 » beside « 1.200 »: the same mark, yet a price of three decimals is unlikely.
        return (DECIMALS, not small)
    if mark in seen.thousand_marks or seen.decimal_marks or whole:
        return THOUSANDS, mark in seen.decimal_marks
    return (DECIMALS, True) if small else (THOUSANDS, True)


def _apart(text: str) -> str:
    found = GROUPED.search(text)
    return found[0] if found else text


def _comma(number: str, mark: str) -> str:
    whole, _mark, decimals = number.partition(mark)
    decimals = decimals.rstrip("0")
    return f"{whole},{decimals}" if decimals else whole


def _without_marks(read: Callable[[Any], Any], mark: str) -> Callable[[Any], Any]:
    """The same, with this mark taken out where it parts groups of three."""

    def parse(value: Any) -> Any:
        if isinstance(value, str) and len(value) <= LONGEST and mark in value:
            value = GROUPED.sub(lambda found: found[0].replace(mark, "") if found[1] == mark else found[0], clean(value))
        return read(value)

    return parse

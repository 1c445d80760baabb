"""Marks of a column: out of how many they are, and what their words are worth."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from qualiopi.text import comparison_key

from ..reading.tables import Cell
from ..values import CellError
from ..values.numbers import read_decimal
from ..words import clean
from .model import LEFT_OUT, Cells, Context, Judge, Judgement, Reading, Word, in_force
from .words import distinct

# « (/10) », « sur 10 », « out of 10 », « (0-10) », « de 1 à 5 », « 1 = pas du tout, 5 = tout à fait ».
OUT_OF = re.compile(r"(?:/|\bsur|\bout of)\s*(\d{1,3})\b", re.IGNORECASE)
FROM_TO = re.compile(r"\b([01])\s*(?:à|a|au|to|-|–|…|\.\.+)\s*(\d{1,3})\b", re.IGNORECASE)
ENDS = re.compile(r"\b([01])\s*[=:].*?\b(\d{1,3})\s*[=:]")
PERCENT = re.compile(r"%|pourcent", re.IGNORECASE)
MARK = re.compile(
    r"^(\d{1,3}(?:[.,]\d+)?)\s*(?:(?:/|sur|out of)\s*(\d{1,3})|(%)|[-–—:.)]\s*\D.*|\(.*\)|étoiles?|stars?|points?)?$",
    re.IGNORECASE,
)
STARS = re.compile(r"^[★⭐*]{1,5}[☆]*$")
USUAL = (5, 10, 20, 100)
SMALLEST, LARGEST = 2, 100
# Fewer answers than that prove nothing about a scale nobody named.
SEVERAL = 2
MANY = 10
# A mark with the words beside it; a heading that names its scale. Words named in a sentence.
LONGEST, LONGEST_HEADING, NAMED = 200, 500, 8


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale the product keeps: its ends, its decimals, what words are worth on it (comparison key -> mark)."""

    lowest: int
    highest: int
    decimals: int
    words: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Mark:
    line: int
    number: Decimal
    out_of: int


def judge_scale(scale: Scale, *, ignored: frozenset[str] = frozenset()) -> Judge:
    """The judge of a column of marks brought to ``scale``. A mark comes back as a Decimal; a word that is not counted (one of ``ignored``,
    or left out by choice) comes back as it is, for the resource to tell.
    """

    def judge(cells: Cells, context: Context) -> Judgement:
        marks = [mark for line, value in zip(cells.lines, cells.values, strict=True) if (mark := _mark(line, value))]
        words = _words(cells, context, scale, ignored)
        named = _named(cells.heading, marks)
        proposed, doubtful = (named, False) if named else _guess(marks, scale)
        highest = max((mark.number for mark in marks if not mark.out_of), default=Decimal(0))
        possible = [
            end for end in sorted({*USUAL, 4, proposed, scale.highest}) if end >= highest or end in (proposed, scale.highest)
        ]
        shown = next((mark for mark in marks if mark.number), None)
        readings = tuple(Reading(str(end), _reading(end, scale, shown)) for end in possible) if marks else ()
        chosen = int(in_force(context, readings, str(proposed)))
        chosen_by_somebody = bool(context.chosen) and str(chosen) == context.chosen
        sentences = [_told(chosen, scale, shown, sure=not doubtful or chosen_by_somebody)] if marks else []
        counted = [word for word in words if word.becomes not in ("", LEFT_OUT) and word.key not in context.words]
        skipped = [word for word in words if word.becomes == LEFT_OUT]
        if counted:
            values = ", ".join(f"« {word.text} » = {word.becomes}" for word in counted[:NAMED])
            sentences.append(
                _("les mots valent des notes sur %(highest)s : %(values)s.") % {"highest": scale.highest, "values": values}
            )
        if skipped:
            named_words = ", ".join(f"« {word.text} »" for word in skipped[:NAMED])
            sentences.append(_("ces mots ne disent aucune note et ne comptent pas : %(words)s.") % {"words": named_words})
        return Judgement(
            parse=_reader(scale, chosen, {word.key: word.becomes for word in words}),
            chosen=str(chosen) if marks else "",
            readings=readings,
            sentence=" ".join(sentence for sentence in sentences if sentence),
            doubtful=(doubtful and not chosen_by_somebody) or any(word.key not in context.words for word in words),
            words=words,
            choices=_choices(scale),
        )

    return judge


# -- out of how many --------------------------------------------------------------------------------------------------


def _mark(line: int, value: Cell) -> _Mark | None:
    if value is None or value == "" or isinstance(value, bool):
        return None
    found = MARK.match(clean(value)[:LONGEST])
    number = read_decimal(found[1]) if found else None
    if found is None or number is None:
        return None
    return _Mark(line, number, int(found[2]) if found[2] else 100 if found[3] else 0)


def _named(heading: str, marks: list[_Mark]) -> int:
    """The end of the scale that the heading names, or all the cells; 0 when none does."""
    for pattern, group in ((ENDS, 2), (FROM_TO, 2), (OUT_OF, 1)):
        found = pattern.search(heading[:LONGEST_HEADING])
        if found and SMALLEST <= int(found[group]) <= LARGEST:
            return int(found[group])
    if PERCENT.search(heading):
        return 100
    told = {mark.out_of for mark in marks}
    return told.pop() if len(told) == 1 and SMALLEST <= min(told) <= LARGEST else 0


def _guess(marks: list[_Mark], scale: Scale) -> tuple[int, bool]:
    """What the numbers alone suggest, and whether it is a doubt. One mark too high among many is a mistake, not another scale."""
    numbers = [mark.number for mark in marks if not mark.out_of]
    if not numbers:
        return scale.highest, False
    above = [number for number in numbers if number > scale.highest]
    if above:
        end = next((end for end in USUAL if end >= max(above)), 0)
        if end and len(above) >= SEVERAL and len(above) * 2 >= len(numbers):
            return end, True
        return scale.highest, False
    # A scale of 0 to 10 that nobody used beyond 5, a scale of 1 to 5 that nobody used beyond 4: perhaps another one.
    low = max(numbers) <= Decimal(scale.highest) / 2 and len(numbers) >= SEVERAL and scale.highest > 5
    four = max(numbers) == 4 and len(numbers) >= MANY and scale.highest == 5
    return scale.highest, low or four


def convert(number: Decimal, out_of: int, scale: Scale) -> Decimal:
    """A mark brought to ``scale`` by the rule of three, not under its lowest; raises ``CellError`` beyond the end of its own scale."""
    if out_of == scale.highest:
        if not scale.lowest <= number <= scale.highest:
            raise _out_of_scale(number, scale.lowest, scale.highest)
        if not scale.decimals and number != number.to_integral_value():
            raise CellError(
                _("Une recommandation est un nombre entier de %(lowest)s à %(highest)s.")
                % {"lowest": scale.lowest, "highest": scale.highest}
            )
        return number
    if number > out_of:
        raise _out_of_scale(number, 0, out_of)
    step = Decimal(1).scaleb(-scale.decimals)
    brought = (number * scale.highest / out_of).quantize(step, rounding=ROUND_HALF_UP)
    return max(brought, Decimal(scale.lowest))


def _out_of_scale(number: Decimal, lowest: int, highest: int) -> CellError:
    return CellError(
        _("La note %(mark)s sort de l’échelle, qui va de %(lowest)s à %(highest)s.")
        % {"mark": _shown(number), "lowest": lowest, "highest": highest}
    )


def _shown(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")


def _reading(end: int, scale: Scale, shown: _Mark | None) -> str:
    if end == scale.highest:
        return _("notes de %(lowest)s à %(highest)s, gardées telles quelles") % {"lowest": scale.lowest, "highest": scale.highest}
    label = _("notes sur %(end)s, ramenées à %(highest)s") % {"end": end, "highest": scale.highest}
    if shown is None or shown.number > end:
        return label
    return _("%(label)s : %(mark)s devient %(brought)s") % {
        "label": label,
        "mark": _shown(shown.number),
        "brought": _shown(convert(shown.number, shown.out_of or end, scale)),
    }


def _told(end: int, scale: Scale, shown: _Mark | None, *, sure: bool) -> str:
    if end == scale.highest:
        if sure:
            return ""
        return _(
            "les notes sont lues de %(lowest)s à %(highest)s, et aucune n’approche de %(highest)s : est-ce bien l’échelle ?"
        ) % {
            "lowest": scale.lowest,
            "highest": scale.highest,
        }
    example = ""
    if shown is not None and shown.number <= end:
        brought = convert(shown.number, shown.out_of or end, scale)
        example = _(" : %(mark)s devient %(brought)s") % {"mark": _shown(shown.number), "brought": _shown(brought)}
    return _("les notes sont sur %(end)s et ramenées à %(highest)s%(example)s.") % {
        "end": end,
        "highest": scale.highest,
        "example": example,
    }


# -- words ------------------------------------------------------------------------------------------------------------


def _words(cells: Cells, context: Context, scale: Scale, ignored: frozenset[str]) -> tuple[Word, ...]:
    """The words of a column of marks, with the mark each is worth."""
    marks = {str(mark) for mark in range(scale.lowest, scale.highest + 1)} | {LEFT_OUT}
    found = []
    for key, text, lines in distinct(cells):
        if MARK.match(text) or STARS.match(text) or text.startswith("=") or any(letter.isdigit() for letter in text):
            continue
        becomes = context.words.get(key, "")
        if becomes not in marks:
            becomes = str(scale.words[key]) if key in scale.words else LEFT_OUT if key in ignored else ""
        found.append(Word(text, key, becomes, lines))
    return tuple(found)


def _choices(scale: Scale) -> tuple[tuple[str, str], ...]:
    marks = [
        (str(mark), _("%(mark)s sur %(highest)s") % {"mark": mark, "highest": scale.highest})
        for mark in range(scale.highest, scale.lowest - 1, -1)
    ]
    return (*marks, (LEFT_OUT, _("ne compte pas")))


def _reader(scale: Scale, out_of: int, words: Mapping[str, str]) -> Callable[[Any], Any]:
    def parse(value: Any) -> Decimal | str | None:
        text = clean(value)
        if not text:
            return None
        if STARS.match(text):
            return convert(Decimal(sum(letter in "★⭐*" for letter in text)), 5, scale)
        found = MARK.match(text)
        number = read_decimal(found[1]) if found else None
        if found and number is not None:
            own = int(found[2]) if found[2] else 100 if found[3] else out_of
            if not SMALLEST <= own <= LARGEST:
                raise _no_mark(scale)
            return convert(number, own, scale)
        becomes = words.get(comparison_key(text))
        if becomes is None:
            raise _no_mark(scale)
        if becomes == LEFT_OUT:
            return text
        return Decimal(becomes) if becomes else None

    return parse


def _no_mark(scale: Scale) -> CellError:
    return CellError(
        _("Cette note n’est pas un nombre de %(lowest)s à %(highest)s.") % {"lowest": scale.lowest, "highest": scale.highest}
    )

"""The page of the report that tells it all: as many lines as one sheet holds, and where the others are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.web.typography import listed

# A sheet of A4 without the margins of css/pdf.css, in pixels of a style sheet: (297 - 24 - 22) mm. A hair is left for rounding.
ROOM = 251 * 96 / 25.4 - 0.5
# More lines than this never fit, were each of one row: those beyond need not be laid out.
MOST = 20


@dataclass(frozen=True, slots=True)
class ToDo:
    """An indicator that asks for something: what was seen, what to do, before when (None: the audit has no date)."""

    number: int
    title: str
    status: str
    seen: str
    action: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class OnePage:
    """The lines of the page, and one sentence on those that it does not hold; "" when it holds them all.

    `measured`: the page is laid out on one endless sheet, with all lines that could fit and the longest sentence, to see what does.
    """

    lines: Sequence[ToDo]
    left: str = ""
    measured: bool = False


def to_measure(lines: Sequence[ToDo]) -> OnePage:
    """The page that `fitted` wants to know the places of."""
    return OnePage(lines[:MOST], left_told([line.number for line in lines]), measured=True)


def fitted(lines: Sequence[ToDo], places: Mapping[str, float]) -> OnePage:
    """As many of the first lines as one sheet holds, with the sentence on the others.

    `places`: where each line begins on the endless sheet, in pixels, then `left` the sentence, `note` the last words and `end`. A line is
    as tall with or without the others: the columns of the table have fixed widths.
    """
    note = places["end"] - places["note"]
    if not lines or (len(lines) <= MOST and places["left"] - places["page"] + note <= ROOM):
        return OnePage(lines)
    closing = places["end"] - places["left"]
    shown = sum(places[f"line-{place}"] - places["page"] + closing <= ROOM for place in range(1, min(len(lines), MOST)))
    return OnePage(lines[:shown], left_told([line.number for line in lines[shown:]]))


def left_told(numbers: Sequence[int]) -> str:
    """Which indicators the page does not hold, and where they are read; "" for none."""
    if not numbers:
        return ""
    return ngettext(
        "L’indicateur %(which)s demande encore quelque chose : sa partie, plus loin dans ce rapport, dit quoi faire.",
        "Les indicateurs %(which)s demandent encore quelque chose : la partie de chacun, plus loin dans ce rapport, dit quoi faire.",
        len(numbers),
    ) % {"which": listed(_runs(numbers))}


def _runs(numbers: Sequence[int]) -> list[str]:
    """Numbers in rising order, three and more that follow each other told as one: « 4 », « 7 à 12 »."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told: list[str] = []
    for run in runs:
        told += (
            [_("%(first)s à %(last)s") % {"first": run[0], "last": run[-1]}] if len(run) > 2 else [str(number) for number in run]
        )
    return told

"""Lines that are no records: what stands under a list, titles of blocks; and cells left empty because the one above says it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qualiopi.text import comparison_key

from ..reading.tables import Cell, Row
from ..words import clean
from .model import Cells, Context, Judgement, Reading, in_force

FILLED_DOWN, AS_IT_IS = "filled_down", "as_it_is"
# What one writes under a list of people, as comparison keys: counts, signatures, dates of an export.
UNDER = re.compile(
    r"^(?:"
    r"\d+ (?:stagiaires?|participants?|apprenants?|inscrits?|inscriptions?|personnes?|beneficiaires?|lignes?|sessions?)\b"
    r"|\d+ (?:presents?|absents?|reponses?|formations?|enregistrements?|resultats?)\b"
    r"|(?:signatures?|cachet|visa|tampon) (?:du|de|des|et|d|l|stagiaires?|formateurs?|formatrices?|organisme)\b"
    r"|(?:fait|edite|imprime|genere|extrait|exporte|mis a jour|cree|arrete) (?:a|le|par|au)\b"
    r"|(?:export|extraction|edition) (?:du|le|de)\b|source (?:du|de|des)\b"
    r"|nombre (?:total )?(?:de|d)\b|effectif (?:total|prevu|reel)\b|page \d|date et signature|lu et approuve|bon pour accord"
    r")"
)
LABEL = re.compile(r":[\s._…-]*$")
# Such a line fills a cell or two, whatever the width of the table.
MOST_CELLS = 2
TITLE = re.compile(r"^(?:session|groupe|promotion|promo|action|stage|formation|module)\b")


def stands_under(values: Sequence[Cell]) -> bool:
    """Whether a line is what one writes under a list (a count, a place to sign), and no record."""
    if len(values) < MOST_CELLS:
        return False
    filled = _filled(values)
    if not 0 < len(filled) <= MOST_CELLS or not isinstance(filled[0], str):
        return False
    first = filled[0].strip()
    if len(filled) == 1 and LABEL.search(first):
        return True
    return UNDER.match(comparison_key(first)) is not None or (
        LABEL.search(first) is not None and UNDER.match(f"{comparison_key(first)} de") is not None
    )


def fills_few(values: Sequence[Cell]) -> bool:
    """Whether a line has one or two filled cells among several: it may be no record."""
    return len(values) > 1 and len(_filled(values)) <= MOST_CELLS


def _filled(values: Sequence[Cell]) -> list[Cell]:
    return [value for value in values if value is not None and (not isinstance(value, str) or value.strip())]


@dataclass(frozen=True, slots=True)
class Block:
    """The title of a block of lines: its line, its words, and the reference of the session it names, empty when it names none we know."""

    line: int
    text: str
    reference: str


def block_title(line: int, values: Sequence[Cell], references: Mapping[str, str]) -> Block | None:
    """The block that a line opens, when the line holds nothing else: « Session S2 - Anglais ».

    ``references``: comparison key of each session's reference -> reference.
    """
    filled = _filled(values)
    if len(filled) != 1 or not isinstance(filled[0], str):
        return None
    text = clean(filled[0])
    words = comparison_key(text).split()
    opens = TITLE.match(" ".join(words)) is not None
    reference = _named(words[1:] if opens else words, references, alone=not opens)
    return Block(line, text, reference) if opens or reference else None


def _named(words: Sequence[str], references: Mapping[str, str], *, alone: bool) -> str:
    """The session whose reference the words hold, the longest one; figures alone only where they follow « session »."""
    for length in range(min(len(words), 6), 0, -1):
        for start in range(len(words) - length + 1):
            key = " ".join(words[start : start + length])
            if key in references and (any(letter.isalpha() for letter in key) or (not alone and start == 0)):
                return references[key]
    return ""


def judge_filled_down(cells: Cells, context: Context) -> Judgement:
    """The judge of a column whose value may be written on the first line of each block only. ``Judgement.parse`` reads one cell; the
    empty ones are filled by ``filled_down``.
    """
    heads, gaps = _heads(cells)
    if not heads or not gaps:
        return Judgement(parse=clean)
    line, text = gaps[0]
    readings = (
        Reading(
            FILLED_DOWN,
            _("une cellule vide reprend celle du dessus : ligne %(line)s, « %(text)s »") % {"line": line, "text": text},
        ),
        Reading(AS_IT_IS, _("une cellule vide reste vide")),
    )
    # Each value once, at the head of its lines: somebody did not repeat it. Twice in a row: the empty cell says something else.
    once = len(set(heads)) == len(heads)
    chosen = in_force(context, readings, FILLED_DOWN if once else AS_IT_IS)
    sentence = (
        _("les cellules vides reprennent celle du dessus.") if chosen == FILLED_DOWN else _("les cellules vides restent vides.")
    )
    return Judgement(
        parse=clean,
        chosen=chosen,
        readings=readings,
        sentence=sentence,
        doubtful=context.chosen != chosen,
        lines=tuple(line for line, _text in gaps),
    )


def _heads(cells: Cells) -> tuple[list[str], list[tuple[int, str]]]:
    """The values of a column in their order, and the empty cells under one of them (line, value above)."""
    heads: list[str] = []
    gaps: list[tuple[int, str]] = []
    for line, value in zip(cells.lines, cells.values, strict=True):
        if value is None or value == "":
            if heads:
                gaps.append((line, heads[-1]))
        elif text := clean(value):
            heads.append(text)
    return heads, gaps


def filled_down(values: Sequence[Cell]) -> list[Cell]:
    """The cells of a column, the empty ones filled with the one above."""
    found: list[Cell] = []
    above: Cell = None
    for value in values:
        above = above if value is None or value == "" else value
        found.append(above)
    return found


def without(rows: Sequence[Row], lines: set[int]) -> tuple[Row, ...]:
    """The rows that are not on these lines."""
    return tuple(row for row in rows if row.line not in lines)


def replaced(row: Row, place: int, value: Any) -> Row:
    """The row with one cell changed."""
    return Row(row.line, (*row.values[:place], value, *row.values[place + 1 :]))

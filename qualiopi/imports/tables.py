"""What the pages of an import show, as plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from qualiopi.exchange.columns import Column
from qualiopi.exchange.judgements import Judgement, Reading, Word
from qualiopi.exchange.mapping import Confidence, Guess
from qualiopi.exchange.outcome import Problem
from qualiopi.exchange.reading import Table
from qualiopi.exchange.words import clean
from qualiopi.imports.queries import correction_key
from qualiopi.web.dates import long_date

AS_IT_STANDS = Judgement(parse=clean)
SAMPLES = 3
# Words whose meaning may be said on the page: more is another column, or a file to correct.
MOST_WORDS = 40
SAMPLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column of the person's file, what it is taken for and what that is read as."""

    place: int
    heading: str
    samples: str
    chosen: str
    understood: str
    doubt: str
    hidden: bool
    told: str
    reading: str
    readings: tuple[Reading, ...]
    words: tuple[Word, ...]
    more_words: int
    choices: tuple[tuple[str, str], ...]


def column_rows(
    table: Table, columns: list[Column], guesses: list[Guess], mapping: dict[str, str], judgements: dict[str, Judgement]
) -> list[ColumnRow]:
    """One row per heading; ``mapping`` says what is chosen, the guesses how sure it was, the judgements (by heading) how it is read."""
    by_key = {column.key: column for column in columns}
    rows = []
    for place, (heading, guess) in enumerate(zip(table.headings, guesses, strict=True)):
        chosen = mapping.get(heading.label, "")
        column = by_key.get(chosen)
        unusual = column is not None and guess.column == chosen and guess.confidence is Confidence.DOUBTFUL
        doubts = [str((column.doubt if column else "") or _("titre inhabituel"))] if unusual else []
        judgement = judgements.get(heading.label, AS_IT_STANDS)
        told = judgement.sentence[:1].upper() + judgement.sentence[1:]
        if judgement.doubtful:
            doubts.append(told or str(_("dites ce que ces mots deviennent")))
        rows.append(
            ColumnRow(
                place=place,
                heading=heading.label,
                samples=", ".join(_samples(row.values[place] for row in table.rows)),
                chosen=chosen,
                understood=str(column.understood) if column else "",
                doubt=" ".join(doubts),
                hidden=heading.hidden,
                told="" if judgement.doubtful else told,
                reading=judgement.chosen,
                readings=judgement.readings,
                words=judgement.words[:MOST_WORDS],
                more_words=max(len(judgement.words) - MOST_WORDS, 0),
                choices=judgement.choices,
            )
        )
    return rows


def _samples(cells: Iterable[Any]) -> Iterator[str]:
    """The first different values of a column, as they stand in the file."""
    seen: list[str] = []
    for cell in cells:
        shown = long_date(cell) if hasattr(cell, "year") else " ⏎ ".join(clean(cell).splitlines())
        if shown and shown not in seen:
            seen.append(shown)
            yield shown if len(shown) <= SAMPLE_LENGTH else f"{shown[:SAMPLE_LENGTH]}…"
        if len(seen) == SAMPLES:
            return


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem, with the name of the field that corrects its cell and the value this field begins with."""

    line: int
    heading: str
    value: str
    sentence: str
    field: str = ""
    correction: str = ""


def problem_rows(problems: Iterable[dict[str, Any]]) -> list[ProblemRow]:
    """Problems as a run's summary keeps them. What has a cell gets a field."""
    return [
        ProblemRow(
            line=problem["line"],
            heading=problem["heading"],
            value=problem["value"],
            sentence=problem["sentence"],
            field=correction_key(problem["line"], problem["heading"]) if problem["heading"] and problem["line"] else "",
            # What stands in the cell, unless we know better: a field left as it is must not empty the cell.
            correction=problem["suggestion"] or problem["value"],
        )
        for problem in problems
    ]


@dataclass
class WrongLine:
    """A line of the file to correct, with what is wrong in it."""

    sentences: list[str] = field(default_factory=list)


def lines_to_correct(table: Table, problems: Iterable[Problem]) -> tuple[list[str], Iterator[list[Any]]]:
    """Headings and rows of the file to correct: the lines that block, as they are, and why, in a last column."""
    wrong: dict[int, WrongLine] = {}
    for problem in problems:
        place = f"{problem.heading} : " if problem.heading else ""
        wrong.setdefault(problem.line, WrongLine()).sentences.append(f"{place}{problem.sentence}")
    headings = [*table.labels, _("Ligne d’origine"), _("À corriger")]
    rows = ([*row.values, row.line, "\n".join(wrong[row.line].sentences)] for row in table.rows if row.line in wrong)
    return headings, rows

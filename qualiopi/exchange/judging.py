"""The columns of a table judged together, before a line is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from qualiopi.exchange.columns import Column
from qualiopi.exchange.judgements import Cells, Context, Judgement
from qualiopi.exchange.judgements.model import Span
from qualiopi.exchange.reading import Note, NoteKind, Table
from qualiopi.exchange.reading.tables import MOST_LINES

# What a run keeps of what somebody chose for its columns, in its options.
READINGS, WORDS = "readings", "words"


def judge_table(
    table: Table,
    columns: Sequence[Column],
    heading_of: Mapping[str, str],
    *,
    options: Mapping[str, Any],
    days: Callable[[], Sequence[Span | None]],
) -> dict[str, Judgement]:
    """A judgement for each of ``columns``, by its key.

    ``heading_of``: column key -> heading of the file; ``options``: what the run keeps (a reading by heading, what words become by heading
    and comparison key); ``days``: the days of the session of each row, asked only when they may decide something.
    """
    labels = table.labels
    lines = [row.line for row in table.rows]
    cells = {}
    for column in columns:
        if column.judge is not None:
            place = labels.index(heading_of[column.key])
            cells[column.key] = Cells(heading_of[column.key], lines, [row.values[place] for row in table.rows])
    judgements = {}
    for column in columns:
        if column.judge is None:
            judgements[column.key] = Judgement(parse=column.parse)
            continue
        heading = heading_of[column.key]
        siblings = (
            cells[other.key] for other in columns if other is not column and other.family and other.family == column.family
        )
        context = Context(
            siblings=tuple(siblings),
            days=days,
            chosen=options.get(READINGS, {}).get(heading, ""),
            words=options.get(WORDS, {}).get(heading, {}),
        )
        judgements[column.key] = column.judge(cells[column.key], context)
    return judgements


def note_of(heading: str, judgement: Judgement) -> Note | None:
    """What a judgement has to tell, complete by itself; None when it is nothing."""
    if not judgement.sentence:
        return None
    sentence = _("Colonne « %(heading)s » : %(sentence)s") % {"heading": heading, "sentence": judgement.sentence}
    kind = NoteKind.DOUBT if judgement.doubtful else NoteKind.READ_AS
    return Note(kind, sentence, judgement.lines[:MOST_LINES])


def as_dict(heading: str, column: str, judgement: Judgement) -> dict[str, Any]:
    """A judgement for JSON: what was chosen, what else could be, what its words become."""
    return {
        "column": heading,
        "field": column,
        "chosen": judgement.chosen,
        "readings": {reading.key: reading.label for reading in judgement.readings},
        "doubt": judgement.doubtful,
        "sentence": judgement.sentence,
        "lines": list(judgement.lines[:MOST_LINES]),
        "words": [
            {"word": word.text, "becomes": word.becomes, "lines": list(word.lines[:MOST_LINES])} for word in judgement.words
        ],
        "choices": dict(judgement.choices) if judgement.words else {},
    }

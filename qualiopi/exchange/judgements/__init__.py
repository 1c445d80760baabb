"""One judgement per column, not per cell: what the whole column says decides how each of its cells is read.

Pure: no model here, no query. A judge takes the cells of a column and what stands around it, and gives the reading chosen, the others, and
what to tell. A resource asks the judges of its columns before it reads a line; pages and command show what they say and let one choose.
"""

from .dates import judge_dates
from .lines import Block, block_title, filled_down, judge_filled_down, stands_under
from .model import LEFT_OUT, Cells, Context, Judge, Judgement, Reading, Word, in_force
from .names import FullName, judge_last_names, judge_names, judge_people
from .numbers import judge_numbers
from .scales import Scale, judge_scale
from .words import judge_words, lines_named, unknown_sentence

__all__ = [
    "LEFT_OUT",
    "Block",
    "Cells",
    "Context",
    "FullName",
    "Judge",
    "Judgement",
    "Reading",
    "Scale",
    "Word",
    "block_title",
    "filled_down",
    "in_force",
    "judge_dates",
    "judge_filled_down",
    "judge_last_names",
    "judge_names",
    "judge_numbers",
    "judge_people",
    "judge_scale",
    "judge_words",
    "lines_named",
    "stands_under",
    "unknown_sentence",
]

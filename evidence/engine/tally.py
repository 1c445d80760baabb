"""Subjects and their marks, while they are being counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import compress
from operator import itemgetter
from typing import TYPE_CHECKING

from evidence.engine.result import Mark, Subject
from evidence.engine.timing import Verdict

if TYPE_CHECKING:
    from evidence.engine.seen import More, Seen

MARKS = {Verdict.TO_READ: Mark.TO_READ, Verdict.GOOD: Mark.SATISFIED, Verdict.LATE: Mark.LATE, Verdict.OLD: Mark.OLD}

_MARK, _KEPT, _PEOPLE, _MORE = map(itemgetter, range(4))  # of what was seen


@dataclass(slots=True)
class Tally:
    """The subjects seen so far, each with its mark. ``unknown``: how many of those to clarify weigh on the result."""

    subjects: list[Subject] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    unknown: int = 0
    items: dict[str, str] = field(default_factory=dict)
    clarifications: dict[str, str] = field(default_factory=dict)
    due_dates: dict[str, date] = field(default_factory=dict)
    partly: dict[str, str] = field(default_factory=dict)
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    unknown_facts: dict[str, None] = field(default_factory=dict)
    # Where people are counted by session: those satisfied, those who count. None: each subject counts for one.
    people: tuple[int, int] | None = None
    read_by: dict[str, tuple[str, ...]] = field(default_factory=dict)  # who read the documents that prove a subject
    lacking: dict[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # subjects of which facts say the contrary, with the lines they name
    people_to_read: int = 0  # those of the people satisfied who are so by a file that nobody has read

    kept: set[str] = field(default_factory=set)  # subjects that the work itself proves
    used: set[str] = field(default_factory=set)  # documents that count

    def take(self, subjects: Sequence[Subject], ids: Sequence[str], seen: Sequence[Seen]) -> None:
        """What was seen of each subject. There are tens of thousands: they are gone through once for each thing told."""
        marks = list(map(_MARK, seen))
        if None in marks:
            self.subjects += compress(subjects, [mark is not None for mark in marks])
            self.marks += filter(None, marks)
        else:
            self.subjects += subjects
            self.marks += marks
        self.kept.update(compress(ids, map(_KEPT, seen)))
        if people := list(filter(None, map(_PEOPLE, seen))):
            satisfied, counted, to_read = map(sum, zip(*people, strict=True))
            self.people = (satisfied, counted)
            self.people_to_read = to_read
        for subject, more in zip(ids, map(_MORE, seen), strict=True):
            if more is not None:
                self._take_more(subject, more)

    def _take_more(self, subject: str, more: More) -> None:
        unknown, facts, clarification, due_on, items, partly, counts, read_by, lacking, used = more
        if facts:
            self.unknown += unknown
            self.unknown_facts.update(dict.fromkeys(facts))
            self.clarifications[subject] = clarification
        if due_on is not None:
            self.due_dates[subject] = due_on
        if items:
            self.items[subject] = items
        if partly:
            self.partly[subject] = partly
        if counts:
            self.counts[subject] = counts
        if read_by:
            self.read_by[subject] = read_by
        if lacking is not None:
            self.lacking[subject] = lacking
        if used:
            self.used.update(used)

    def add(self, subject: Subject, mark: Mark) -> None:
        self.subjects.append(subject)
        self.marks.append(mark)

    def satisfied(self) -> int:
        if self.people is not None:
            return self.people[0]
        return sum(self.marks.count(mark) for mark in MARKS.values())

    def to_read(self) -> int:
        """How many of those satisfied are so by a file that nobody has read."""
        return self.people_to_read if self.people is not None else self.marks.count(Mark.TO_READ)

    def counted(self) -> int:
        if self.people is not None:
            return self.people[1]
        return self.satisfied() + self.marks.count(Mark.MISSING)

    def has_old(self) -> bool:
        return Mark.OLD in self.marks

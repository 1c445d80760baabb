"""Subjects and their marks, while they are being counted."""

from dataclasses import dataclass, field
from datetime import date

from evidence.readiness.engine.result import Mark, Subject
from evidence.readiness.engine.timing import Verdict

MARKS = {Verdict.GOOD: Mark.SATISFIED, Verdict.LATE: Mark.LATE, Verdict.OLD: Mark.OLD}


@dataclass(slots=True)
class Tally:
    """The subjects seen so far, each with its mark."""

    subjects: list[Subject] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    n: int = 0
    d: int = 0
    unknown: int = 0
    old: bool = False
    items: dict[str, str] = field(default_factory=dict)
    clarifications: dict[str, str] = field(default_factory=dict)
    due_dates: dict[str, date] = field(default_factory=dict)
    unknown_facts: dict[str, None] = field(default_factory=dict)

    def add(self, subject: Subject, mark: Mark) -> None:
        self.subjects.append(subject)
        self.marks.append(mark)
        if mark is Mark.MISSING:
            self.d += 1
        elif mark is not Mark.TO_COME and mark is not Mark.TO_CLARIFY:
            self.n += 1
            self.d += 1
            self.old = self.old or mark is Mark.OLD

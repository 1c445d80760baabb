"""Subjects and their marks, while they are being counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from evidence.engine.result import Mark, Subject
from evidence.engine.timing import Verdict

if TYPE_CHECKING:
    from evidence.engine.recorded.proof import Proof

MARKS = {Verdict.TO_READ: Mark.TO_READ, Verdict.GOOD: Mark.SATISFIED, Verdict.LATE: Mark.LATE, Verdict.OLD: Mark.OLD}


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

    def add(self, subject: Subject, mark: Mark) -> None:
        self.subjects.append(subject)
        self.marks.append(mark)

    def note(self, subject: Subject, proof: Proof) -> None:
        """What is to be said of a subject beside its mark: who read its proof, or what it lacks and what it has."""
        if proof.read_by:
            self.read_by[subject.id] = proof.read_by
        if proof.mark is not None:
            return
        if proof.items:
            self.items[subject.id] = proof.items
        if proof.partly:
            self.partly[subject.id] = proof.partly
        if proof.counts:
            self.counts[subject.id] = proof.counts
        if proof.contrary:
            self.lacking[subject.id] = proof.lacking

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

"""What the work proves by itself, told alike on an indicator's page, in the auditor's room and in packs: words and a number, no rate."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evidence.engine.recorded import is_recorded
from evidence.engine.result import ExpectationResult, SubjectKind
from evidence.readiness.wording import BY_A_FILE, BY_THE_WORK


@dataclass(frozen=True, slots=True)
class Kept:
    """How many have what is expected, in the words of the expectation; `by_a_file`: of how many subjects a deposited file proves it."""

    words: str
    count: int
    of_sessions: bool
    by_a_file: int

    @property
    def files(self) -> str:
        """How many are proved by a file, in the words of every page; "" where none is."""
        return f"{self.by_a_file} {BY_A_FILE}" if self.by_a_file else ""

    @property
    def how(self) -> str:
        """That the work keeps it, and how many a file proves instead."""
        return _("%(work)s ; %(files)s") % {"work": BY_THE_WORK, "files": self.files} if self.files else str(BY_THE_WORK)


def kept_of(result: ExpectationResult) -> Kept | None:
    """None where the work proves nothing of it: what only files prove is listed with the pieces."""
    wording = result.expectation.wording
    if wording is None or not (is_recorded(result.expectation) and result.kept and result.n):
        return None
    return Kept(
        words=f"{wording.one if result.n == 1 else wording.many} {wording.shown}".strip(),
        count=result.n,
        of_sessions=bool(result.subjects) and result.subjects[0].kind is SubjectKind.SESSION,
        by_a_file=sum(result.by_a_file(subject.id) for subject in result.subjects),
    )

"""Walking the registers line after line: which line was altered, taken away, or moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from qualiopi.organisations.models import Organisation
from trainings.attendance.chain import fingerprint_of
from trainings.attendance.models import Chain, Mark
from trainings.sessions.models import Session

LINES_AT_ONCE = 500


class Fault(StrEnum):
    """What can be wrong with a line."""

    ALTERED = "altered"
    MISSING = "missing"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in the register of a session: from line `first` to line `last`."""

    session: Session
    fault: Fault
    first: int
    last: int


def registers(organisation: Organisation | None = None) -> QuerySet[Session]:
    """The sessions whose register holds something, with their organisation; of one organisation, or of all."""
    used: QuerySet[Session] = Session.objects.filter(
        Q(pk__in=Chain.objects.values("session")) | Q(pk__in=Mark.objects.order_by().values("session"))
    )
    used = used.select_related("organisation").order_by("organisation__slug", "reference")
    return used if organisation is None else used.filter(organisation=organisation)


def check(session: Session) -> Iterator[Finding]:
    """Read a register from its first line to its last, and tell what is wrong. Two queries, a few hundred lines in memory at most.

    A line is altered when its text no longer gives its fingerprint; moved when it does not follow the line that stands before it.
    """
    chain = Chain.objects.filter(session=session).first() or Chain(session=session)
    number, previous = 0, ""
    marks = Mark.objects.filter(session=session).select_related("half_day", "file").order_by("number")
    for mark in marks.iterator(chunk_size=LINES_AT_ONCE):
        gap = mark.number > number + 1
        if gap:
            yield Finding(session, Fault.MISSING, number + 1, mark.number - 1)
        if fingerprint_of(mark, mark.previous) != mark.fingerprint:
            yield Finding(session, Fault.ALTERED, mark.number, mark.number)
        elif mark.previous != previous and not gap:
            yield Finding(session, Fault.MOVED, mark.number, mark.number)
        number, previous = mark.number, mark.fingerprint
    if number < chain.length:
        yield Finding(session, Fault.MISSING, number + 1, chain.length)
    elif number > chain.length or previous != chain.fingerprint:
        # More lines than the end of the register knows of, or another last line: something was added outside of the product.
        yield Finding(session, Fault.MOVED, chain.length + 1 if number > chain.length else number, number)

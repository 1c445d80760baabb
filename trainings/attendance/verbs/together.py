"""Signatures of one session that arrive at the same moment, written together: a whole room signs in the same minute (ADR 0068)."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from trainings.attendance.models import Mark
from trainings.attendance.verbs.lines import NewLine, Ready, append_ready, lock, ready
from trainings.attendance.verbs.turns import Turns
from trainings.sessions.models import Session


def add(session: Session, line: NewLine) -> Mark:
    """Add a line to the register of a session, in a transaction of its own, with those of the same session that wait behind.

    Raises what `lock` and `append` raise.
    """
    return _LINES.ask(ready(session, line), beside=session.pk)


def write(lines: list[Ready]) -> list[Mark]:
    """Add lines of one session to its register, in one transaction. Raises what `lock` and `append` raise, with nothing written."""
    if not lines:
        return []
    session = lines[0].mark.session
    with _turn_of_this_process(), transaction.atomic():
        chain = lock(session, [line.mark.half_day for line in lines])
        return append_ready(chain, session, lines)


_LINES = Turns(write)


@contextmanager
def _turn_of_this_process() -> Iterator[None]:
    """SQLite lets one process write, and makes the others sleep up to a tenth of a second before they ask again: they queue here.

    The file stands beside the database, as those of SQLite itself. A server of databases queues by itself.
    """
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or "memory" in name or connection.in_atomic_block:
        yield
        return
    with Path(f"{name}-signatures").open("ab") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield

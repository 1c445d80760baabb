"""Signatures of one session that arrive at the same moment, written together: a whole room signs in the same minute (ADR 0068)."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from django.db import connection, transaction

from trainings.attendance.models import Mark
from trainings.attendance.verbs.lines import Line, Ready, append_ready, lock, ready
from trainings.sessions.models import Session


class _Waiting:
    """A line that waits for its turn, and what it became; `alone` once something was refused among those it was written with."""

    def __init__(self, session: Session, line: Ready) -> None:
        self.session = session
        self.line = line
        self.mark: Mark | None = None
        self.alone = False
        self.called = threading.Semaphore(0)


class _Queue:
    """The threads of this process that have a line to add: one writes, the others sleep until they are called."""

    def __init__(self) -> None:
        self._door = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._someone_writes = False

    def add(self, mine: _Waiting) -> None:
        """Come back once the line is written, by this thread or by another one."""
        with self._door:
            self._waiting.append(mine)
            first, self._someone_writes = not self._someone_writes, True
        if not first:
            mine.called.acquire()
            if mine.mark is not None:
                return
        group = self._beside(mine)
        try:
            _write_with(mine, group)
        finally:
            self._call_next(mine, group)

    def _beside(self, mine: _Waiting) -> list[_Waiting]:
        with self._door:
            return [
                each
                for each in self._waiting
                if each is mine or not (mine.alone or each.alone or each.session.pk != mine.session.pk)
            ]

    def _call_next(self, mine: _Waiting, group: list[_Waiting]) -> None:
        with self._door:
            self._waiting = [each for each in self._waiting if each is not mine and each.mark is None]
            self._someone_writes = bool(self._waiting)
            called = [each for each in group if each is not mine and each.mark is not None] + self._waiting[:1]
        for each in called:
            each.called.release()


_QUEUE = _Queue()


def add(session: Session, line: Line) -> Mark:
    """Add a line to the register of a session, in a transaction of its own. Raises what `lock` and `append` raise.

    Whoever's turn it is writes, with their own line, those of the same session that wait behind, in the order in which they came.
    When one of them is refused nothing is written, and each is taken again alone: only the person concerned is told. Inside a
    transaction that is already open the line does not queue: what that transaction holds could be what the first one waits for.
    """
    mine = _Waiting(session, ready(session, line))
    if connection.in_atomic_block:
        _write([mine])
    else:
        _QUEUE.add(mine)
    return cast("Mark", mine.mark)


def _write_with(mine: _Waiting, group: list[_Waiting]) -> None:
    if len(group) > 1:
        try:
            return _write(group)
        except Exception:
            # Which of them was refused, and in whose language to say it, each thread finds out by itself.
            for each in group:
                each.alone = True
    return _write([mine])


def _write(group: list[_Waiting]) -> None:
    session = group[0].session
    with _turn_of_this_process(), transaction.atomic():
        chain = lock(session, [each.line.mark.half_day for each in group])
        marks = append_ready(chain, session, [each.line for each in group])
    for each, mark in zip(group, marks, strict=True):
        each.mark = mark


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

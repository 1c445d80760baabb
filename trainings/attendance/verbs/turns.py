"""Threads that ask for the same kind of work at the same moment: one of them does it for those who wait (ADR 0068)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar, cast

from django.db import connection

A = TypeVar("A")
G = TypeVar("G")


class _Waiting(Generic[A, G]):
    """What somebody asks, and what came of it; `alone` once something was refused among those it was done with."""

    def __init__(self, asked: A, beside: Hashable) -> None:
        self.asked = asked
        self.beside = beside
        self.given: G | None = None
        self.done = False
        self.alone = False
        # Taken at once, so that taking it again waits: the lightest way there is to be called.
        self.called = threading.Lock()
        self.called.acquire()


class Turns(Generic[A, G]):
    """The threads of this process that have something to `do`: one does it, the others sleep until they are called.

    `do` takes what was asked, in the order in which it came, and gives as many answers. Whatever it raises must leave nothing done:
    each is then taken again alone, so that only the person concerned is told.
    """

    def __init__(self, do: Callable[[list[A]], list[G]]) -> None:
        self._do = do
        self._door = threading.Lock()
        self._waiting: list[_Waiting[A, G]] = []
        self._someone_works = False

    def ask(self, asked: A, *, beside: Hashable) -> G:
        """Come back with the answer once it is done, by this thread or by another one; raise what `do` raises of this one alone.

        Those that wait with the same `beside` are done together. Inside a transaction that is already open nothing queues: what that
        transaction holds could be what the first one waits for.
        """
        if connection.in_atomic_block:
            return self._do([asked])[0]
        mine: _Waiting[A, G] = _Waiting(asked, beside)
        with self._door:
            self._waiting.append(mine)
            first, self._someone_works = not self._someone_works, True
        if not first:
            mine.called.acquire()
        if not mine.done:
            group = self._with(mine)
            try:
                self._do_with(mine, group)
            finally:
                self._call_next(mine, group)
        return cast("G", mine.given)

    def _with(self, mine: _Waiting[A, G]) -> list[_Waiting[A, G]]:
        with self._door:
            return [
                each for each in self._waiting if each is mine or not (mine.alone or each.alone or each.beside != mine.beside)
            ]

    def _do_with(self, mine: _Waiting[A, G], group: list[_Waiting[A, G]]) -> None:
        if len(group) > 1:
            try:
                return self._do_all(group)
            except Exception:
                # Which of them was refused, and in whose language to say it, each thread finds out by itself.
                for each in group:
                    each.alone = True
        return self._do_all([mine])

    def _do_all(self, group: list[_Waiting[A, G]]) -> None:
        given = self._do([each.asked for each in group])
        for each, answer in zip(group, given, strict=True):
            each.given, each.done = answer, True

    def _call_next(self, mine: _Waiting[A, G], group: list[_Waiting[A, G]]) -> None:
        with self._door:
            self._waiting = [each for each in self._waiting if each is not mine and not each.done]
            self._someone_works = bool(self._waiting)
            called = [each for each in group if each is not mine and each.done] + self._waiting[:1]
        for each in called:
            each.called.release()

"""The live server of the tests on a database in memory: one answer at a time.

All threads of that server, and the test itself, share one connection there. Two answers that each open a transaction, or an answer and
a test that signs somebody in, would close each other's savepoints, which no database of a file or of a server allows.
"""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.servers.basehttp import ServerHandler
from django.db import connection
from django.db.transaction import Atomic

from tests.harness.waiting import PATIENCE


@pytest.fixture(scope="session", autouse=True)
def _one_answer_at_a_time(django_db_setup: None) -> Iterator[None]:
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        yield
        return
    with pytest.MonkeyPatch.context() as patched:
        turn = threading.RLock()
        patched.setattr(ServerHandler, "run", in_turn(ServerHandler.run, turn))
        patched.setattr(Atomic, "__enter__", entered_in_turn(Atomic.__enter__, turn))
        patched.setattr(Atomic, "__exit__", left_in_turn(Atomic.__exit__, turn))
        yield


def in_turn(run: Any, turn: Any, patience: float = PATIENCE) -> Any:
    """The same answer, its body included, begun once the one before has left, within `patience` seconds."""

    def answer(handler: ServerHandler, application: Any) -> None:
        assert turn.acquire(timeout=patience), f"Une réponse n’est pas partie après {patience} s."
        try:
            run(handler, application)
        finally:
            turn.release()

    return answer


def entered_in_turn(enter: Any, turn: Any, patience: float = PATIENCE) -> Any:
    """The same beginning of a transaction; for the test itself, once no answer is on its way."""

    def wait(block: Atomic) -> None:
        of_the_test = threading.current_thread() is threading.main_thread()
        if of_the_test:
            assert turn.acquire(timeout=patience), f"Une réponse n’est pas partie après {patience} s."
        try:
            enter(block)
        except BaseException:
            if of_the_test:
                turn.release()
            raise

    return wait


def left_in_turn(leave: Any, turn: Any) -> Any:
    """The same end, after which answers go on."""

    def end(block: Atomic, *raised: Any) -> None:
        try:
            leave(block, *raised)
        finally:
            if threading.current_thread() is threading.main_thread():
                turn.release()

    return end

"""The live server of the tests on a database in memory: one answer at a time.

All threads of that server share one connection there. Two answers that each open a transaction would close each other's
savepoints, which no database of a file or of a server allows.
"""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.servers.basehttp import ServerHandler
from django.db import connection

from tests.harness.waiting import PATIENCE


@pytest.fixture(scope="session", autouse=True)
def _one_answer_at_a_time(django_db_setup: None) -> Iterator[None]:
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        yield
        return
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ServerHandler, "run", in_turn(ServerHandler.run))
        yield


def in_turn(run: Any, patience: float = PATIENCE) -> Any:
    """The same answer, its body included, begun once the one before has left, within `patience` seconds."""
    turn = threading.Lock()

    def answer(handler: ServerHandler, application: Any) -> None:
        assert turn.acquire(timeout=patience), f"Une réponse n’est pas partie après {patience} s."
        try:
            run(handler, application)
        finally:
            turn.release()

    return answer

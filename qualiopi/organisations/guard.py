"""A page that only shows cannot write: the database refuses while it is being made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection

_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE")
# The journal notes readings, the framework keeps its own session, what sessions tell and what was judged of it are kept by who first
# reads it (ADR 160, 148, 177): none is the organisation's data.
_ALWAYS_WRITABLE = (
    '"qualiopi_entry"',
    '"django_session"',
    '"trainings_keptfacts"',
    '"trainings_factmark"',
    '"trainings_factrevision"',
    '"evidence_keptboard"',
    '"evidence_keptseen"',
)
# Of this request alone: threads may share a connection, as the live server of the tests does.
_showing: ContextVar[bool] = ContextVar("showing", default=False)


class ReadOnlyViolation(RuntimeError):
    """A page declared read-only tried to write."""


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if _showing.get() and sql.lstrip().upper().startswith(_WRITES) and not any(table in sql for table in _ALWAYS_WRITABLE):
        raise ReadOnlyViolation(sql[:200])
    return execute(sql, params, many, context)


@contextmanager
def no_writes() -> Iterator[None]:
    """Raise ReadOnlyViolation for any change of data made inside, the journal's readings excepted."""
    if _refuse_writes not in connection.execute_wrappers:
        # First in the list and for good: who adds a wrapper for a while takes the last one away.
        connection.execute_wrappers.insert(0, _refuse_writes)
    token = _showing.set(True)
    try:
        yield
    finally:
        _showing.reset(token)

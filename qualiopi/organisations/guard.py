"""A page that only shows cannot write: the database refuses while it is being made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE")
# The journal notes readings, and the framework keeps its own session: neither is the organisation's data.
_ALWAYS_WRITABLE = ('"qualiopi_entry"', '"django_session"')


class ReadOnlyViolation(RuntimeError):
    """A page declared read-only tried to write."""


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if sql.lstrip().upper().startswith(_WRITES) and not any(table in sql for table in _ALWAYS_WRITABLE):
        raise ReadOnlyViolation(sql[:200])
    return execute(sql, params, many, context)


@contextmanager
def no_writes() -> Iterator[None]:
    """Raise ReadOnlyViolation for any change of data made inside, the journal's readings excepted."""
    with connection.execute_wrapper(_refuse_writes):
        yield

"""The statements that add a line to a register, written by hand.

200 people wait for one another here: the ORM takes longer to put these words together than the database to answer, and meanwhile
holds everybody else up (ADR 0068).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from qualiopi.statements import as_key, as_stored, in_one_trip
from trainings.attendance.models import Mark
from trainings.sessions.models import Session

_END = """
SELECT chain.length, chain.fingerprint, session.state
FROM trainings_chain chain JOIN trainings_session session ON session.id = chain.session_id
WHERE chain.session_id = %s
"""
_HOURS = "SELECT id, day, starts_at, ends_at FROM trainings_halfday WHERE id IN ({})"
_ADD = "INSERT INTO trainings_mark ({}) VALUES {}"
_PLACE = ("number", "previous", "fingerprint")
_END_THERE = "UPDATE trainings_chain SET length = %s, fingerprint = %s WHERE session_id = %s"


Hours = tuple[date, time, time]


def hold(session: UUID, half_days: Collection[UUID]) -> tuple[tuple[int, str, str] | None, dict[UUID, Hours]]:
    """Hold the end of a register until the transaction ends, then read what can no longer change: its length, its last fingerprint and
    the state of its session (None without a register); day and hours of these half-days, those removed left out.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A register is locked inside a transaction.")
    end = _END
    if connection.features.has_select_for_update:
        end += connection.ops.for_update_sql(of=("chain", "session"), no_key=True)
    hours = _HOURS.format(", ".join(["%s"] * len(half_days)))
    found, stored = in_one_trip((end, [as_stored(session)]), (hours, [as_stored(pk) for pk in half_days]))
    return found[0] if found else None, {as_key(pk): (day, starts_at, ends_at) for pk, day, starts_at, ends_at in stored}


def row_of(mark: Mark) -> list[Any]:
    """The values of a new line, column by column; what its place in the register gives is filled in by `store`."""
    return [
        None if field.attname in _PLACE else field.get_db_prep_save(getattr(mark, field.attname), connection)
        for field in Mark._meta.concrete_fields
    ]


def store(lines: Sequence[tuple[Mark, list[Any]]], session: Session) -> None:
    """Write new lines, each with its row, and the new end of their register. Raises IntegrityError on what the constraints refuse."""
    columns = [str(field.column) for field in Mark._meta.concrete_fields]
    places = [(columns.index(name), name) for name in _PLACE]
    for mark, row in lines:
        for position, name in places:
            row[position] = getattr(mark, name)
    one = f"({', '.join(['%s'] * len(columns))})"
    words = _ADD.format(", ".join(columns), ", ".join([one] * len(lines)))
    last = lines[-1][0]
    values = [value for _mark, row in lines for value in row]
    in_one_trip((words, values), (_END_THERE, [last.number, last.fingerprint, as_stored(session.pk)]))
    for mark, _row in lines:
        mark._state.adding, mark._state.db = False, connection.alias

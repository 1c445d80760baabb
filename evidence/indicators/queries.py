"""Of the sessions of an indicator, those that who leads them can do something about. No query: it is read from a matrix."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.matrix.queries import Group, Matrix, owed_by_trainers


def sessions_owing(matrix: Matrix, groups: Iterable[Group], trainers: Iterable[str]) -> int:
    """How many sessions led by these people lack something that they can mend."""
    wanted = set(trainers)
    led = {session for group in groups if wanted & set(group.trainers) for session in group.sessions}
    return sum(owed_by_trainers(matrix, [session]) > 0 for session in led)

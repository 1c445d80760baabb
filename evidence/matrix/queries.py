"""The whole table, unworded: what is asked of sessions, what each of them lacks, and who leads it. No query: it is read from a board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from evidence.engine.result import ExpectationResult, Mark
from evidence.readiness.expected import MOMENTS, moment_of, session_results
from evidence.readiness.outline import SessionHead
from evidence.readiness.queries import Board
from qualiopi.standard.expectations import Person

# What somebody can still do something about, beside what is missing.
_TO_SETTLE = (Mark.OLD, Mark.TO_READ, Mark.TO_CLARIFY)


class Standing(StrEnum):
    """Where the dossier of a session stands."""

    HOLE = "trou"
    TO_SETTLE = "relire"  # nothing is missing; something is to be read, made again or told
    COMPLETE = "complet"
    TO_COME = "avenir"  # not begun, and nothing is missing yet


@dataclass(frozen=True, slots=True)
class Column:
    """One expectation about sessions."""

    key: str
    indicator: int
    label: str
    moment: int
    first: bool  # of its moment: a rule is drawn at its left


@dataclass(frozen=True, slots=True)
class Matrix:
    """Columns, the sessions they are about or that are to come, the last ones first, and what each of them lacks."""

    columns: tuple[Column, ...]
    moments: tuple[tuple[str, int], ...]  # name, number of columns
    results: tuple[ExpectationResult, ...]  # one by column
    sessions: tuple[SessionHead, ...]
    holes: Mapping[str, tuple[ExpectationResult, ...]]  # session -> what lacks, column by column
    standings: Mapping[str, Standing]
    titles: Mapping[str, str]  # course -> its title


@dataclass(frozen=True, slots=True)
class Group:
    """The sessions that the same people lead."""

    trainers: tuple[str, ...]
    sessions: tuple[SessionHead, ...]
    holes: int

    @property
    def key(self) -> str:
        """Tells it from the others, within a page."""
        return "-".join(self.trainers)


def matrix_of(board: Board, *, indicator: int | None = None) -> Matrix:
    """The whole matrix; or what one indicator alone asks, of the sessions that it concerns."""
    results = [each for each in session_results(board) if indicator in (None, each.expectation.indicator)]
    columns: list[Column] = []
    moments: list[tuple[str, int]] = []
    for result in results:
        key, moment = result.expectation.key, moment_of(result)
        new = not columns or columns[-1].moment != moment
        columns.append(Column(key, result.expectation.indicator, result.expectation.short, moment, new))
        moments = [*moments, (str(MOMENTS[moment]), 1)] if new else [*moments[:-1], (moments[-1][0], moments[-1][1] + 1)]
    concerned: set[str] = set()
    to_settle: set[str] = set()
    holes: dict[str, list[ExpectationResult]] = {}
    for result in results:
        concerned.update(result.mark_by_subject)
        to_settle.update(subject.id for subject in result.having(*_TO_SETTLE))
        for subject in result.missing:
            holes.setdefault(subject.id, []).append(result)
    today = board.observed_on
    # Of what has not begun, little is asked yet: it is there to be seen coming.
    coming = board.outline.sessions if indicator is None else ()
    shown = concerned | {each.id for each in coming if each.first_day > today}
    sessions = tuple(each for each in reversed(board.outline.sessions) if each.id in shown)

    def standing(session: SessionHead) -> Standing:
        if session.id in holes:
            return Standing.HOLE
        if session.id in to_settle:
            return Standing.TO_SETTLE
        return Standing.TO_COME if session.first_day > today else Standing.COMPLETE

    return Matrix(
        columns=tuple(columns),
        moments=tuple(moments),
        results=tuple(results),
        sessions=sessions,
        holes={session: tuple(found) for session, found in holes.items()},
        standings={session.id: standing(session) for session in sessions},
        titles=board.course_titles,
    )


def groups_of(matrix: Matrix, sessions: Iterable[SessionHead], names: Mapping[str, str]) -> list[Group]:
    """These sessions by who leads them: the group with the most holes first, then by name; in it, the holes first."""
    found: dict[tuple[str, ...], list[SessionHead]] = {}
    for session in sessions:
        found.setdefault(session.trainer_ids, []).append(session)
    order = list(Standing)
    groups = [
        Group(
            trainers,
            tuple(sorted(led, key=lambda session: order.index(matrix.standings[session.id]))),
            sum(len(matrix.holes.get(session.id, ())) for session in led),
        )
        for trainers, led in found.items()
    ]
    return sorted(groups, key=lambda group: (-group.holes, [names[trainer] for trainer in group.trainers], group.trainers))


def holes_by_column(matrix: Matrix, sessions: Iterable[SessionHead]) -> list[tuple[Column, int]]:
    """How many of these sessions lack it, for each column."""
    shown = {session.id for session in sessions}
    counts = (sum(subject.id in shown for subject in result.missing) for result in matrix.results)
    return list(zip(matrix.columns, counts, strict=True))


def lacking_of(result: ExpectationResult, session: SessionHead) -> int:
    """How many of the things counted lack there; one where nothing is counted."""
    there, wanted = result.counts.get(session.id, (0, 1))
    return wanted - there


def owed_by_trainers(matrix: Matrix, sessions: Iterable[SessionHead]) -> int:
    """How many of the holes of these sessions whoever leads them can mend."""
    return sum(
        result.expectation.mended_by is Person.TRAINER for session in sessions for result in matrix.holes.get(session.id, ())
    )

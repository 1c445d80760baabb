"""Which sessions wait for a hand, which are to come, which lack nothing: from the matrix and from what is owed, as those pages say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from evidence.debts.queries import Owed, owed_in
from evidence.matrix.queries import Matrix, Standing, matrix_of
from evidence.readiness.keeping import board_of_today
from evidence.readiness.queries import Board
from qualiopi.organisations.models import Organisation
from trainings.sessions.models import Session
from trainings.states import CALLED_OFF


class Place(StrEnum):
    """Where a session stands in the list, in that order."""

    WAITING = "attente"  # something is owed, or is to be read again
    COMING = "avenir"  # not over, and nothing is owed
    COMPLETE = "complet"
    ASIDE = "rien"  # given up, put off, or nothing was asked of it


class Entry(NamedTuple):
    """One session in its place. `since`: when the first thing owed was; `missing`: how many expectations lack, as in the matrix."""

    key: UUID
    place: Place
    since: date | None
    first: date | None
    last: date | None
    missing: int
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What was judged of the day, and what each session owes."""

    today: date
    board: Board
    matrix: Matrix
    owed: Mapping[str, list[Owed]]

    def entry(self, key: UUID, first: date | None, ends_on: date | None, state: str) -> Entry:
        """The place of one session."""
        name, last = str(key), ends_on or first
        standing = self.matrix.standings.get(name)
        owed = self.owed.get(name, ())
        return Entry(
            key=key,
            place=_place(standing, state, owed=bool(owed), over=last is not None and last < self.today),
            since=owed[0].since if owed else None,
            first=first,
            last=last,
            missing=len(self.matrix.holes.get(name, ())),
            standing=standing,
        )


def agenda_of(organisation: Organisation, *, today: date) -> Agenda:
    """Read the day of an organisation in a constant number of queries."""
    board = board_of_today(organisation)
    owed: defaultdict[str, list[Owed]] = defaultdict(list)
    for each in owed_in(organisation, today=today, read=board):
        if each.session:
            owed[each.session].append(each)
    return Agenda(today, board, matrix_of(board), owed)


def entries_of(agenda: Agenda, sessions: QuerySet[Session]) -> list[Entry]:
    """All of these: what waits first, the oldest thing owed first; what is to come, the next first; then the last that were held. One
    query."""
    rows = sessions.order_by("reference", "pk").values_list("pk", "starts_on", "ends_on", "state")
    return sorted((agenda.entry(*row) for row in rows), key=_order)


def known_of(organisation: Organisation, sessions: QuerySet[Session], entries: Iterable[Entry]) -> dict[UUID, Session]:
    """The sessions of these entries, by key. Two queries with the trainers."""
    found = {session.pk: session for session in sessions.filter(pk__in=[entry.key for entry in entries])}
    for session in found.values():
        session.organisation = organisation
    return found


def _place(standing: Standing | None, state: str, *, owed: bool, over: bool) -> Place:
    if owed or standing in (Standing.HOLE, Standing.TO_SETTLE):
        return Place.WAITING
    if state in CALLED_OFF:
        return Place.ASIDE
    if not over:
        return Place.COMING
    return Place.COMPLETE if standing is Standing.COMPLETE else Place.ASIDE


def _order(entry: Entry) -> tuple[int, date, int]:
    place = list(Place).index(entry.place)
    if entry.place is Place.WAITING:
        return place, entry.since or date.max, (entry.first or date.max).toordinal()
    if entry.place is Place.COMING:
        return place, entry.first or date.max, 0
    return place, date.min, -(entry.first or date.min).toordinal()

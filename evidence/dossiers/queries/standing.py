"""Where a session stands today: what is recorded of it, what the engine says of it, and what is still to be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from evidence.debts.queries import Owed, owed_of
from evidence.dossiers.moments import Moment, moment_of
from evidence.dossiers.queries.followed import Followed, followed, followed_of_each
from evidence.readiness.queries import Board, SessionRead
from qualiopi.zones import today_of
from trainings.sessions.models import Session, Step
from trainings.sessions.queries import steps_of


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the page of a session is told from."""

    session: Session
    today: date
    board: Board | SessionRead
    followed: Followed
    steps: list[Step]
    owed: list[Owed]

    @property
    def moment(self) -> Moment:
        """Where it stands in its time."""
        return moment_of(self.session.state, self.session.starts_on, self.session.ends_on, today=self.today)


def standing_of(session: Session, *, now: datetime, read: Board | SessionRead) -> Standing:
    """Read a session in a constant number of queries. ``read``: what was judged of it today."""
    today = today_of(session.organisation)
    steps = list(steps_of(session))
    return Standing(session, today, read, followed(session, now=now), steps, owed_of(session, steps, read, today=today))


def standings_of(
    sessions: Sequence[Session], owed: Mapping[str, Sequence[Owed]], *, now: datetime, read: Board
) -> list[Standing]:
    """The same of several sessions of one organisation, in as many queries. ``owed``: what each owes, as ``owed_in`` says it."""
    if not sessions:
        return []
    today = today_of(sessions[0].organisation)
    steps: dict[UUID, list[Step]] = {session.pk: [] for session in sessions}
    for step in steps_of(*sessions):
        steps[step.session_id].append(step)
    found = followed_of_each(sessions, now=now)
    return [
        Standing(session, today, read, found[session.pk], steps[session.pk], list(owed.get(str(session.pk), ())))
        for session in sessions
    ]

"""The dossier of one session, as its page, its PDF and its archive show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from evidence.dossiers.queries.people import Register, register_of
from evidence.dossiers.queries.pieces import DossierPiece, filed_about, pieces_of_session
from evidence.dossiers.queries.timeline import Event, events_of
from evidence.dossiers.readers import WHOLE, Reader
from evidence.readiness import wording
from evidence.readiness.expected import ExpectedLine
from evidence.readiness.expected import dossier_of as expected_of
from evidence.readiness.queries import Board, SessionRead, session_read
from qualiopi.zones import today_of
from trainings.attendance.queries import count_lines
from trainings.sessions.models import Session


@dataclass(frozen=True, slots=True)
class ExpectedPiece:
    """One thing this session has to show, and whether it is there: a state, never a judgement.

    `there`: None when it is still to come, or cannot be told.
    """

    line: ExpectedLine
    there: bool | None
    state: str

    @property
    def icon(self) -> str:
        """The name of the icon beside its state."""
        if self.there is None:
            return "calendar-event"
        return "check" if self.there else "hourglass-empty"

    @property
    def look(self) -> str:
        """The class of its state: what should be there and is not stands out."""
        return "attendus__absent" if self.there is False else ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is expected, who took part, which pieces, what happened. `read`: the board it is told from, for that audit."""

    session: Session
    read: Board | SessionRead
    audit_date: date
    answer: str
    expected: list[ExpectedPiece]
    register: Register
    pieces: list[DossierPiece]
    events: list[Event]


def dossier_of(session: Session, reader: Reader = WHOLE, *, read: Board | SessionRead | None = None) -> Dossier:
    """Read of a session (fetched with its course, programme, contracts and trainers) what this reader may know; `read`: the board of
    today, for a page that has it already.

    Reads only, in a constant number of queries.
    """
    organisation = session.organisation
    read = read or session_read(organisation=organisation, session=session.pk, observed_on=today_of(organisation))
    lines = expected_of(read, str(session.pk))
    count, filed = count_lines(session), filed_about(session, reader.trainer)
    holes = sum(1 for line in lines if line.status == "insufficient")
    return Dossier(
        session=session,
        read=read,
        audit_date=read.audit_date,
        answer=wording.missing_in_session(holes) if lines else "",
        expected=[_expected(line) for line in lines],
        register=register_of(session, count),
        pieces=pieces_of_session(session, filed, reader),
        events=events_of(session, count, filed),
    )


def _expected(line: ExpectedLine) -> ExpectedPiece:
    if line.status == "insufficient":
        return ExpectedPiece(line, False, _("pas encore là"))
    if line.status in ("demonstrable", "at_risk"):
        return ExpectedPiece(line, True, _("là, %(how)s") % {"how": line.word} if line.word else _("là"))
    return ExpectedPiece(line, None, line.word or _("à préciser"))

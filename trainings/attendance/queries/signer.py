"""Who signs for what, in one light query: 200 people do it in the same minute."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model

from qualiopi.identifiers import as_key, as_stored
from qualiopi.links import as_given, fingerprint
from trainings.attendance.queries.register import OVER
from trainings.sessions.models import Enrolment, EnrolmentState, HalfDay, LinkPurpose, Session

M = TypeVar("M", bound=Model)

# Written by hand: the ORM takes longer to put these words together than the database to answer, and everybody signs at once.
_SIGNER = """
SELECT link.purpose, link.expires_on, person.id, person.state, person.ended_on,
       session.id, session.organisation_id, session.state, half_day.day, half_day.starts_at, half_day.ends_at
FROM trainings_enrolmentlink link
JOIN trainings_enrolment person ON person.id = link.enrolment_id
JOIN trainings_session session ON session.id = person.session_id
JOIN trainings_halfday half_day ON half_day.session_id = session.id
WHERE link.token_hash = %s AND half_day.id = %s
"""


def signer(token: str, half_day: UUID, *, today: date) -> tuple[HalfDay, Enrolment] | None:
    """The half-day and the person behind a personal link that can still sign it; None when the page has something else to say.

    Both hold only what signing reads.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SIGNER, [fingerprint(as_given(token)), as_stored(half_day)])
        told = cursor.fetchone()
    if told is None:
        return None
    purpose, expires_on, person, state, ended_on, session, organisation, session_state, day, starts_at, ends_at = told
    usable = purpose == LinkPurpose.ATTENDANCE and today <= expires_on
    if not usable or state != EnrolmentState.ENROLLED or session_state in OVER:
        return None
    held = _read(Session, id=as_key(session), organisation_id=as_key(organisation), state=session_state)
    half_day_held = _read(HalfDay, id=half_day, day=day, starts_at=starts_at, ends_at=ends_at)
    half_day_held.session = held
    return half_day_held, _read(Enrolment, id=as_key(person), session_id=held.pk, state=state, ended_on=ended_on)


def _read(model: type[M], **values: Any) -> M:
    """A row of which only these columns were read: the others would be asked of the database, as after `only`."""
    read: M = model.from_db(connection.alias, list(values), list(values.values()))
    return read

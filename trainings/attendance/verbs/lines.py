"""Adding lines at the end of a session's register: for the verbs of this room alone."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.files.models import StoredFile
from trainings.attendance.chain import fingerprint_of
from trainings.attendance.models import Chain, Mark
from trainings.attendance.verbs.refusals import check_state
from trainings.attendance.verbs.statements import end_of, hours_of, store
from trainings.sessions.models import HalfDay, Session

_ONE_BY_ONE = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one new line says; exactly one of `enrolment` and `trainer`."""

    half_day: HalfDay
    kind: str
    method: str
    signed_at: datetime
    enrolment: UUID | None = None
    trainer: UUID | None = None
    minutes: int | None = None
    late: bool = False
    reason: str = ""
    drawing: str = ""
    address: str = ""
    once: UUID = field(default_factory=uuid.uuid4)
    supersedes: Mark | None = None
    file: StoredFile | None = None
    made_by: User | None = None


def lock(session: Session) -> Chain:
    """The end of the register, held until the transaction ends: whoever else wants to add a line, or to close the session, waits.

    Raises ValidationError (code: cancelled, postponed, closed) when the session took that state meanwhile.
    """
    found = end_of(session.pk)
    while found is None:
        Chain.objects.get_or_create(session_id=session.pk)
        found = end_of(session.pk)
    length, fingerprint, state = found
    check_state(state)
    return Chain(session_id=session.pk, length=length, fingerprint=fingerprint)


def append(chain: Chain, session: Session, lines: Sequence[Line]) -> list[Mark]:
    """Add lines after the last one of a chain that is locked.

    Raises IntegrityError on what the constraints refuse, ValidationError (code: moved) for a half-day moved or removed meanwhile.
    """
    _check_still_there({line.half_day.pk: line.half_day for line in lines})
    number, previous, now = chain.length, chain.fingerprint, timezone.now()
    marks = []
    for line in lines:
        number += 1
        mark = Mark(
            organisation_id=session.organisation_id,
            session=session,
            number=number,
            half_day=line.half_day,
            enrolment_id=line.enrolment,
            trainer_id=line.trainer,
            kind=line.kind,
            method=line.method,
            minutes=line.minutes,
            signed_at=line.signed_at,
            created_at=now,
            late=line.late,
            reason=line.reason,
            drawing=line.drawing,
            address=line.address,
            once=line.once,
            supersedes=line.supersedes,
            file=line.file,
            made_by=line.made_by,
            previous=previous,
        )
        mark.fingerprint = previous = fingerprint_of(mark, previous)
        marks.append(mark)
    if marks:
        store(marks, session)
    return marks


def _check_still_there(half_days: dict[UUID, HalfDay]) -> None:
    """A line seals the day and the hours of its half-day: those that are stored, now that nobody else can move it."""
    stored = hours_of(half_days) if half_days else {}
    if stored != {pk: (each.day, each.starts_at, each.ends_at) for pk, each in half_days.items()}:
        raise ValidationError(
            _("Cette demi-journée vient d’être déplacée ou retirée : rechargez la page, puis recommencez."), code="moved"
        )


def add(session: Session, lines: Sequence[Line]) -> list[Mark]:
    """Lock the register and add lines to it, in a transaction of its own. Raises what `lock` and `append` raise."""
    # Threads of one process wait here, where waiting costs nothing: SQLite would make them sleep, longer and longer. Inside a
    # transaction that is already open, what it holds could be what the first in the queue waits for.
    with nullcontext() if transaction.get_connection().in_atomic_block else _ONE_BY_ONE, transaction.atomic():
        return append(lock(session), session, lines)

"""Adding lines at the end of a session's register: for the verbs of this room alone."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.files.models import StoredFile
from trainings.attendance.chain import canonical, sealed
from trainings.attendance.models import Chain, Mark
from trainings.attendance.verbs.refusals import check_state
from trainings.attendance.verbs.statements import hold, row_of, store
from trainings.sessions.models import HalfDay, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
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


def lock(session: Session, half_days: Sequence[HalfDay]) -> Chain:
    """The end of the register, held until the transaction ends: whoever else wants to add a line, to move a half-day or to close the
    session, waits.

    Raises ValidationError when the session took another state meanwhile (code: cancelled, postponed, closed), or when one of these
    half-days was moved or removed (code: moved): a line seals the day and the hours of its half-day.
    """
    keys = {each.pk for each in half_days}
    found, hours = hold(session.pk, keys)
    while found is None:
        # Somebody else may open the same register at this very moment: theirs is as good as ours.
        Chain.objects.bulk_create([Chain(session_id=session.pk)], ignore_conflicts=True)
        found, hours = hold(session.pk, keys)
    length, fingerprint, state = found
    check_state(state)
    if any(hours.get(each.pk) != (each.day, each.starts_at, each.ends_at) for each in half_days):
        raise ValidationError(
            _("Cette demi-journée vient d’être déplacée ou retirée : rechargez la page, puis recommencez."), code="moved"
        )
    return Chain(session_id=session.pk, length=length, fingerprint=fingerprint)


@dataclass(slots=True)
class Ready:
    """A line with all that can be prepared before the register is held: its number and its fingerprints alone are missing."""

    mark: Mark
    text: str
    row: list[Any]


def ready(session: Session, line: NewLine) -> Ready:
    """Prepare a line; it is received now."""
    mark = Mark(
        organisation_id=session.organisation_id,
        session=session,
        half_day=line.half_day,
        enrolment_id=line.enrolment,
        trainer_id=line.trainer,
        kind=line.kind,
        method=line.method,
        minutes=line.minutes,
        signed_at=line.signed_at,
        created_at=timezone.now(),
        late=line.late,
        reason=line.reason,
        drawing=line.drawing,
        address=line.address,
        once=line.once,
        supersedes=line.supersedes,
        file=line.file,
        made_by=line.made_by,
    )
    return Ready(mark, canonical(mark), row_of(mark))


def append(chain: Chain, session: Session, lines: Sequence[NewLine]) -> list[Mark]:
    """Add lines, of the half-days with which the chain was locked, after its last one.

    Raises IntegrityError on what the constraints refuse.
    """
    return append_ready(chain, session, [ready(session, line) for line in lines])


def append_ready(chain: Chain, session: Session, lines: Sequence[Ready]) -> list[Mark]:
    """The same, of lines that are ready."""
    number, previous = chain.length, chain.fingerprint
    for line in lines:
        mark, number = line.mark, number + 1
        mark.number, mark.previous, mark.fingerprint = number, previous, sealed(line.text, previous)
        previous = mark.fingerprint
    if lines:
        store([(line.mark, line.row) for line in lines], session)
    return [line.mark for line in lines]

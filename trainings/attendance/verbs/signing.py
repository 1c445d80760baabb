"""Signing, saying who was absent, correcting, countersigning."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from trainings.attendance.models import Mark, MarkKind, MarkMethod
from trainings.attendance.verbs.lines import NewLine, append, lock
from trainings.attendance.verbs.refusals import (
    AlreadyCountersigned,
    AlreadySigned,
    check_begun,
    check_enrolled,
    check_session,
)
from trainings.attendance.verbs.together import add
from trainings.attendance.verbs.words import REASON_LENGTH, Said, check_drawing, line_of
from trainings.people.models import Trainer
from trainings.sessions.models import Enrolment, HalfDay


def sign(*, half_day: HalfDay, enrolment: Enrolment, said: Said) -> Mark:
    """Add what somebody says of themselves to the register of their session.

    The same thing sent again (`once`) gives back the line it made. Raises AlreadySigned, and what `line_of` and `add` raise.
    The register is its own journal: a signature writes no line elsewhere.
    """
    line = line_of(said, half_day, enrolment)
    try:
        return add(half_day.session, line)
    except IntegrityError:
        return _already(half_day, enrolment, said.once)


def _already(half_day: HalfDay, enrolment: Enrolment, once: UUID) -> Mark:
    """What the constraints refused: the same signature sent twice gives its line, another one is told what is there."""
    sent = Mark.objects.filter(once=once, half_day=half_day, enrolment=enrolment).first()
    if sent is not None:
        return sent
    known = in_force(half_day, enrolment)
    if known is None:
        # Somebody else's page: its mark was used elsewhere.
        raise ValidationError(_("Cette page a déjà servi. Rechargez-la, puis signez de nouveau."), code="once")
    raise AlreadySigned(known)


def in_force(half_day: HalfDay, enrolment: Enrolment) -> Mark | None:
    """The line in force for somebody and a half-day."""
    return Mark.objects.filter(half_day=half_day, enrolment=enrolment, superseded_by__isnull=True).first()


def declare(*, half_day: HalfDay, enrolment: Enrolment, kind: str, actor: User, reason: str = "", address: str = "") -> Mark:
    """Note that somebody is absent, or excused (with the reason), as the trainer or the organisation saw it.

    Raises ValidationError as `sign`, and for a kind that is not an absence; AlreadySigned. Writes the journal.
    """
    if kind not in (MarkKind.ABSENT, MarkKind.EXCUSED):
        raise ValidationError(_("Choisissez absent, ou absent et excusé."))
    reason = reason.strip()[:REASON_LENGTH]
    if kind == MarkKind.EXCUSED and not reason:
        raise ValidationError({"reason": _("Une absence excusée dit pourquoi.")})
    now = timezone.now()
    check_session(half_day.session)
    check_begun(half_day, now)
    check_enrolled(enrolment, half_day)
    line = NewLine(
        half_day=half_day,
        enrolment=enrolment.pk,
        kind=kind,
        method=MarkMethod.DECLARED,
        signed_at=now,
        reason=reason,
        address=address,
        made_by=actor,
    )
    with transaction.atomic():
        chain = lock(half_day.session, [half_day])
        if (known := in_force(half_day, enrolment)) is not None:
            raise AlreadySigned(known)
        mark = append(chain, half_day.session, [line])[0]
        _tell("attendance.declared", actor, mark, enrolment)
    return mark


def correct(*, mark: Mark, kind: str, reason: str, actor: User, minutes: int | None = None, address: str = "") -> Mark:
    """Say otherwise what a line says of a trainee: a new line supersedes it, and both stay.

    `minutes`: what was really followed, when it is not the whole half-day. Raises ValidationError without a reason, for a line that
    is a countersignature or was corrected meanwhile, for too many minutes, or when the session is closed. Writes the journal.
    """
    reason = reason.strip()[:REASON_LENGTH]
    if not reason:
        raise ValidationError({"reason": _("Une correction dit pourquoi : la ligne d’avant reste lisible à côté.")})
    if mark.enrolment is None or kind not in (MarkKind.PRESENT, MarkKind.ABSENT, MarkKind.EXCUSED):
        raise ValidationError({"kind": _("Choisissez présent, absent, ou absent et excusé.")})
    if minutes is not None and (kind != MarkKind.PRESENT or minutes > mark.half_day.minutes):
        raise ValidationError(
            {"minutes": _("Les minutes suivies sont celles d’une personne présente, au plus celles de la demi-journée.")}
        )
    check_session(mark.session)
    line = NewLine(
        half_day=mark.half_day,
        enrolment=mark.enrolment_id,
        kind=kind,
        method=MarkMethod.DECLARED,
        minutes=minutes,
        signed_at=timezone.now(),
        reason=reason,
        address=address,
        supersedes=mark,
        made_by=actor,
    )
    with transaction.atomic():
        chain = lock(mark.session, [mark.half_day])
        if Mark.objects.filter(supersedes=mark).exists():
            raise ValidationError(
                _("Cette ligne vient d’être corrigée : relisez-la avant de la corriger encore."), code="superseded"
            )
        corrected = append(chain, mark.session, [line])[0]
        _tell("attendance.corrected", actor, corrected, mark.enrolment)
    return corrected


def countersign(*, half_day: HalfDay, trainer: Trainer, actor: User, once: UUID, drawing: str = "", address: str = "") -> Mark:
    """Countersign a half-day as the trainer who led it; once, by whoever comes first.

    Raises ValidationError when the trainer does not lead the session, before the half-day, when the session is closed;
    AlreadyCountersigned, which names who did it, for the second of two. The same sending twice gives its line. Writes the journal.
    """
    now = timezone.now()
    check_session(half_day.session)
    check_begun(half_day, now)
    check_drawing(drawing)
    if half_day.trainer_id != trainer.pk and not half_day.session.assignments.filter(trainer=trainer).exists():
        raise ValidationError(_("Seule une personne qui anime cette session contresigne."), code="not_trainer")
    line = NewLine(
        half_day=half_day,
        trainer=trainer.pk,
        kind=MarkKind.COUNTERSIGNED,
        method=MarkMethod.DRAWN if drawing else MarkMethod.CONFIRMED,
        signed_at=now,
        drawing=drawing,
        address=address,
        once=once,
        made_by=actor,
    )
    with transaction.atomic():
        chain = lock(half_day.session, [half_day])
        known = Mark.objects.filter(half_day=half_day, kind=MarkKind.COUNTERSIGNED).select_related("trainer").first()
        if known is not None and known.once == once:
            return known
        if known is not None:
            raise AlreadyCountersigned(known)
        mark = append(chain, half_day.session, [line])[0]
        _tell("attendance.countersigned", actor, mark, half_day)
    return mark


def _tell(verb: str, actor: User | None, mark: Mark, about: Any) -> None:
    details = {"line": mark.number, "kind": str(mark.kind), "half_day": str(mark.half_day)}
    record(verb=verb, actor=actor, organisation_id=mark.organisation_id, target=about, details=details)

"""What somebody says of themselves for a half-day, and the line it makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from trainings.attendance.drawing import is_signature
from trainings.attendance.models import MarkKind
from trainings.attendance.moments import is_late, likely
from trainings.attendance.verbs.lines import NewLine
from trainings.attendance.verbs.refusals import check_begun, check_enrolled, check_session
from trainings.sessions.models import Enrolment, HalfDay

REASON_LENGTH = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Present, or absent (`kind`). `once` comes with the page, the same for each sending of it; `told_at`: the hour of the device,
    believed when it can be right; `actor`: whose device it is, None for the person's own; `address`: already shortened.
    """

    method: str
    once: UUID
    actor: User | None = None
    kind: str = MarkKind.PRESENT
    drawing: str = ""
    told_at: datetime | None = None
    reason: str = ""
    address: str = ""


def line_of(said: Said, half_day: HalfDay, enrolment: Enrolment) -> NewLine:
    """The line to add, as said now. Raises ValidationError (code: cancelled, postponed, closed, future, elsewhere, withdrawn, ended,
    reason, drawing).
    """
    now = timezone.now()
    check_session(half_day.session)
    check_begun(half_day, now)
    check_enrolled(enrolment, half_day)
    signed_at = likely(half_day, told=said.told_at, now=now)
    late = said.kind == MarkKind.PRESENT and is_late(half_day, signed_at)
    reason = said.reason.strip()[:REASON_LENGTH]
    if late and not reason:
        told = _("La demi-journée est passée : dites pourquoi vous signez seulement maintenant.")
        raise ValidationError({"reason": ValidationError(told, "reason")})
    check_drawing(said.drawing)
    return NewLine(
        half_day=half_day,
        enrolment=enrolment.pk,
        kind=said.kind,
        method=said.method,
        signed_at=signed_at,
        late=late,
        reason=reason if late or said.kind != MarkKind.PRESENT else "",
        drawing=said.drawing,
        address=said.address,
        once=said.once,
        made_by=said.actor,
    )


def check_drawing(drawing: str) -> None:
    """Raise ValidationError (code: drawing) for a drawing that is no signature; none at all is a confirmation."""
    if drawing and not is_signature(drawing):
        raise ValidationError(
            {"drawing": ValidationError(_("Ce tracé est trop court : signez comme sur une feuille."), "drawing")}
        )

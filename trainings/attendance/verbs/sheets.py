"""A sheet signed on paper, scanned: one line per person and half-day that it shows, with the file behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.files.kinds import PDF, PICTURES
from qualiopi.files.verbs import all_or_nothing, receive
from qualiopi.journal.verbs import record
from trainings.attendance.models import Mark, MarkKind, MarkMethod
from trainings.attendance.moments import ends
from trainings.attendance.verbs.lines import NewLine, append, lock
from trainings.attendance.verbs.refusals import check_begun, check_enrolled, check_session
from trainings.people.models import Trainer
from trainings.sessions.models import Enrolment, HalfDay, Session

SHEETS = PICTURES | {PDF}


@dataclass(frozen=True, slots=True)
class FiledSheet:
    """The lines that a sheet added, and how many were left as they were because something was said already."""

    added: list[Mark]
    known: int


def file_sheet(
    *,
    session: Session,
    upload: File[Any],
    half_days: Sequence[HalfDay],
    enrolments: Sequence[Enrolment],
    actor: User,
    trainer: Trainer | None = None,
    address: str = "",
) -> FiledSheet:
    """Keep a scanned sheet, and note present on its half-days everybody whose signature it bears; `trainer`: who signed it too.

    The hour kept is the end of each half-day, the arrival is now. Who is noted already is left alone. Raises ValidationError when
    nothing is chosen, for a half-day to come, somebody who left, a closed session, or when the sheet would add nothing; RefusedFile.
    Side effects: one file kept; writes the journal.
    """
    check_session(session)
    if not half_days or not (enrolments or trainer):
        raise ValidationError(_("Choisissez au moins une demi-journée, et les personnes dont la feuille porte la signature."))
    now = timezone.now()
    for half_day in half_days:
        check_begun(half_day, now)
        for enrolment in enrolments:
            check_enrolled(enrolment, half_day)
    with all_or_nothing():
        stored = receive(organisation=session.organisation, upload=upload, actor=actor, allowed=SHEETS)
        with transaction.atomic():
            chain = lock(session, half_days)
            known = set(Mark.objects.filter(half_day__in=half_days).values_list("half_day", "enrolment"))
            wanted: list[tuple[HalfDay, Enrolment | None]] = [(h, e) for h in half_days for e in enrolments]
            if trainer is not None:
                wanted += [(half_day, None) for half_day in half_days]
            new = [(h, e) for h, e in wanted if (h.pk, e.pk if e else None) not in known]
            if not new:
                raise ValidationError(_("Tout ce que porte cette feuille est déjà noté : elle n’a pas été gardée."))
            stored.save()
            lines = [
                NewLine(
                    half_day=half_day,
                    enrolment=enrolment.pk if enrolment else None,
                    trainer=None if enrolment or trainer is None else trainer.pk,
                    kind=MarkKind.PRESENT if enrolment else MarkKind.COUNTERSIGNED,
                    method=MarkMethod.SHEET,
                    signed_at=min(now, ends(half_day)),
                    address=address,
                    file=stored,
                    made_by=actor,
                )
                for half_day, enrolment in new
            ]
            added = append(chain, session, lines)
            record(
                verb="attendance.sheet_filed",
                actor=actor,
                organisation_id=session.organisation_id,
                target=session,
                details={"lines": len(added), "file": stored.name},
            )
    return FiledSheet(added, len(wanted) - len(new))

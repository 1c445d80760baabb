"""Noting that somebody was asked what happened, and what was done about it."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from trainings.attendance.models import FollowUp
from trainings.sessions.models import Enrolment


def note_follow_up(
    *, enrolment: Enrolment, subject: str, event_on: date, contacted_on: date, action: str, actor: User, reason: str = ""
) -> FollowUp:
    """Note who was contacted, when, the reason given and what was done, after an absence, a gap or an interruption.

    Indicators 12 and 19. Raises ValidationError for a day to come, a contact before the event, or without what was done. Writes the
    journal, which does not hold the reason.
    """
    if contacted_on > timezone.localdate():
        raise ValidationError({"contacted_on": _("Ce jour n’est pas encore venu : notez le contact une fois pris.")})
    follow_up = FollowUp(
        organisation_id=enrolment.organisation_id,
        enrolment=enrolment,
        subject=subject,
        event_on=event_on,
        contacted_on=contacted_on,
        reason=reason.strip(),
        action=action.strip(),
        made_by=actor,
    )
    follow_up.full_clean()
    with transaction.atomic():
        follow_up.save()
        details = {"subject": str(subject), "event_on": event_on.isoformat()}
        record(
            verb="attendance.followed_up",
            actor=actor,
            organisation_id=enrolment.organisation_id,
            target=enrolment,
            details=details,
        )
    return follow_up

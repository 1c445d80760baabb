"""What follows when the dates of a session change: its length, its steps, its links, and a line that stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from trainings.sessions.checklist import checklist
from trainings.sessions.links import link_expiry
from trainings.sessions.models import EnrolmentLink, Session, SessionChange, SessionState, Step
from trainings.sessions.rules import FROZEN
from trainings.states import CALLED_OFF

Dates = tuple[date | None, date | None]


def locked(session: Session) -> Session:
    """The session as it is stored, locked until the transaction ends: two people change it one after the other."""
    found: Session = Session.objects.for_organisation(session.organisation).select_for_update().get(pk=session.pk)
    return found


def refuse_when_frozen(session: Session, *, postponed_too: bool = False) -> None:
    """Raise ValidationError when the half-days of this session no longer change, or wait for new dates (`postponed_too`)."""
    if postponed_too and session.state == SessionState.POSTPONED:
        raise ValidationError(_("La session est reportée : donnez-lui d’abord de nouvelles dates."))
    if session.state in FROZEN:
        raise ValidationError(
            _("La session est %(state)s : ses demi-journées ne changent plus.") % {"state": session.get_state_display()}
        )


def refuse_when_closed(session: Session) -> None:
    """Raise ValidationError when the session is closed: its file no longer changes."""
    if session.state == SessionState.CLOSED:
        raise ValidationError(_("La session est close : rouvrez-la d’abord, en disant pourquoi."))


def dates_from_half_days(session: Session) -> None:
    """Set the first and last day and the duration from the half-days; without any, what was said stays. Not saved."""
    half_days = list(session.half_days.order_by("day", "starts_at"))
    if half_days:
        session.starts_on, session.ends_on = half_days[0].day, half_days[-1].day
        minutes = sum(each.minutes for each in half_days)
        session.duration_hours = (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def follow_dates(session: Session, *, before: Dates, actor: User | None, reason: str = "", was: str = "") -> None:
    """Take dates and duration from the half-days; when the dates are other than `before`, move steps and links.

    A change of dates, or of state (`was`: the state before, when it is another one), is kept with its reason.
    """
    dates_from_half_days(session)
    session.save(update_fields=["state", "starts_on", "ends_on", "duration_hours", "updated_at"])
    after = (session.starts_on, session.ends_on)
    if after == before and was in ("", session.state):
        return
    _move_steps(session, before, after)
    _move_links(session)
    SessionChange.objects.create(
        organisation_id=session.organisation_id,
        session=session,
        from_state=was or session.state,
        to_state=session.state,
        from_starts_on=before[0],
        from_ends_on=before[1],
        to_starts_on=after[0],
        to_ends_on=after[1],
        # A session that is not held keeps a reason on every line.
        reason=reason or (_("dates corrigées") if session.state in CALLED_OFF else ""),
        made_by=actor,
    )


def _move_steps(session: Session, before: Dates, after: Dates) -> None:
    """Steps still to do: those of the checklist are counted again, the others move with the first day."""
    if after[0] is None:
        return
    last = after[1] or after[0]
    waiting = list(session.steps.filter(done_at__isnull=True, skipped_reason=""))
    for step in waiting:
        planned = checklist().get(step.key)
        if planned is not None:
            step.due_on = planned.due_on(after[0], last)
        elif before[0] is not None:
            step.due_on += after[0] - before[0]
    Step.objects.bulk_update(waiting, ["due_on"])


def _move_links(session: Session) -> None:
    links = list(EnrolmentLink.objects.filter(enrolment__session=session))
    for link in links:
        link.expires_on = link_expiry(session, link.purpose, today=timezone.localdate())
    EnrolmentLink.objects.bulk_update(links, ["expires_on"])

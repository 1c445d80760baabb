"""What follows when the dates of a session change: its length, its steps, its links, and a line that stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from trainings.sessions.checklist import checklist
from trainings.sessions.links import link_expiry
from trainings.sessions.models import EnrolmentLink, Modality, Session, SessionChange, SessionState, Step
from trainings.sessions.queries.coverage import Said, laid, last_days
from trainings.sessions.rules import FROZEN
from trainings.states import CALLED_OFF

Dates = tuple[date | None, date | None]
_BATCH = 1_000


def locked(session: Session) -> Session:
    """The session as it is stored, locked until the transaction ends: two people change it one after the other.

    Raises ValidationError when somebody has deleted it.
    """
    found: Session | None = (
        Session.objects.for_organisation(session.organisation).select_for_update().filter(pk=session.pk).first()
    )
    if found is None:
        raise ValidationError(_("Quelqu’un vient de supprimer cette session : créez-la de nouveau s’il le faut."))
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


@dataclass(frozen=True, slots=True)
class Moved:
    """A session that was given new values, and what it said until now. `was`: the state before, empty when it is the same one."""

    session: Session
    before: Said
    was: str = ""
    reason: str = ""

    @property
    def dates(self) -> tuple[Dates, Dates]:
        """First and last day, before and now."""
        return (self.before.starts_on, self.before.ends_on), (self.session.starts_on, self.session.ends_on)

    @property
    def redated(self) -> bool:
        """Whether its first or its last day is no longer the same."""
        before, after = self.dates
        return before != after


def follow_dates(session: Session, *, before: Said, actor: User | None, reason: str = "", was: str = "") -> dict[str, Any]:
    """Save the dates, the duration and the state of a session; steps and links follow the dates.

    `before` is what the session said until now. A change of dates, or of state (`was`: the state before, when it is another one), is
    kept with its reason. Returns what changed, from what to what, for the journal.
    """
    session.save(update_fields=["state", "starts_on", "ends_on", "duration_hours", "updated_at"])
    follow_each([Moved(session, before, was, reason)], actor=actor)
    return values_changed(before, session)


def follow_each(moved: Sequence[Moved], *, actor: User | None) -> None:
    """Steps and links follow the dates of these sessions, already saved; each change of dates or of state is kept with its reason."""
    _move_links([each.session for each in moved])
    _move_steps([each for each in moved if each.redated])
    SessionChange.objects.bulk_create(
        _kept(each, actor) for each in moved if each.redated or each.was not in ("", each.session.state)
    )


def _kept(moved: Moved, actor: User | None) -> SessionChange:
    session, (before, after) = moved.session, moved.dates
    return SessionChange(
        organisation_id=session.organisation_id,
        session=session,
        from_state=moved.was or session.state,
        to_state=session.state,
        from_starts_on=before[0],
        from_ends_on=before[1],
        to_starts_on=after[0],
        to_ends_on=after[1],
        # A session that is not held keeps a reason on every line.
        reason=moved.reason or (_("dates corrigées") if session.state in CALLED_OFF else ""),
        made_by=actor,
    )


def follow_half_days(session: Session, *, before: Said, actor: User | None, reason: str = "", was: str = "") -> dict[str, Any]:
    """As `follow_dates`, once half-days changed: the session takes from them what nobody said, and what they already said.

    `before` is what the session and its half-days said until now. Dates and duration that differed were said by somebody: they stay.
    """
    now = laid(session.half_days.all())
    if now.first is not None and now.last is not None:
        if session.starts_on is None or before.dates_agree:
            session.starts_on, session.ends_on = now.first, now.last
        elif session.ends_on is None:
            session.ends_on = max(session.starts_on, now.last)
        if session.duration_hours is None or before.hours_agree:
            session.duration_hours = now.hours
    return follow_dates(session, before=before, actor=actor, reason=reason, was=was)


def values_changed(before: Said, session: Session) -> dict[str, Any]:
    """`{"before": {...}, "after": {...}}`: dates, hours, place and modality that are no longer what they were. Empty when all are."""

    def told(starts_on: date | None, ends_on: date | None, hours: Decimal | None, modality: str, place: str) -> dict[str, str]:
        return {
            "starts_on": starts_on.isoformat() if starts_on else "",
            "ends_on": ends_on.isoformat() if ends_on else "",
            "duration_hours": f"{hours:.2f}" if hours is not None else "",
            "modality": str(Modality(modality).label) if modality else "",
            "place": place,
        }

    old = told(before.starts_on, before.ends_on, before.hours, before.modality, before.place)
    new = told(session.starts_on, session.ends_on, session.duration_hours, session.modality, session.place)
    names = [name for name in old if old[name] != new[name]]
    if not names:
        return {}
    return {"before": {name: old[name] for name in names}, "after": {name: new[name] for name in names}}


def _move_steps(moved: Sequence[Moved]) -> None:
    """Steps still to do: those of the checklist are counted again, the others move with the first day."""
    dated = {each.session.pk: each for each in moved if each.session.starts_on is not None}
    waiting = list(Step.objects.filter(session__in=dated, done_at__isnull=True, skipped_reason="")) if dated else []
    for step in waiting:
        before, (first, last) = dated[step.session_id].dates
        planned = checklist().get(step.key)
        if planned is not None and first is not None:
            step.due_on = planned.due_on(first, last or first)
        elif before[0] is not None and first is not None:
            step.due_on += first - before[0]
    Step.objects.bulk_update(waiting, ["due_on"], batch_size=_BATCH)


def _move_links(sessions: Sequence[Session]) -> None:
    links = list(EnrolmentLink.objects.filter(enrolment__session__in=sessions).select_related("enrolment"))
    last = last_days(sessions) if links else {}
    for link in links:
        link.expires_on = link_expiry(last[link.enrolment.session_id], link.purpose, today=timezone.localdate())
    EnrolmentLink.objects.bulk_update(links, ["expires_on"], batch_size=_BATCH)

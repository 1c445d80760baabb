"""The life of a session: one legal move at a time, each kept with who, when and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from trainings.sessions.models import Session, SessionChange, SessionState
from trainings.sessions.rules import NEXT, may_become, needs_reason, states_by_the_dates
from trainings.sessions.verbs.dates import locked


def refused_change(before: SessionState, to: SessionState) -> str:
    """Why a session in `before` does not become `to`, and what it may become."""
    if before == to:
        return _("La session est déjà %(state)s : il n’y a rien à refaire.") % {"state": to.label}
    *others, last = (str(state.label) for state in NEXT[before])
    allowed = _("%(others)s ou %(last)s") % {"others": ", ".join(others), "last": last} if others else last
    return _("Une session %(before)s ne devient pas %(after)s ; elle devient %(allowed)s.") % {
        "before": before.label,
        "after": to.label,
        "allowed": allowed,
    }


def change_state(*, session: Session, to: SessionState, actor: User | None, reason: str = "") -> Session:
    """Take a session to another state, keep the change with its reason, write the journal.

    Closing is asked of the floor above, which looks at what is missing first. Raises ValidationError when the table of rules
    does not allow it, when a reason is missing, or when a session without dates would be confirmed.
    """
    reason = reason.strip()
    with transaction.atomic():
        session = locked(session)
        before = SessionState(session.state)
        if not may_become(before, to):
            raise ValidationError(refused_change(before, SessionState(to)))
        if needs_reason(before, to) and not reason:
            raise ValidationError({"reason": _("Dites pourquoi : le motif reste dans le dossier.")})
        if to == SessionState.CONFIRMED and session.starts_on is None:
            raise ValidationError(_("Fixez d’abord les dates : une session se confirme avec son calendrier."))
        session.state = to
        session.save(update_fields=["state", "updated_at"])
        SessionChange.objects.create(
            organisation_id=session.organisation_id,
            session=session,
            from_state=before,
            to_state=to,
            from_starts_on=session.starts_on,
            from_ends_on=session.ends_on,
            to_starts_on=session.starts_on,
            to_ends_on=session.ends_on,
            reason=reason,
            made_by=actor,
        )
        record(
            verb=f"session.{to}",
            actor=actor,
            organisation_id=session.organisation_id,
            target=session,
            details={"from": str(before), "reason": reason},
        )
    return session


def advance_states(*, now: datetime, organisations: QuerySet[Any]) -> list[str]:
    """Begin the confirmed sessions whose first day has come, end those whose last day is over; what was done, in French.

    For the clock, in the organisations of these keys, whose zone is the current one. Twice at once each session moves once: what moved
    meanwhile is left alone. A session nobody confirmed stays as it is. `now`: aware.
    """
    today = timezone.localdate(now)
    begun = Q(state=SessionState.CONFIRMED, starts_on__lte=today)
    over = Q(state=SessionState.RUNNING, ends_on__lt=today)
    done = []
    sessions = Session.objects.filter(begun | over, organisation__in=organisations).select_related("organisation")
    for session in sessions.order_by("starts_on", "pk"):
        for state in states_by_the_dates(session.state, session.starts_on, session.ends_on, today):
            try:
                change_state(session=session, to=state, actor=None)
            except ValidationError:
                break  # somebody, or another clock, moved it meanwhile
            done.append(
                _("%(organisation)s, %(session)s : la session est %(state)s.")
                % {"organisation": session.organisation, "session": session.reference, "state": state.label}
            )
    return done

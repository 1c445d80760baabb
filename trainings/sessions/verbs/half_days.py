"""Half-days added, changed, taken away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from trainings.people.models import Trainer
from trainings.sessions.calendar import Slot
from trainings.sessions.models import DayPart, HalfDay, Session
from trainings.sessions.queries.coverage import said_by
from trainings.sessions.queries.schedule import free_half_days, settled_half_days
from trainings.sessions.verbs.dates import follow_dates, follow_half_days, locked, refuse_when_frozen
from trainings.sessions.verbs.tenancy import same_organisation


def save_half_day(
    *,
    session: Session,
    day: date,
    part: DayPart,
    starts_at: time,
    ends_at: time,
    remote: bool,
    trainer: Trainer | None,
    actor: User | None,
    half_day: HalfDay | None = None,
    alike: bool = False,
) -> HalfDay:
    """Add a half-day to a session, or change one; dates and duration that the half-days said follow. Writes the journal.

    `alike`: the other half-days of the same part of the day that nobody signed take its times, place and trainer. Who leads a
    half-day leads the session. Raises ValidationError for one that is already planned or ends before it begins, when
    the session is closed or cancelled, and when a half-day that was signed would move: only who leads it may still be said.
    """
    same_organisation(session.organisation, trainer)
    with transaction.atomic():
        session = locked(session)
        refuse_when_frozen(session, postponed_too=True)
        before = said_by(session)
        if half_day is None:
            half_day = HalfDay(organisation=session.organisation, session=session)
            verb = "half_day.added"
        else:
            half_day, verb = session.half_days.select_for_update().get(pk=half_day.pk), "half_day.changed"
            stays = (half_day.day, half_day.part, half_day.starts_at, half_day.ends_at) == (day, part, starts_at, ends_at)
            if not stays and half_day.pk in settled_half_days(session):
                raise ValidationError(_settled_sentence())
        half_day.day, half_day.part, half_day.starts_at, half_day.ends_at = day, part, starts_at, ends_at
        half_day.remote, half_day.trainer = remote, trainer
        half_day.full_clean()
        half_day.save()
        if alike:
            others = free_half_days(session).filter(part=part).exclude(pk=half_day.pk)
            others.update(starts_at=starts_at, ends_at=ends_at, remote=remote, trainer=trainer)
        if trainer is not None:
            session.trainers.add(trainer)
        changed = follow_half_days(session, before=before, actor=actor)
        record(
            verb=verb,
            actor=actor,
            organisation_id=session.organisation_id,
            target=session,
            details={"half_day": str(half_day), **({"alike": True} if alike else {}), **changed},
        )
    return half_day


def plan_half_days(*, session: Session, slots: Iterable[Slot], remote: bool, actor: User | None) -> list[HalfDay]:
    """Give these half-days to a session that has none (one that was imported); the dates and duration it says stay.

    Writes the journal. Raises ValidationError when it has some already, or no longer changes.
    """
    with transaction.atomic():
        session = locked(session)
        refuse_when_frozen(session, postponed_too=True)
        if session.half_days.exists():
            raise ValidationError(_("Cette session a déjà des demi-journées : ajoutez les autres une à une."))
        before = said_by(session)
        made = lay_half_days(session, slots, remote=remote)
        changed = follow_half_days(session, before=before, actor=actor)
        record(
            verb="half_day.planned",
            actor=actor,
            organisation_id=session.organisation_id,
            target=session,
            details={"half_days": len(made), **changed},
        )
    return made


def lay_half_days(session: Session, slots: Iterable[Slot], *, remote: bool) -> list[HalfDay]:
    """Store these half-days; the caller does what follows."""
    made: list[HalfDay] = HalfDay.objects.bulk_create(
        HalfDay(
            organisation_id=session.organisation_id,
            session=session,
            day=slot.day,
            part=slot.part,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            remote=remote,
        )
        for slot in slots
    )
    return made


def remove_half_day(*, half_day: HalfDay, actor: User | None) -> Session:
    """Take a half-day away; dates and duration that the half-days said follow. Returns the session; writes the journal.

    Raises ValidationError when somebody signed it or a connection report holds it, and when the session is closed or cancelled.
    """
    with transaction.atomic():
        session = locked(half_day.session)
        refuse_when_frozen(session, postponed_too=True)
        before = said_by(session)
        name = str(half_day)
        try:
            with transaction.atomic():
                half_day.delete()
        except ProtectedError:
            raise ValidationError(_settled_sentence()) from None
        changed = follow_half_days(session, before=before, actor=actor)
        record(
            verb="half_day.removed",
            actor=actor,
            organisation_id=session.organisation_id,
            target=session,
            details={"half_day": name, **changed},
        )
    return session


def take_half_days(*, session: Session, actor: User | None) -> Session:
    """Say that the session lasts as long as its half-days, from the first to the last; steps and links follow. Writes the journal.

    Raises ValidationError without any half-day, and when the session is closed or cancelled.
    """
    with transaction.atomic():
        session = locked(session)
        refuse_when_frozen(session, postponed_too=True)
        before = said_by(session)
        if before.laid.first is None:
            raise ValidationError(_("Cette session n’a pas de demi-journée : prévoyez-les d’abord."))
        session.starts_on, session.ends_on, session.duration_hours = before.laid.first, before.laid.last, before.laid.hours
        changed = follow_dates(session, before=before, actor=actor)
        record(
            verb="session.dates_taken",
            actor=actor,
            organisation_id=session.organisation_id,
            target=session,
            details=changed,
        )
    return session


def _settled_sentence() -> str:
    return _("Cette demi-journée est déjà signée : elle ne se déplace ni ne se retire. Ajoutez-en une autre pour un rattrapage.")

"""A session moved, or made again on other days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.web.dates import long_date
from trainings.sessions.calendar import Slot, moved, postcode_in
from trainings.sessions.models import DayPart, HalfDay, Session, SessionState
from trainings.sessions.queries.coverage import said_by
from trainings.sessions.queries.schedule import free_half_days, settled_half_days
from trainings.sessions.verbs.dates import follow_half_days, locked, refuse_when_frozen
from trainings.sessions.verbs.saving import make_session

# A series longer than this is a slip.
MOST_IN_A_SERIES = 52


def move_session(*, session: Session, to: date, reason: str, actor: User | None) -> Session:
    """Move the half-days that nobody signed so that the first of them is on `to`, with the same gaps; the signed ones stay.

    Weekends and holidays stay skipped when they were. A session postponed is planned again; dates that the half-days do not say
    move as the half-days do. Steps still to do and personal links follow; the change stays with its reason; the journal is written. Raises
    ValidationError without a reason, when the session is closed or cancelled, when everything is signed, and when the new
    half-days would meet signed ones.
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Dites pourquoi la session est déplacée : le motif reste dans le dossier.")})
    with transaction.atomic():
        session = locked(session)
        refuse_when_frozen(session)
        before, state = said_by(session), session.state
        if before.laid.first is None:
            session.starts_on, session.ends_on = to, to + _length(session)
        else:
            shift = _move_half_days(session, to)
            if session.starts_on is not None and not before.dates_agree:
                _shift_dates(session, session.starts_on, shift)
        if state == SessionState.POSTPONED:
            session.state = SessionState.PLANNED
        changed = follow_half_days(session, before=before, was=state, actor=actor, reason=reason)
        record(
            verb="session.moved",
            actor=actor,
            organisation_id=session.organisation_id,
            target=session,
            details={**changed, "reason": reason},
        )
    return session


def _length(session: Session) -> timedelta:
    return session.ends_on - session.starts_on if session.starts_on and session.ends_on else timedelta()


def _shift_dates(session: Session, first: date, shift: timedelta) -> None:
    """Dates that the half-days did not say move as they do; the first day stays while a signed half-day does."""
    last = session.ends_on or first
    session.starts_on = first if settled_half_days(session) else first + shift
    session.ends_on = max(session.starts_on, last + shift)


def _move_half_days(session: Session, to: date) -> timedelta:
    """Move what is free; by how many days the first of it moved."""
    free = list(free_half_days(session).order_by("day", "starts_at", "pk"))
    if not free:
        raise ValidationError(
            _("Toutes les demi-journées sont signées : rien ne peut plus être déplacé. Ajoutez-en une pour un rattrapage.")
        )
    targets = moved(slots_of(free), to, postcode=postcode_in(session.place))
    staying = set(session.half_days.exclude(pk__in=[each.pk for each in free]).values_list("day", "part"))
    for slot in targets:
        if (slot.day, slot.part) in staying:
            raise ValidationError(
                {
                    "to": _("Le %(day)s porte déjà des signatures : choisissez un autre premier jour.")
                    % {"day": long_date(slot.day)}
                }
            )
    shift = targets[0].day - free[0].day
    # Days keep their order, so that none lands on one that has not left yet: the last first when going later, then the others.
    moves = [(half_day, slot.day) for half_day, slot in zip(free, targets, strict=True)]
    later = [(half_day, day) for half_day, day in reversed(moves) if day > half_day.day]
    for half_day, day in [*later, *((half_day, day) for half_day, day in moves if day < half_day.day)]:
        half_day.day = day
        half_day.save(update_fields=["day"])
    return shift


def slots_of(half_days: Iterable[HalfDay]) -> list[Slot]:
    """Stored half-days as times alone."""
    return [Slot(each.day, DayPart(each.part), each.starts_at, each.ends_at) for each in half_days]


def duplicate_session(*, session: Session, first_days: Sequence[date], actor: User | None) -> list[Session]:
    """The same session again from each of these days, planned: half-days, trainers, place, price; nobody enrolled, nothing done.

    Each has its own reference and checklist, and the version of the programme in force then. All are made or none; the journal is
    written for each. Raises ValidationError for more than MOST_IN_A_SERIES days or the same day twice.
    """
    if len(first_days) > MOST_IN_A_SERIES:
        raise ValidationError(_("Une série compte au plus %(most)s sessions.") % {"most": MOST_IN_A_SERIES})
    if len(set(first_days)) != len(first_days):
        raise ValidationError(_("Deux sessions de la série tombent le même jour."))
    half_days = list(session.half_days.order_by("day", "starts_at", "pk"))
    trainers = [assignment.trainer for assignment in session.assignments.select_related("trainer").order_by("pk")]
    fields = {
        name: getattr(session, name)
        for name in (
            "modality", "kind", "place", "platform", "work_study", "workplace_periods", "expected_trainees", "price",
            "duration_hours", "run_for", "given_to",
        )
    }  # fmt: skip
    said = said_by(session, half_days)
    first = said.laid.first
    # Dates that the half-days do not say are said again; the half-days keep their place between them.
    own_dates = said.starts_on is not None and not said.dates_agree
    late = first - said.starts_on if first and said.starts_on and own_dates else timedelta()
    made = []
    with transaction.atomic():
        for day in first_days:
            copy = make_session(
                organisation=session.organisation,
                course=session.course,
                slots=moved(slots_of(half_days), day + late, postcode=postcode_in(session.place)),
                trainers=trainers,
                actor=actor,
                fields={**fields, "starts_on": day, "ends_on": day + _length(session)} if own_dates or not half_days else fields,
            )
            _same_leaders(half_days, list(copy.half_days.order_by("day", "starts_at", "pk")))
            made.append(copy)
    return made


def _same_leaders(models: list[HalfDay], copies: list[HalfDay]) -> None:
    for model, copy in zip(models, copies, strict=True):
        copy.trainer_id, copy.remote = model.trainer_id, model.remote
    HalfDay.objects.bulk_update(copies, ["trainer", "remote"])

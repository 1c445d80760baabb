"""The half-days of a session, one by one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.sessions.access import find_session
from trainings.sessions.calendar import ONE_DAY, TIMES, OpenDays, Proposal, TooLong, postcode_in, propose
from trainings.sessions.forms import HalfDayForm
from trainings.sessions.models import DayPart, HalfDay, Modality, Session
from trainings.sessions.queries import clashes, half_days_of, said_by, settled_half_days, wanted_by
from trainings.sessions.telling import gap_words, tell_changes
from trainings.sessions.verbs import plan_half_days, remove_half_day, save_half_day, take_half_days
from trainings.states import CALLED_OFF


@requires(C.EDIT_SESSIONS, writes=True)
def schedule(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Every half-day of a session, and one more."""
    session = find_session(request, pk)
    half_days = list(half_days_of(session))
    initial = {**_next_half_day(session, half_days), "remote": session.modality == Modality.REMOTE}
    form = HalfDayForm(request.POST or None, session=session, initial=initial)
    before = said_by(session, half_days)
    if added := carry_out(form, lambda: save_half_day(session=session, actor=request.user, **form.cleaned_data)):
        tell_changes(request, before, added.session)
        sentence = _("La demi-journée du %(half_day)s est ajoutée.") % {"half_day": added}
        return done(request, sentence, "sessions:schedule", pk=session.pk)
    context = {
        "session": session,
        "here": "session",
        "half_days": half_days,
        "settled": settled_half_days(session),
        "clashes": _clashes_of(session, half_days),
        "proposal": _proposal(session) if not half_days else None,
        "gap": gap_words(before),
        "held_minutes": before.laid.minutes,
    }
    return form_page(request, "sessions/schedule.html", form, **context)


def _proposal(session: Session) -> Proposal | None:
    """Half-days for a session that came in with its dates alone: as many as it lasts, from its first day to its last at most."""
    first, last = session.starts_on, session.ends_on or session.starts_on
    if first is None or last is None:
        return None
    days = OpenDays(postcode=postcode_in(session.place))
    try:
        between = propose(first, last=last, days=days)
        by_length = propose(first, hours=session.duration_hours, days=days) if session.duration_hours else between
    except TooLong:
        return None
    fits = by_length.slots and by_length.slots[-1].day <= last
    chosen = by_length if fits else between
    return chosen if chosen.slots else None


@requires(C.EDIT_SESSIONS, writes=True)
@require_POST
def plan(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Accept the half-days proposed for a session that has none."""
    session = find_session(request, pk)
    proposal, before = _proposal(session), said_by(session)
    try:
        if proposal is None:
            raise ValidationError(_("Fixez d’abord les dates de la session, ou ajoutez ses demi-journées une à une."))
        remote = session.modality == Modality.REMOTE
        made = plan_half_days(session=session, slots=proposal.slots, remote=remote, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        tell_changes(request, before, made[0].session)
        messages.success(request, _("Les demi-journées sont prévues : changez celles qui ne conviennent pas."))
    return redirect("sessions:schedule", organisation=request.organisation.slug, pk=session.pk)


@requires(C.EDIT_SESSIONS, writes=True)
@require_POST
def take(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Give the session the dates and the duration of its half-days."""
    session = find_session(request, pk)
    before = said_by(session)
    try:
        taken = take_half_days(session=session, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        tell_changes(request, before, taken)
        messages.success(request, _("La session a les dates et la durée de ses demi-journées."))
    return redirect("sessions:schedule", organisation=request.organisation.slug, pk=session.pk)


def _next_half_day(session: Session, half_days: list[HalfDay]) -> dict[str, object]:
    """What most likely comes after the last one: the afternoon of a morning, else the next open morning."""
    last = half_days[-1] if half_days else None
    if last is not None and last.part == DayPart.MORNING:
        day, part = last.day, DayPart.AFTERNOON
    else:
        days = OpenDays(postcode=postcode_in(session.place))
        first = last.day + ONE_DAY if last else session.starts_on or timezone.localdate()
        day, part = days.open_from(first), DayPart.MORNING
    return {"day": day, "part": part, "starts_at": TIMES[part][0], "ends_at": TIMES[part][1]}


def _clashes_of(session: Session, half_days: list[HalfDay]) -> list[object]:
    if session.state in CALLED_OFF:
        return []
    trainers = session.trainers.all()
    return list(clashes(session.organisation, wanted_by(half_days, trainers), trainers, session=session))


def _half_day(request: TenantRequest, pk: UUID) -> HalfDay:
    try:
        return HalfDay.objects.for_organisation(request.organisation).select_related("session__course").get(pk=pk)
    except HalfDay.DoesNotExist:
        raise Http404 from None


@requires(C.EDIT_SESSIONS, writes=True)
def half_day(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Change one half-day."""
    found = _half_day(request, pk)
    session = find_session(request, found.session_id)
    with editing(request, session, found) as edit:
        name, before = str(found), said_by(session)
        form = HalfDayForm(request.POST or None, session=session, instance=found)
        changed = edit.carry_out(
            form, lambda: save_half_day(session=session, half_day=found, actor=request.user, **form.cleaned_data)
        )
    if changed:
        tell_changes(request, before, changed.session)
        return done(request, _("La demi-journée est changée."), "sessions:schedule", pk=session.pk)
    context = {"session": session, "here": "session", "settled": pk in settled_half_days(session), "name": name, "pk": pk}
    return form_page(request, "sessions/half_day.html", form, **context)


@requires(C.EDIT_SESSIONS, writes=True)
@require_POST
def remove(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Take one half-day away."""
    found = _half_day(request, pk)
    before = said_by(found.session)
    try:
        session = remove_half_day(half_day=found, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        tell_changes(request, before, session)
        messages.success(request, _("La demi-journée du %(half_day)s est retirée.") % {"half_day": found})
    return redirect("sessions:schedule", organisation=request.organisation.slug, pk=found.session_id)

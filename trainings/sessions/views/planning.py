"""Planning a session: from a course and dates, half-day by half-day, elsewhere in the year, again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.dates import period
from qualiopi.web.forms import take_errors
from qualiopi.web.partials import render_page, wants_part
from trainings.sessions.access import find_session
from trainings.sessions.calendar import ONE_DAY, TIMES, OpenDays, TooLong, postcode_in
from trainings.sessions.forms import DuplicateForm, HalfDayForm, MoveForm, PlanForm
from trainings.sessions.models import DayPart, HalfDay, Modality, Session
from trainings.sessions.queries import Wanted, clashes, half_days_of, settled_half_days, wanted_by
from trainings.sessions.verbs import duplicate_session, make_session, move_session, remove_half_day, save_half_day


@requires(C.EDIT_SESSIONS, writes=True)
def create(request: TenantRequest) -> HttpResponse:
    """A session from a course (`?course=`) and its dates; what is typed shows the half-days it would have."""
    asked = request.GET if "first_day" in request.GET else None
    form = PlanForm(request.POST or asked, organisation=request.organisation, initial={"course": request.GET.get("course")})
    sent = request.method == "POST"
    if sent and form.is_valid():
        data = form.cleaned_data
        proposal = form.proposal()
        names = ("modality", "kind", "place", "platform", "expected_trainees", "price")
        try:
            session = make_session(
                organisation=request.organisation,
                course=data["course"],
                slots=proposal.slots if proposal else (),
                trainers=data["trainers"],
                actor=request.user,
                fields={name: data[name] for name in names},
                remote=data["modality"] == Modality.REMOTE,
            )
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("La session %(reference)s est prévue.") % {"reference": session.reference})
            return redirect("sessions:detail", organisation=request.organisation.slug, pk=session.pk)
    context = {"form": form, **_proposed(request, form)}
    template = "sessions/_proposal.html" if wants_part(request, "proposal") else "sessions/create.html"
    return render_page(request, template, context, status=422 if sent else 200)


def _proposed(request: TenantRequest, form: PlanForm) -> dict[str, object]:
    """What the answers give so far, and who would have to be in two places at once."""
    if not form.is_bound:
        return {}
    form.is_valid()
    try:
        proposal = form.proposal()
    except TooLong:
        return {}
    if proposal is None:
        return {}
    trainers = list(form.cleaned_data.get("trainers") or ())
    everybody = frozenset(trainer.pk for trainer in trainers)
    wanted = [Wanted(slot.day, slot.starts_at, slot.ends_at, everybody) for slot in proposal.slots]
    return {
        "proposal": proposal,
        "minutes": sum(slot.minutes for slot in proposal.slots),
        "clashes": clashes(request.organisation, wanted, trainers),
    }


@requires(C.EDIT_SESSIONS, writes=True)
def schedule(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Every half-day of a session, and one more."""
    session = find_session(request, pk)
    half_days = list(half_days_of(session))
    initial = {**_next_half_day(session, half_days), "remote": session.modality == Modality.REMOTE}
    form = HalfDayForm(request.POST or None, session=session, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            added = save_half_day(session=session, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("La demi-journée du %(half_day)s est ajoutée.") % {"half_day": added})
            return redirect("sessions:schedule", organisation=request.organisation.slug, pk=session.pk)
    context = {
        "session": session,
        "here": "session",
        "form": form,
        "half_days": half_days,
        "settled": settled_half_days(session),
        "clashes": _clashes_of(session, half_days),
    }
    return render(request, "sessions/schedule.html", context, status=422 if form.errors else 200)


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
    session, name = find_session(request, found.session_id), str(found)
    form = HalfDayForm(request.POST or None, session=session, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            save_half_day(session=session, half_day=found, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("La demi-journée est changée."))
            return redirect("sessions:schedule", organisation=request.organisation.slug, pk=session.pk)
    context = {"session": session, "here": "session", "form": form, "settled": pk in settled_half_days(session), "name": name}
    return render(request, "sessions/half_day.html", {**context, "pk": pk}, status=422 if form.errors else 200)


@requires(C.EDIT_SESSIONS, writes=True)
@require_POST
def remove(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Take one half-day away."""
    found = _half_day(request, pk)
    try:
        remove_half_day(half_day=found, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("La demi-journée du %(half_day)s est retirée.") % {"half_day": found})
    return redirect("sessions:schedule", organisation=request.organisation.slug, pk=found.session_id)


@requires(C.EDIT_SESSIONS, writes=True)
def move(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Move a session to another first day, with a reason."""
    session = find_session(request, pk)
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moved = move_session(session=session, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            first, last = moved.starts_on, moved.ends_on
            said = {"dates": period(first, last or first)} if first else {"dates": ""}
            messages.success(request, _("La session est déplacée : %(dates)s. Prévenez les stagiaires et les formateurs.") % said)
            return redirect("sessions:detail", organisation=request.organisation.slug, pk=session.pk)
    context = {"session": session, "here": "session", "form": form, "settled": len(settled_half_days(session))}
    return render(request, "sessions/move.html", context, status=422 if form.errors else 200)


@requires(C.EDIT_SESSIONS, writes=True)
def duplicate(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The same session again, once or as a series."""
    session = find_session(request, pk)
    form = DuplicateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = duplicate_session(session=session, first_days=form.first_days(), actor=request.user)
        except ValidationError as error:
            take_errors(form, error)
        else:
            names = ", ".join(each.reference for each in made)
            messages.success(
                request,
                ngettext("La session %(names)s est prévue.", "%(count)s sessions sont prévues : %(names)s.", len(made))
                % {"names": names, "count": len(made)},
            )
            return redirect("sessions:detail", organisation=request.organisation.slug, pk=made[0].pk)
    context = {"session": session, "here": "session", "form": form}
    return render(request, "sessions/duplicate.html", context, status=422 if form.errors else 200)

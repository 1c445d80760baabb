"""Planning a session: from a course and dates, half-day by half-day, elsewhere in the year, again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.dates import period
from qualiopi.web.partials import render_page, wants_part
from trainings.sessions.access import find_session
from trainings.sessions.calendar import Proposal, Skipped, TooLong, holiday_name, moved, postcode_in
from trainings.sessions.forms import DuplicateForm, MoveForm, PlanForm
from trainings.sessions.models import HalfDay, Modality, Session
from trainings.sessions.queries import Wanted, clashes, half_days_of, said_by, settled_half_days, wanted_by
from trainings.sessions.telling import moved_off, tell_changes
from trainings.sessions.verbs import duplicate_session, make_session, move_session
from trainings.sessions.verbs.schedule import slots_of


@requires(C.EDIT_SESSIONS, writes=True)
def create(request: TenantRequest) -> HttpResponse:
    """A session from a course (`?course=`) and its dates; what is typed shows the half-days it would have."""
    asked = request.GET if "first_day" in request.GET else None
    form = PlanForm(request.POST or asked, organisation=request.organisation, initial={"course": request.GET.get("course")})
    sent = request.method == "POST"

    def make() -> Session:
        data, proposal = form.cleaned_data, form.proposal()
        names = ("modality", "kind", "place", "platform", "expected_trainees", "price")
        return make_session(
            organisation=request.organisation,
            course=data["course"],
            slots=proposal.slots if proposal else (),
            trainers=data["trainers"],
            actor=request.user,
            fields={name: data[name] for name in names},
            remote=data["modality"] == Modality.REMOTE,
        )

    if sent and (session := carry_out(form, make)):
        sentence = _("La session %(reference)s est prévue.") % {"reference": session.reference}
        if (first := form.cleaned_data["first_day"]) is not None:
            _tell_other_days(request, [(first, session.starts_on)], session)
        return done(request, sentence, "dossiers:session", pk=session.pk)
    address = reverse("sessions:create", args=[request.organisation.slug])
    context = {"form": form, "proposal_url": address, **_proposed(request, form)}
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
def move(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Move a session to another first day, with a reason."""
    session = find_session(request, pk)
    with editing(request, session) as edit:
        settled, before = settled_half_days(session), said_by(session)
        free = [half_day for half_day in half_days_of(session) if half_day.pk not in settled]
        form = MoveForm(request.POST or None, initial={"to": free[0].day if free else session.starts_on})
        changed = edit.carry_out(form, lambda: move_session(session=session, actor=request.user, **form.cleaned_data))
    if changed:
        first, last = changed.starts_on, changed.ends_on
        tell_changes(request, before, changed)
        _tell_other_days(request, [(form.cleaned_data["to"], _first_free(changed, settled))], changed)
        said = {"dates": period(first, last or first)} if first else {"dates": ""}
        sentence = _("La session est déplacée : %(dates)s. Prévenez les stagiaires et les formateurs.") % said
        return done(request, sentence, "dossiers:session", pk=pk)
    context = {"session": session, "here": "session", "form": form, "settled": len(settled), **_moved(request, session, free)}
    template = "sessions/_proposal.html" if wants_part(request, "proposal") else "sessions/move.html"
    return render_page(request, template, context, status=422 if request.method == "POST" else 200)


def _moved(request: TenantRequest, session: Session, free: list[HalfDay]) -> dict[str, object]:
    """Where the half-days would go from the day that is typed, and who would have to be in two places at once."""
    address: dict[str, object] = {"proposal_url": reverse("sessions:move", args=[request.organisation.slug, session.pk])}
    asked = MoveForm(request.GET)
    asked.is_valid()
    to = asked.cleaned_data.get("to")
    if to is None or not free:
        return address
    slots = moved(slots_of(free), to, postcode=postcode_in(session.place))
    trainers = list(session.trainers.all())
    by_day = zip(wanted_by(free, trainers), slots, strict=True)
    wanted = [replace(each, day=slot.day) for each, slot in by_day]
    return {
        **address,
        "proposal": Proposal(slots, () if slots[0].day == to else (Skipped(to, holiday_name(to, postcode_in(session.place))),)),
        "minutes": sum(slot.minutes for slot in slots),
        "clashes": clashes(request.organisation, wanted, trainers, session=session),
    }


@requires(C.EDIT_SESSIONS, writes=True)
def duplicate(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The same session again, once or as a series."""
    session = find_session(request, pk)
    form = DuplicateForm(request.POST or None)
    made = carry_out(form, lambda: duplicate_session(session=session, first_days=form.first_days(), actor=request.user))
    if made:
        _tell_other_days(request, [(day, copy.starts_on) for day, copy in zip(form.first_days(), made, strict=True)], session)
        sentence = ngettext("La session %(names)s est prévue.", "%(count)s sessions sont prévues : %(names)s.", len(made))
        said = {"names": ", ".join(each.reference for each in made), "count": len(made)}
        return done(request, sentence % said, "dossiers:session", pk=made[0].pk)
    return form_page(request, "sessions/duplicate.html", form, session=session, here="session")


def _first_free(session: Session, settled: set[UUID]) -> date | None:
    """The first day of what could move; the session's own without half-days."""
    days = [each.day for each in half_days_of(session) if each.pk not in settled]
    return min(days, default=session.starts_on)


def _tell_other_days(request: TenantRequest, days: Iterable[tuple[date, date | None]], session: Session) -> None:
    """Say of each day asked for which day it became, and why, when it is closed."""
    for asked, begins in days:
        if told := moved_off(asked, begins, postcode=postcode_in(session.place)):
            messages.warning(request, told)

"""Reports of online meetings: bring one in, correct who is who, put it on the register."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.attendance.addresses import address_of
from trainings.attendance.finding import find_half_day, find_report
from trainings.attendance.forms import MatchesForm, ReportForm
from trainings.attendance.models import ConnectionReport
from trainings.attendance.queries import expected_people, followed_share, minutes_by_person
from trainings.attendance.verbs import Applied, apply_report, file_report, match_report


@requires(C.TEACH, writes=True)
def add(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Choose the file of one half-day; the reports it has already."""
    half_day = find_half_day(request, pk)
    form = ReportForm(request.POST or None, request.FILES or None)
    if report := carry_out(form, lambda: file_report(half_day=half_day, upload=form.cleaned_data["file"], actor=request.user)):
        return redirect("attendance:report", organisation=request.organisation.slug, pk=report.pk)
    context = {
        "session": half_day.session,
        "here": "attendance",
        "half_day": half_day,
        "reports": ConnectionReport.objects.filter(half_day=half_day).select_related("created_by", "file"),
    }
    return form_page(request, "attendance/remote.html", form, **context)


@requires(C.TEACH, writes=True)
def report(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Who is who in a report: save the corrections, then put it on the register."""
    found = find_report(request, pk)
    half_day = found.half_day
    people = list(expected_people(half_day.session))
    with editing(request, found) as edit:
        # What a person has to decide comes first.
        connections = sorted(
            found.connections.select_related("enrolment__trainee"), key=lambda each: each.enrolment_id is not None
        )
        form = MatchesForm(request.POST or None, connections=connections, people=people, most=half_day.minutes)
        answer = edit.carry_out(form, lambda: _act(request, found, form))
    if answer is not None:
        return answer
    minutes = minutes_by_person(found)
    context = {
        "session": half_day.session,
        "here": "attendance",
        "half_day": half_day,
        "report": found,
        "unmatched": sum(connection.enrolment_id is None for connection in connections),
        "unseen": [enrolment for enrolment in people if not minutes.get(enrolment.pk)],
        "gaps": [
            (enrolment, minutes[enrolment.pk])
            for enrolment in people
            if 0 < minutes.get(enrolment.pk, 0) < followed_share(half_day)
        ],
    }
    return form_page(request, "attendance/report.html", form, **context)


def _act(request: TenantRequest, found: ConnectionReport, form: MatchesForm) -> HttpResponse:
    """Save the corrections, and put the report on the register when asked."""
    match_report(report=found, chosen=form.chosen(), actor=request.user)
    if request.POST.get("go") == "apply":
        absent_too = request.POST.get("absent") == "1"
        applied = apply_report(report=found, actor=request.user, absent_too=absent_too, address=address_of(request))
        sentence = _("Le relevé est reporté : %(said)s.") % {"said": _said(applied)}
        return done(request, sentence, "attendance:half_day", pk=found.half_day_id)
    sentence = _("Les rapprochements sont gardés. Reportez-les quand tout est juste.")
    return done(request, sentence, "attendance:report", pk=found.pk)


def _said(applied: Applied) -> str:
    counts = (
        (applied.present, ngettext("une présence", "%(n)s présences", applied.present)),
        (applied.completed, ngettext("une signature complétée", "%(n)s signatures complétées", applied.completed)),
        (applied.absent, ngettext("une absence", "%(n)s absences", applied.absent)),
    )
    return ", ".join(words % {"n": count} for count, words in counts if count) or _("tout était déjà noté")

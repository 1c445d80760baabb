"""Reports of online meetings: bring one in, correct who is who, put it on the register."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.files.errors import RefusedFile
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.forms import take_errors
from trainings.attendance.addresses import address_of
from trainings.attendance.finding import find_half_day, find_report, tell_refusal
from trainings.attendance.forms import ReportForm, read_matches
from trainings.attendance.models import ConnectionReport
from trainings.attendance.queries import expected_people, followed_share, minutes_by_person
from trainings.attendance.verbs import Applied, apply_report, file_report, match_report


@requires(C.TEACH, writes=True)
def add(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Choose the file of one half-day; the reports it has already."""
    half_day = find_half_day(request, pk)
    form = ReportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = file_report(half_day=half_day, upload=form.cleaned_data["file"], actor=request.user)
        except RefusedFile as error:
            form.add_error("file", str(error))
        except ValidationError as error:
            take_errors(form, error)
        else:
            return redirect("attendance:report", organisation=request.organisation.slug, pk=report.pk)
    context = {
        "session": half_day.session,
        "here": "attendance",
        "half_day": half_day,
        "form": form,
        "reports": ConnectionReport.objects.filter(half_day=half_day).select_related("created_by", "file"),
    }
    return render(request, "attendance/remote.html", context, status=422 if form.errors else 200)


@requires(C.TEACH, writes=True)
def report(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Who is who in a report: save the corrections, then put it on the register."""
    found = find_report(request, pk)
    half_day = found.half_day
    people = list(expected_people(half_day.session))
    # What a person has to decide comes first.
    connections = sorted(found.connections.select_related("enrolment__trainee"), key=lambda each: each.enrolment_id is not None)
    if request.method == "POST":
        try:
            match_report(report=found, chosen=read_matches(request.POST, connections), actor=request.user)
            if request.POST.get("go") == "apply":
                done = apply_report(
                    report=found, actor=request.user, absent_too=request.POST.get("absent") == "1", address=address_of(request)
                )
                messages.success(request, _("Le relevé est reporté : %(said)s.") % {"said": _said(done)})
                return redirect("attendance:half_day", organisation=request.organisation.slug, pk=half_day.pk)
            messages.success(request, _("Les rapprochements sont gardés. Reportez-les quand tout est juste."))
        except ValidationError as error:
            tell_refusal(request, error)
        return redirect("attendance:report", organisation=request.organisation.slug, pk=found.pk)
    minutes = minutes_by_person(found)
    context = {
        "session": half_day.session,
        "here": "attendance",
        "half_day": half_day,
        "report": found,
        "connections": connections,
        "people": people,
        "unmatched": sum(connection.enrolment_id is None for connection in connections),
        "unseen": [enrolment for enrolment in people if not minutes.get(enrolment.pk)],
        "gaps": [
            (enrolment, minutes[enrolment.pk])
            for enrolment in people
            if 0 < minutes.get(enrolment.pk, 0) < followed_share(half_day)
        ],
    }
    return render(request, "attendance/report.html", context)


def _said(done: Applied) -> str:
    counts = (
        (done.present, ngettext("une présence", "%(n)s présences", done.present)),
        (done.completed, ngettext("une signature complétée", "%(n)s signatures complétées", done.completed)),
        (done.absent, ngettext("une absence", "%(n)s absences", done.absent)),
    )
    return ", ".join(words % {"n": count} for count, words in counts if count) or _("tout était déjà noté")

"""Keeping a sheet that was signed on paper."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.files.errors import RefusedFile
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.forms import take_errors
from trainings.attendance.addresses import address_of
from trainings.attendance.forms import SheetForm
from trainings.attendance.verbs import file_sheet
from trainings.sessions.access import find_session


@requires(C.TEACH, writes=True)
def add(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Choose the file, the half-days it covers and whose signatures it bears."""
    session = find_session(request, pk)
    form = SheetForm(request.POST or None, request.FILES or None, session=session, now=timezone.now())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            filed = file_sheet(
                session=session,
                upload=data["file"],
                half_days=list(data["half_days"]),
                enrolments=list(data["enrolments"]),
                trainer=data["trainer"],
                actor=request.user,
                address=address_of(request),
            )
        except RefusedFile as error:
            form.add_error("file", str(error))
        except ValidationError as error:
            take_errors(form, error)
        else:
            said = ngettext("Une ligne est ajoutée.", "%(n)s lignes sont ajoutées.", len(filed.added)) % {"n": len(filed.added)}
            if filed.known:
                said += " " + ngettext("Une était déjà notée.", "%(n)s étaient déjà notées.", filed.known) % {"n": filed.known}
            messages.success(request, _("La feuille est gardée. %(said)s") % {"said": said})
            return redirect("attendance:session", organisation=request.organisation.slug, pk=session.pk)
    largest = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
    context = {"session": session, "here": "attendance", "form": form, "largest": largest}
    return render(request, "attendance/sheet.html", context, status=422 if form.errors else 200)

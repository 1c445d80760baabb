"""Keeping a sheet that was signed on paper."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qualiopi.editing import carry_out, done, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.attendance.addresses import address_of
from trainings.attendance.forms import SheetForm
from trainings.attendance.verbs import FiledSheet, file_sheet
from trainings.sessions.access import find_session


@requires(C.TEACH, writes=True)
def add(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Choose the file, the half-days it covers and whose signatures it bears."""
    session = find_session(request, pk)
    form = SheetForm(request.POST or None, request.FILES or None, session=session, now=timezone.now())

    def keep() -> FiledSheet:
        data = form.cleaned_data
        return file_sheet(
            session=session,
            upload=data["file"],
            half_days=list(data["half_days"]),
            enrolments=list(data["enrolments"]),
            trainer=data["trainer"],
            actor=request.user,
            address=address_of(request),
        )

    if filed := carry_out(form, keep):
        said = ngettext("Une ligne est ajoutée.", "%(n)s lignes sont ajoutées.", len(filed.added)) % {"n": len(filed.added)}
        if filed.known:
            said += " " + ngettext("Une était déjà notée.", "%(n)s étaient déjà notées.", filed.known) % {"n": filed.known}
        return done(request, _("La feuille est gardée. %(said)s") % {"said": said}, "attendance:session", pk=session.pk)
    largest = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
    return form_page(request, "attendance/sheet.html", form, session=session, here="attendance", largest=largest)

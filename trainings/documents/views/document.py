"""One document: what it is, what happened to it, what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qualiopi.files import responses
from qualiopi.files.errors import AlteredFile, RefusedFile
from qualiopi.files.models import StoredFile
from qualiopi.journal.verbs import record_reading
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.post.reports import tell
from qualiopi.web.forms import take_errors
from trainings.documents import verbs
from trainings.documents.emails import WORDS
from trainings.documents.forms import ReasonForm, SignedForm
from trainings.documents.models import DocumentKind, Issued
from trainings.documents.queries import issued_of, state_of
from trainings.documents.wording import facts_of, withdrawal_ends
from trainings.sessions.access import find_session, only_own


def find(request: TenantRequest, pk: UUID) -> Issued:
    """The document, or 404; a trainer finds those of the sessions they lead."""
    own = only_own(request) if not request.access.allows(C.AUDIT_ROOM) else None
    try:
        found: Issued = issued_of(request.organisation, led_by=own.pk if own else None).get(pk=pk)
    except Issued.DoesNotExist:
        raise Http404 from None
    return found


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def document(request: TenantRequest, pk: UUID) -> HttpResponse:
    """What was issued, to whom, its digest, its sendings and openings."""
    issued = find(request, pk)
    facts = facts_of(issued.kind)
    context = {
        "issued": issued,
        "session": find_session(request, issued.session_id),
        "here": "documents",
        "state": state_of(issued),
        "kind_label": str(issued.get_kind_display()),
        "sendable": issued.kind != DocumentKind.ATTENDANCE_SHEET,
        "to_sign": facts.signed,
        "withdrawal_until": _withdrawal_until(issued),
        "can_edit": request.access.allows(C.EDIT_SESSIONS) and issued.cancelled_at is None,
    }
    return render(request, "documents/document.html", context)


def _withdrawal_until(issued: Issued) -> date | None:
    """Until when somebody who pays for themselves may withdraw from a contract that they signed."""
    if issued.kind != DocumentKind.CONTRACT or issued.signed_on is None:
        return None
    return withdrawal_ends(issued.signed_on)


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS, C.AUDIT_ROOM)
def download(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """The file as it was issued; every opening is noted."""
    issued = find(request, pk)
    return _give(request, issued, issued.file)


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS, C.AUDIT_ROOM)
def signed_copy(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """The copy that the other party signed."""
    issued = find(request, pk)
    if issued.signed_file is None:
        raise Http404
    return _give(request, issued, issued.signed_file)


def _give(request: TenantRequest, issued: Issued, file: StoredFile) -> HttpResponseBase:
    verb, status = "issued.downloaded", 200
    response: HttpResponseBase
    try:
        response = responses.download(file)
    except AlteredFile as altered:
        verb, status = "issued.found_altered", 409
        response = render(request, "documents/altered.html", {"issued": issued, "sentence": altered.sentence}, status=status)
    record_reading(
        verb=verb,
        actor=request.user,
        organisation_id=request.organisation.pk,
        target=issued,
        details={"file": file.name, "sha256": file.sha256},
    )
    return response


@requires(C.EDIT_SESSIONS, writes=True)
def send(request: TenantRequest, pk: UUID) -> HttpResponse:
    """POST: send it, or send it again."""
    issued = find(request, pk)
    if request.method == "POST":
        try:
            verbs.check_sendable(issued)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            report = verbs.send(documents=[issued], actor=request.user, again="again" in request.POST)
            left = _("%(number)s est parti.") % {"number": issued.number}
            tell(request, report, replace(WORDS, left=left, nobody=_("Ce document vient de partir.")))
    return _back(request, issued)


@requires(C.EDIT_SESSIONS, writes=True)
def cancel(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Cancel it, with a reason."""
    issued = find(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.cancel(issued=issued, reason=form.cleaned_data["reason"], actor=request.user)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("%(number)s est annulé. Vous pouvez l’émettre de nouveau.") % {"number": issued.number})
            return redirect("documents:kind", organisation=request.organisation.slug, pk=issued.session_id, kind=issued.kind)
    context = {"issued": issued, "form": form, "session": issued.session}
    return render(request, "documents/cancel.html", context, status=422 if form.errors else 200)


@requires(C.EDIT_SESSIONS, writes=True)
def sign(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Note that the other party signed, and keep its copy."""
    issued = find(request, pk)
    if not facts_of(issued.kind).signed:
        raise Http404
    form = SignedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.receive_signed(
                issued=issued, upload=form.cleaned_data["copy"], signed_on=form.cleaned_data["signed_on"], actor=request.user
            )
        except ValidationError as error:
            take_errors(form, error)
        except RefusedFile as refusal:
            form.add_error("copy", str(refusal))
        else:
            messages.success(request, _("La signature de %(number)s est notée.") % {"number": issued.number})
            return _back(request, issued)
    context = {"issued": issued, "form": form, "session": issued.session}
    return render(request, "documents/sign.html", context, status=422 if form.errors else 200)


def _back(request: TenantRequest, issued: Issued) -> HttpResponse:
    return redirect("documents:document", organisation=request.organisation.slug, pk=issued.pk)

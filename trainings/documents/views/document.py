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

from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.files import responses
from qualiopi.files.errors import AlteredFile
from qualiopi.files.models import StoredFile
from qualiopi.journal.verbs import record_reading
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.post.reports import tell
from trainings.documents import verbs
from trainings.documents.asking import asked_first
from trainings.documents.emails import WORDS
from trainings.documents.forms import ReasonForm, SignedForm
from trainings.documents.models import DocumentKind, Issued
from trainings.documents.queries import issued_of
from trainings.documents.sentences import told
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
        "told": told(issued),
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
        back = _back(request, issued)
        if question := asked_first(request, issued.session, issued.kind, back=back.url):
            return question
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
    if carry_out(form, lambda: verbs.cancel(issued=issued, reason=form.cleaned_data["reason"], actor=request.user)):
        sentence = _("%(number)s est annulé. Vous pouvez l’émettre de nouveau.") % {"number": issued.number}
        return done(request, sentence, "documents:kind", pk=issued.session_id, kind=issued.kind)
    return form_page(request, "documents/cancel.html", form, issued=issued, session=issued.session)


@requires(C.EDIT_SESSIONS, writes=True)
def sign(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Note that the other party signed, and keep its copy."""
    issued = find(request, pk)
    if not facts_of(issued.kind).signed:
        raise Http404
    with editing(request, issued, kinds=verbs.SIGNED_COPIES) as edit:
        form = SignedForm(request.POST or None, request.FILES or None, issued=issued)

        def receive() -> Issued:
            data = form.cleaned_data
            return verbs.receive_signed(issued=issued, upload=data["copy"], signed_on=data["signed_on"], actor=request.user)

        received = edit.carry_out(form, receive)
    if received:
        sentence = _("La signature de %(number)s est notée.") % {"number": issued.number}
        return done(request, sentence, "documents:document", pk=issued.pk)
    return form_page(request, "documents/sign.html", form, issued=issued, session=issued.session)


def _back(request: TenantRequest, issued: Issued) -> HttpResponse:
    return redirect("documents:document", organisation=request.organisation.slug, pk=issued.pk)

"""Opening a file: checked, logged, never at an address of its own."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from evidence.library.kept import readable_piece
from evidence.library.models import Version
from evidence.library.queries import version_of
from qualiopi.files import responses
from qualiopi.files.errors import AlteredFile
from qualiopi.files.models import StoredFile
from qualiopi.journal.verbs import record_reading
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.languages import readers_language


@requires(C.VIEW_EVIDENCE, C.AUDIT_ROOM)
def download(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """The file of a version, to keep."""
    return _open(request, pk, "document.downloaded", responses.download)


@requires(C.VIEW_EVIDENCE, C.AUDIT_ROOM)
def preview(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """A PDF, a picture or what a message says, to show in a page of ours; 404 for what is only downloaded."""
    with translation.override(readers_language(request)):
        return _open(request, pk, "document.previewed", responses.preview)


@requires(C.VIEW_EVIDENCE, C.AUDIT_ROOM, C.VIEW_OWN_SESSIONS)
def kept(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """A file that the work itself left (a document issued, a sheet, an evaluation, a contract…), to keep. `pk`: its stored file."""
    found = readable_piece(pk, access=request.access, user=request.user)
    if found is None:
        raise Http404
    piece, file = found
    verb = "kept.downloaded"
    response: HttpResponseBase
    said: dict[str, object] = {"title": piece.title, "sha256": file.sha256}
    try:
        response = responses.download(file)
    except AlteredFile as altered:
        verb, said["missing"] = "kept.found_altered", altered.missing
        response = _tell_altered(request, piece.title, altered)
    record_reading(verb=verb, actor=request.user, organisation_id=request.organisation.pk, target=file, details=said)
    return response


def _open(request: TenantRequest, pk: UUID, verb: str, send: Callable[[StoredFile], HttpResponseBase]) -> HttpResponseBase:
    try:
        version = version_of(request.organisation, pk, for_auditor=not request.access.allows(C.VIEW_EVIDENCE))
    except Version.DoesNotExist:
        raise Http404 from None
    if send is responses.preview and not responses.can_be_shown(version.file):
        raise Http404
    said = {"version": version.number, "file": version.file.name, "sha256": version.file.sha256}
    try:
        response = send(version.file)
    except AlteredFile as altered:
        _log(request, version, "document.found_altered", said | {"missing": altered.missing})
        return _tell_altered(request, version, altered)
    _log(request, version, verb, said)
    return response


def _tell_altered(request: TenantRequest, label: object, altered: AlteredFile) -> HttpResponse:
    """Why the file is not given, in the language of who reads, as every page that an auditor opens."""
    with translation.override(readers_language(request)):
        context = {"label": label, "file": altered.stored, "sentence": altered.sentence}
        return render(request, "library/altered.html", context, status=409)


def _log(request: TenantRequest, version: Version, verb: str, details: dict[str, object]) -> None:
    record_reading(
        verb=verb, actor=request.user, organisation_id=request.organisation.pk, target=version.document, details=details
    )

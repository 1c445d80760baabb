"""Taking documents away: all of a kind, or everything that was issued for a session, as one ZIP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from qualiopi.files.archive import Archive, ArchiveEntry
from qualiopi.files.models import StoredFile
from qualiopi.files.verbs import open_checked
from qualiopi.journal.verbs import record_reading
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.documents.kinds_in_address import kind_of
from trainings.documents.queries import in_force
from trainings.sessions.access import find_session
from trainings.sessions.models import Session

CHUNK = 256 * 1024


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def of_kind(request: TenantRequest, pk: UUID, kind: str) -> HttpResponseBase:
    """All documents of a kind that are in force."""
    found, named = find_session(request, pk), kind_of(kind)
    files = {issued.file.name: issued.file for issued in in_force(found, named).select_related("file").order_by("number")}
    return _zip(request, found, files, name=f"{named.label}-{found.reference}", verb="issued.all_downloaded", kind=named.value)


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def of_session(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """Everything that is in force for a session, a folder per kind, with the copies that came back signed."""
    found = find_session(request, pk)
    files: dict[str, StoredFile] = {}
    for issued in in_force(found).select_related("file", "signed_file").order_by("kind", "number"):
        folder = str(issued.get_kind_display()).capitalize()
        files[f"{folder}/{issued.file.name}"] = issued.file
        if issued.signed_file is not None:
            files[f"{folder}/{issued.number}, {_('exemplaire signé')}, {issued.signed_file.name}"] = issued.signed_file
    return _zip(request, found, files, name=f"documents-{found.reference}", verb="issued.session_downloaded")


def _zip(
    request: TenantRequest, session: Session, files: Mapping[str, StoredFile], *, name: str, verb: str, **details: str
) -> HttpResponseBase:
    """One ZIP of known length, streamed file by file; 404 when there is nothing. The reading is noted."""
    if not files:
        raise Http404
    plan = Archive([ArchiveEntry(path, file.size, file.crc32, path) for path, file in files.items()])
    record_reading(
        verb=verb,
        actor=request.user,
        organisation_id=request.organisation.pk,
        target=session,
        details={**details, "count": len(files)},
    )
    body: Any = [] if request.method == "HEAD" else plan.stream(_reader(files))
    headers = {
        "Content-Length": str(plan.size),
        "Content-Disposition": f'attachment; filename="{slugify(name)}.zip"',
        "Cache-Control": "private, no-store",
        "X-Accel-Buffering": "no",
    }
    return StreamingHttpResponse(body, content_type="application/zip", headers=headers)


def _reader(files: Mapping[str, StoredFile]) -> Any:
    """Gives the bytes of an entry, none before its whole file was compared to its digest; an altered file stops the archive."""

    def read(entry: ArchiveEntry, first: int, last: int) -> Iterator[bytes]:
        with open_checked(files[entry.source]) as file:
            file.seek(first)
            left = last - first
            while left and (piece := file.read(min(CHUNK, left))):
                left -= len(piece)
                yield piece

    return read

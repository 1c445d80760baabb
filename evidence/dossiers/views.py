"""The dossier of one session: on screen, as a PDF, with its pieces."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from evidence.dossiers.access import find_dossier, reader_of
from evidence.dossiers.archive import dossier_archive, dossier_pdf
from evidence.dossiers.page import session_page
from evidence.dossiers.queries import dossier_of
from evidence.readiness.keeping import board_of_today
from qualiopi.journal.verbs import record_reading
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.sessions.access import find_session
from trainings.sessions.models import Session


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def session(request: TenantRequest, pk: UUID) -> HttpResponse:
    """What the session that is asked for lacks, who takes part, its thread and its landmarks."""
    return session_page(request, find_session(request, pk))


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def detail(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Timeline, who did what when, every expected piece with its state."""
    session = find_dossier(request, pk)
    context = {
        "session": session,
        "here": "dossier",
        "dossier": dossier_of(session, reader_of(request), read=board_of_today(session.organisation)),
        "addresses": True,
        "show_ways": request.access.allows(C.VIEW_READINESS),
    }
    return render(request, "dossiers/detail.html", context)


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS, C.AUDIT_ROOM)
def pdf(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The dossier as one PDF; each download is noted."""
    session = find_dossier(request, pk)
    content = dossier_pdf(dossier_of(session, reader_of(request)))
    _note(request, session, "dossier.pdf_read")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(session)}.pdf"'
    return response


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS, C.AUDIT_ROOM)
def archive(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """The dossier with its pieces, as a ZIP that is checked offline; each download is noted."""
    session = find_dossier(request, pk)
    made = dossier_archive(dossier_of(session, reader_of(request)))
    _note(request, session, "dossier.downloaded")
    headers = {
        "Content-Length": str(made.plan.archive().size),
        "Content-Disposition": f'attachment; filename="{_file_name(session)}.zip"',
        # Proxies must neither change nor hold back what the manifest vouches for.
        "Cache-Control": "private, no-transform",
    }
    return StreamingHttpResponse(made.plan.stream(made=made.made), content_type="application/zip", headers=headers)


def _file_name(session: Session) -> str:
    """Plain letters alone: some programs misread the others in a header."""
    return "dossier-" + "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in session.reference)


def _note(request: TenantRequest, session: Session, verb: str) -> None:
    record_reading(verb=verb, actor=request.user, organisation_id=request.organisation.pk, target=session)

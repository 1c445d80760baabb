"""The pieces of one session: what was filed for it, for its course or its trainers, and what the work itself left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.library.models import Document, ReviewState, Version
from qualiopi.files.kinds import label_of
from qualiopi.files.models import StoredFile
from trainings.sessions.models import Session


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of the dossier, with what tells whether it is still the same."""

    title: str
    kind: str
    detail: str
    dated_on: date | None
    url: str
    name: str
    path: str
    size: int
    sha256: str
    crc32: int


def pieces_of_session(session: Session) -> list[Piece]:
    """Every file of a session, by title. Refused and withdrawn pieces are left out."""
    return sorted(_filed(session), key=lambda piece: piece.title.casefold())


def _filed(session: Session) -> list[Piece]:
    latest = Version.objects.filter(document=OuterRef("document")).order_by("-number").values("number")[:1]
    rows: QuerySet[Version] = (
        Version.objects.for_organisation(session.organisation)
        .filter(document__in=_about(session).order_by().values("pk"), number=Subquery(latest))
        .select_related("document", "file")
        .order_by("document__title", "pk")
    )
    return [
        piece_of(
            row.file,
            title=row.document.title,
            detail=_("version %(number)s") % {"number": row.number},
            dated_on=row.effective_on,
            url=reverse("library:download", args=[session.organisation.slug, row.pk]),
        )
        for row in rows
    ]


def _about(session: Session) -> QuerySet[Document]:
    standing = (
        Document.objects.for_organisation(session.organisation)
        .filter(withdrawn_at__isnull=True)
        .exclude(review_state=ReviewState.REFUSED)
    )
    found: QuerySet[Document] = (
        standing.filter(subject_links__session=session)
        | standing.filter(subject_links__course=session.course_id)
        | standing.filter(subject_links__trainer__in=session.trainers.all())
    )
    return found.distinct()


def piece_of(file: StoredFile, *, title: str, detail: str, dated_on: date | None, url: str) -> Piece:
    """A line of the dossier from a stored file."""
    return Piece(
        title=title,
        kind=label_of(file.media_type),
        detail=detail,
        dated_on=dated_on,
        url=url,
        name=file.name,
        path=file.path,
        size=file.size,
        sha256=file.sha256,
        crc32=file.crc32,
    )

"""The pieces of one session: what the work itself left, what was filed for it, for its course, its trainers or its subcontractor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.dossiers.readers import WHOLE, Reader, Shown
from evidence.library.models import ReviewState, SubjectLink, Version
from qualiopi.files.kinds import label_of
from trainings.pieces import OPEN_TO_TRAINERS, Kept, Nature
from trainings.pieces import pieces_of_session as kept_of_session
from trainings.sessions.models import Session

# The shelves of a dossier, in their order, and where each thing stands.
SHELVES: dict[str, str | Promise] = {
    "documents": gettext_lazy("Documents émis et contrats"),
    "attendance": gettext_lazy("Émargement"),
    "evaluations": gettext_lazy("Évaluations"),
    "session": gettext_lazy("Pièces déposées pour la session"),
    "course": gettext_lazy("Formation"),
    "trainer": gettext_lazy("Intervenants"),
    "subcontractor": gettext_lazy("Sous-traitance"),
}
_SHELF_OF = {
    Nature.ISSUED: "documents",
    Nature.SIGNED: "documents",
    Nature.CLIENT_CONTRACT: "documents",
    Nature.SHEET: "attendance",
    Nature.CONNECTIONS: "attendance",
    Nature.EVALUATION: "evaluations",
    Nature.ACCREDITATION: "course",
    Nature.TRAINER: "trainer",
    Nature.SUBCONTRACT: "subcontractor",
}


@dataclass(frozen=True, slots=True)
class DossierPiece:
    """One file of the dossier, with what tells whether it is still the same. `url` is empty for who reads its name alone."""

    title: str
    shelf: str
    kind: str
    detail: str
    dated_on: date | None
    url: str
    name: str
    path: str
    size: int
    sha256: str
    crc32: int

    @property
    def shelf_title(self) -> str:
        """What its shelf is called."""
        return str(SHELVES[self.shelf])


def pieces_of_session(session: Session, filed: list[Any], reader: Reader = WHOLE) -> list[DossierPiece]:
    """Every file of a session that this reader may know of, by shelf, then by title. ``filed``: what `filed_about` gave.

    Refused and withdrawn pieces are left out, as are those that nobody looked at yet.
    """
    order = list(SHELVES)
    # Pieces are named in French, as they are written; the shelves follow the reader's language.
    with translation.override("fr"):
        found = [*_kept(session, reader), *_filed(session, filed, reader)]
    return sorted(found, key=lambda piece: (order.index(piece.shelf), piece.title.casefold()))


def shown_of_kept(piece: Kept, reader: Reader) -> Shown:
    """What a reader finds of a file that the work left. A trainer reads neither contracts nor the file of a colleague."""
    if reader.whole or piece.nature in OPEN_TO_TRAINERS:
        return Shown.FILE
    if piece.nature == Nature.TRAINER:
        return Shown.FILE if piece.about == reader.trainer else Shown.NOTHING
    return Shown.NAME if piece.nature == Nature.ACCREDITATION else Shown.NOTHING


def shown_of_filed(shelf: str, *, own: bool, reader: Reader) -> Shown:
    """What a reader finds of a piece of the library. `own`: it speaks of the trainer who reads. The library itself is the team's."""
    if reader.whole:
        return Shown.FILE
    return Shown.NAME if own or shelf in ("session", "course") else Shown.NOTHING


def _kept(session: Session, reader: Reader) -> Iterator[DossierPiece]:
    slug = session.organisation.slug
    for kept in kept_of_session(session, until=timezone.localdate()):
        shown = shown_of_kept(kept, reader)
        if shown is Shown.NOTHING:
            continue
        yield DossierPiece(
            title=kept.title,
            shelf=_SHELF_OF[kept.nature],
            kind=label_of(kept.file.media_type),
            detail=kept.whom or kept.trainer or kept.subcontractor,
            dated_on=kept.dated_on,
            url=reverse("library:kept", args=[slug, kept.file.pk]) if shown is Shown.FILE else "",
            name=kept.file.name,
            path=kept.file.path,
            size=kept.file.size,
            sha256=kept.file.sha256,
            crc32=kept.file.crc32,
        )


def _filed(session: Session, filed: list[Any], reader: Reader) -> Iterator[DossierPiece]:
    slug = session.organisation.slug
    for row in filed:
        if row.number != row.last:
            continue
        shown = shown_of_filed(row.shelf, own=row.own, reader=reader)
        if shown is Shown.NOTHING:
            continue
        yield DossierPiece(
            title=row.document.title,
            shelf=row.shelf,
            kind=label_of(row.file.media_type),
            detail=_("version %(number)s") % {"number": row.number},
            dated_on=row.effective_on,
            url=reverse("library:download", args=[slug, row.pk]) if shown is Shown.FILE else "",
            name=row.file.name,
            path=row.file.path,
            size=row.file.size,
            sha256=row.file.sha256,
            crc32=row.file.crc32,
        )


def filed_about(session: Session, trainer: UUID | None = None) -> list[Any]:
    """Every version of each piece that speaks of the session, its course, its trainers or its subcontractor; one query.

    Each with its `shelf` (of the session itself first), the number of the `last` version, and whether it speaks of this trainer (`own`).
    """
    about = {
        "session": Q(session=session.pk),
        "course": Q(course=session.course_id),
        "trainer": Q(trainer__in=session.trainers.all()),
    }
    if session.given_to_id is not None:
        about["subcontractor"] = Q(subcontractor=session.given_to_id)
    links = SubjectLink.objects.filter(document=OuterRef("document"))
    latest = Version.objects.filter(document=OuterRef("document")).order_by("-number").values("number")[:1]
    rows = (
        Version.objects.for_organisation(session.organisation)
        .filter(
            document__in=SubjectLink.objects.filter(reduce(or_, about.values())).values("document"),
            document__withdrawn_at__isnull=True,
        )
        .exclude(document__review_state=ReviewState.REFUSED)
        .annotate(
            shelf=Case(
                *(When(Exists(links.filter(of)), then=Value(shelf)) for shelf, of in about.items()), output_field=CharField()
            ),
            last=Subquery(latest),
            own=Exists(links.filter(trainer=trainer)) if trainer else Value(False),
        )
        .select_related("document", "file", "created_by")
        .order_by("pk")
    )
    return list(rows)

"""Pieces as the auditor sees them in a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.urls import reverse

from evidence.library.models import ReviewState
from evidence.library.queries import Linked, linked_subjects
from qualiopi.files.responses import can_be_shown
from trainings.sessions.models import Session
from trainings.states import SessionState

ABOUT_SHOWN = 3


@dataclass(frozen=True, slots=True)
class About:
    """A session, a course or a person that a piece speaks of; `url`: the dossier of a session, empty for the others."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class PieceCard:
    """The current version of a piece, as a card; `shown`: a browser shows it beside the text; `here`: it is shown now."""

    version_id: UUID
    title: str
    kind: str
    number: int
    effective_on: date | None
    size: int
    shown: bool
    here: bool = False
    read_by: str = ""  # who accepted it
    about: tuple[About, ...] = ()
    others: int = 0  # how many more it speaks of


def cards(documents: Iterable[Any], *, about_in: str = "") -> list[PieceCard]:
    """The pieces of `shown_documents`, in their order; `about_in`: the organisation's slug, where what they speak of was read too."""
    return [
        PieceCard(
            version_id=version.pk,
            title=document.title,
            kind=PurePath(version.file.name).suffix.lstrip(".").upper() or "FICHIER",
            number=version.number,
            effective_on=version.effective_on,
            size=version.file.size,
            shown=can_be_shown(version.file),
            read_by=str(document.reviewed_by) if document.review_state == ReviewState.ACCEPTED and document.reviewed_by else "",
            about=tuple(spoken_of[:ABOUT_SHOWN]),
            others=len(spoken_of[ABOUT_SHOWN:]),
        )
        for document in documents
        for version in document.current_versions
        for spoken_of in (_about(document, about_in) if about_in else [],)
    ]


def _about(document: Any, slug: str) -> list[About]:
    return [
        About(
            ", ".join(each for each in (linked.label, linked.detail) if each),
            reverse("audits:session", args=[slug, linked.row.pk]) if _has_dossier(linked) else "",
        )
        for linked in linked_subjects(document)
    ]


def _has_dossier(linked: Linked) -> bool:
    return isinstance(linked.row, Session) and linked.row.state != SessionState.DRAFT


def chosen(pieces: list[PieceCard], wanted: str) -> PieceCard | None:
    """The piece asked for by its version, among those of the page that can be shown."""
    return next((piece for piece in pieces if piece.shown and str(piece.version_id) == wanted), None)


def marked(pieces: list[PieceCard], shown: PieceCard | None) -> list[PieceCard]:
    """The same pieces, the one that is shown beside marked."""
    return [replace(piece, here=piece == shown) for piece in pieces]

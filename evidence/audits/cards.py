"""Pieces as the auditor sees them in a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any
from uuid import UUID

from evidence.library.models import ReviewState
from qualiopi.files.responses import can_be_shown


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


def cards(documents: Iterable[Any]) -> list[PieceCard]:
    """The pieces of `shown_documents`, in their order."""
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
        )
        for document in documents
        for version in document.current_versions
    ]


def chosen(pieces: list[PieceCard], wanted: str) -> PieceCard | None:
    """The piece asked for by its version, among those of the page that can be shown."""
    return next((piece for piece in pieces if piece.shown and str(piece.version_id) == wanted), None)


def marked(pieces: list[PieceCard], shown: PieceCard | None) -> list[PieceCard]:
    """The same pieces, the one that is shown beside marked."""
    return [replace(piece, here=piece == shown) for piece in pieces]

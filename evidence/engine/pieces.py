"""The pieces of an indicator: those linked to it, then those that count in it by what they speak of. Every page, report and pack that names
pieces names these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from evidence.engine.facts import DocumentFacts


class Shelf(StrEnum):
    """What pieces stand under, in that order."""

    LINKED = "linked"
    SESSIONS = "sessions"
    COURSES = "courses"
    TRAINERS = "trainers"
    SUBCONTRACTORS = "subcontractors"
    OTHERS = "others"


class Shelved(NamedTuple):
    """A shelf that holds something: the identifiers of its pieces, by title."""

    shelf: Shelf
    ids: tuple[str, ...]


_PLACES = {shelf: place for place, shelf in enumerate(Shelf)}


def shelved(linked: Iterable[DocumentFacts], counted: Iterable[DocumentFacts], *, until: date) -> tuple[Shelved, ...]:
    """Each piece once. ``until``: what is dated later is not there yet."""
    found: dict[Shelf, dict[str, DocumentFacts]] = {}
    seen = set()
    for piece in linked:
        if _is_there(piece, until):
            seen.add(piece.id)
            found.setdefault(Shelf.LINKED, {})[piece.id] = piece
    for piece in counted:
        if piece.id not in seen and _is_there(piece, until):
            found.setdefault(_spoken_of(piece), {})[piece.id] = piece
    return tuple(Shelved(shelf, _by_title(found[shelf])) for shelf in sorted(found, key=_PLACES.__getitem__))


def _is_there(piece: DocumentFacts, until: date) -> bool:
    return piece.effective_on is None or piece.effective_on <= until


def _spoken_of(piece: DocumentFacts) -> Shelf:
    for shelf, subjects in (
        (Shelf.SESSIONS, piece.session_ids),
        (Shelf.COURSES, piece.course_ids),
        (Shelf.TRAINERS, piece.trainer_ids),
        (Shelf.SUBCONTRACTORS, piece.subcontractor_ids),
    ):
        if subjects:
            return shelf
    return Shelf.OTHERS


def _by_title(pieces: Mapping[str, DocumentFacts]) -> tuple[str, ...]:
    return tuple(key for _title, key in sorted((piece.title_key, key) for key, piece in pieces.items()))

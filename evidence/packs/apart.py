"""What stands outside the criteria in a pack: told by session in the dossiers of sessions, by course or by person in the index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from evidence.packs.queries import PackPiece

# The folder of a pack -> what it is called in the index.
FOLDERS = {
    "formations": "Formations",
    "intervenants": "Intervenants",
    "sous-traitants": "Sous-traitants",
    "autres-pieces": "Autres pièces",
}


@dataclass(slots=True)
class Shelf:
    """One folder: `subjects` is a name with its pieces and their paths, empty for pieces that speak of nobody."""

    title: str
    subjects: dict[str, list[tuple[PackPiece, str]]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many files it holds."""
        return sum(len(pieces) for pieces in self.subjects.values())


@dataclass(slots=True)
class Apart:
    """The shelves that hold something, and how many files of how many sessions stand in the dossiers of sessions."""

    shelves: list[Shelf]
    sessions: int
    session_files: int


def apart_of(filed: Iterable[tuple[PackPiece, str]]) -> Apart:
    """Sort the pieces that no indicator holds, given with their path under data/."""
    shelves = {folder: Shelf(title) for folder, title in FOLDERS.items()}
    references: set[str] = set()
    session_files = 0
    for piece, path in sorted(filed, key=lambda pair: pair[1]):
        if piece.indicators:
            continue
        if piece.sessions:
            references.update(reference for reference, _title in piece.sessions)
            session_files += 1
            continue
        folder, name = piece.others[0] if piece.others else ("autres-pieces", "")
        shelves[folder].subjects.setdefault(name, []).append((piece, path))
    return Apart([shelf for shelf in shelves.values() if shelf.subjects], len(references), session_files)

"""One dossier, three readers: the team and the auditor are shown every piece, whoever leads the session what is theirs to see."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Shown(StrEnum):
    """What a reader finds of a piece: the file, its name alone, or nothing."""

    FILE = "file"
    NAME = "name"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Reader:
    """`whole`: shown every piece. Otherwise a trainer: `trainer` is who, among those of the organisation, if anybody."""

    whole: bool
    trainer: UUID | None = None


WHOLE = Reader(whole=True)

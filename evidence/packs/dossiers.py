"""The session dossiers of a pack: for each session, its pieces, what was recorded and what is missing, on one offline page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from evidence.engine.result import SubjectKind
from evidence.packs.queries import PackPiece
from evidence.readiness.queries import FreshBoard
from trainings.facts.rows import SessionRow


@dataclass(frozen=True, slots=True)
class Dossier:
    """One session. `pieces`: title and path under data/; `missing`: indicator number and sentence."""

    reference: str
    title: str
    first_day: date
    last_day: date | None
    enrolled: int
    answers: int
    pieces: tuple[tuple[str, str], ...]
    missing: tuple[tuple[int, str], ...]


def dossiers(read: FreshBoard, filed: Iterable[tuple[PackPiece, str]]) -> list[Dossier]:
    """A dossier for each session that was held or is to come, in time order. `filed`: pieces with their path."""
    pieces: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for piece, path in filed:
        for reference, _title in piece.sessions:
            pieces[reference].append((piece.named, path))
    missing: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for status in read.statuses:
        for hole in status.missing:
            if hole.kind is SubjectKind.SESSION:
                missing[hole.subject_id] += [(status.number, sentence) for sentence in hole.sentences]
    held = sorted((session for session in read.facts.sessions if session.held), key=_in_time_order)
    return [
        Dossier(
            reference=session.reference,
            title=read.course_titles[session.course_id],
            first_day=session.first_day,
            last_day=session.last_day,
            enrolled=session.enrolled,
            answers=session.asked.answers,
            pieces=tuple(sorted(pieces[session.reference])),
            missing=tuple(missing[session.id]),
        )
        for session in held
    ]


def _in_time_order(session: SessionRow) -> tuple[date, str]:
    return session.first_day, session.reference

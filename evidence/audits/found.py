"""What an auditor finds in the room: sessions that have dossiers, pieces the organisation stands by, indicators; links stay in the room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from evidence.audits.queries import STOOD_BY, shown_documents, shown_sessions
from evidence.library.found import Pieces, first_saying, piece_hit
from evidence.library.queries import pieces_named
from evidence.readiness.found import Indicators
from qualiopi.organisations.enums import Capability as C
from qualiopi.search.kinds import Hit, Reader
from trainings.sessions.found import Sessions, session_hit
from trainings.sessions.queries import sessions_named


class RoomSessions(Sessions):
    """Every session that has a dossier."""

    capabilities = (C.AUDIT_ROOM,)

    def hits(self, reader: Reader, text: str, most: int) -> Sequence[Hit]:
        slug = reader.organisation.slug
        rows = shown_sessions(reader.organisation).filter(sessions_named(reader.organisation, text))
        return [session_hit(row, reverse("audits:session", args=[slug, row.pk])) for row in rows[:most]]

    def list_url(self, reader: Reader) -> str:
        return reverse("audits:sessions", args=[reader.organisation.slug])


class RoomPieces(Pieces):
    """Every piece that is shown, beside an indicator it serves."""

    capabilities = (C.AUDIT_ROOM,)

    def hits(self, reader: Reader, text: str, most: int) -> Sequence[Hit]:
        slug = reader.organisation.slug
        said = Q(pieces_named(reader.organisation, text), STOOD_BY)
        rows = first_saying(reader, said, shown_documents(reader.organisation), most)
        return [piece_hit(row, _where(row, slug)) for row in rows]

    def list_url(self, reader: Reader) -> str:
        return ""


def _where(document: Any, slug: str) -> str:
    """The page of the room where a piece is shown; its file when it serves no indicator."""
    version, link = document.current_versions[0], next(iter(document.indicator_links.all()), None)
    if link is None:
        return reverse("library:download", args=[slug, version.pk])
    return f"{reverse('audits:indicator', args=[slug, link.indicator])}?{urlencode({'piece': version.pk})}#apercu"


class RoomIndicators(Indicators):
    """Every indicator of the grid."""

    capabilities = (C.AUDIT_ROOM,)
    address = "audits:indicator"

    def list_url(self, reader: Reader) -> str:
        return ""


ROOM_KINDS = (RoomSessions(), RoomPieces(), RoomIndicators())

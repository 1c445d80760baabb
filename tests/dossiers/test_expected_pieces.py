"""How the dossier shows whether something is there."""

from __future__ import annotations

from unittest.mock import sentinel

from evidence.dossiers.queries.dossier import ExpectedPiece


def test_what_is_there_what_is_missing_and_what_is_to_come_look_different():
    found = {
        there: (piece.icon, piece.look) for there in (True, False, None) if (piece := ExpectedPiece(sentinel.line, there, ""))
    }
    assert found == {
        True: ("check", ""),
        False: ("hourglass-empty", "attendus__absent"),
        None: ("calendar-event", ""),
    }

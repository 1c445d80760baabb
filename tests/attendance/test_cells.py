"""What one cell of the register says, and how it looks, of each way a half-day stands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from trainings.attendance.models import Mark, MarkKind, MarkMethod
from trainings.attendance.queries.register import Slot, SlotState
from trainings.attendance.sentences import cell_of
from trainings.sessions.models import HalfDay

SIGNED_AT = datetime(2026, 11, 20, 13, 5, tzinfo=UTC)


def cell(state, **mark):
    line = Mark(signed_at=SIGNED_AT, **mark) if mark else None
    found = cell_of(Slot(HalfDay(), line, state))
    return found.words, found.look


PRESENCES = [
    ({"method": MarkMethod.DRAWN}, "14 h 05", ""),
    ({"method": MarkMethod.CONFIRMED}, "14 h 05", ""),
    ({"method": MarkMethod.DISPLAYED}, "14 h 05", ""),
    ({"method": MarkMethod.PASSED_ROUND}, "14 h 05", ""),
    ({"method": MarkMethod.SHEET}, "sur papier", ""),
    ({"method": MarkMethod.DECLARED}, "présent", ""),
    ({"method": MarkMethod.CONNECTION, "minutes": 210}, "3 h 30", ""),
    ({"method": MarkMethod.DECLARED, "minutes": 45}, "45 min", ""),
    ({"method": MarkMethod.DRAWN, "late": True}, "le 20 nov. 2026, en retard", "signe--tard"),
    ({"method": MarkMethod.SHEET, "late": True}, "le 20 nov. 2026, en retard", "signe--tard"),
    ({"method": MarkMethod.CONNECTION, "minutes": 210, "late": True}, "le 20 nov. 2026, en retard", "signe--tard"),
]


@pytest.mark.parametrize(("mark", "words", "look"), PRESENCES)
def test_a_presence_is_told_by_the_way_it_came(mark, words, look):
    said, shown = cell(SlotState.PRESENT, kind=MarkKind.PRESENT, **mark)
    assert (" ".join(said.split()), shown) == (words, look)


@pytest.mark.parametrize(
    ("state", "mark", "told"),
    [
        (SlotState.ABSENT, {"kind": MarkKind.ABSENT}, ("absent", "signe--absent")),
        (SlotState.ABSENT, {"kind": MarkKind.EXCUSED}, ("absent, excusé", "")),
        (SlotState.OPEN, {}, ("à signer", "signe--tard")),
        (SlotState.LATE, {}, ("à signer", "signe--tard")),
        (SlotState.LEFT, {}, ("sorti", "signe--attente")),
        (SlotState.TO_COME, {}, ("à venir", "signe--attente")),
    ],
)
def test_what_nobody_signed_says_why(state, mark, told):
    assert cell(state, **mark) == told


def test_every_way_and_every_state_has_its_line():
    told = {mark["method"] for mark, _words, _look in PRESENCES}
    assert told == set(MarkMethod)

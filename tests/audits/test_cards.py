"""Which piece of a page is shown beside it, and which lines of the plan are open."""

from __future__ import annotations

from types import SimpleNamespace
from uuid import UUID

import pytest

from evidence.audits.cards import PieceCard, chosen, marked
from evidence.audits.frame import section_shown
from evidence.audits.queries import PlanLine, PlanSection


def piece(number, *, shown=True):
    return PieceCard(UUID(int=number), f"Pièce {number}", "PDF", 1, None, 10, shown)


FIRST, SECOND, UNSEEN = piece(1), piece(2), piece(3, shown=False)
ALL = [FIRST, SECOND, UNSEEN]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (str(UUID(int=1)), FIRST),
        (str(UUID(int=2)), SECOND),
        (str(UUID(int=3)), None),
        (str(UUID(int=4)), None),
        ("", None),
        ("x", None),
    ],
)
def test_a_piece_that_can_be_shown_is_chosen_by_its_version(wanted, found):
    assert chosen(ALL, wanted) == found


@pytest.mark.parametrize(
    ("shown", "here"), [(FIRST, [True, False, False]), (SECOND, [False, True, False]), (None, [False, False, False])]
)
def test_the_piece_shown_is_marked_among_the_others(shown, here):
    found = marked(ALL, shown)
    assert [one.here for one in found] == here
    assert [one.version_id for one in found] == [one.version_id for one in ALL]


LINES = tuple(PlanLine(SimpleNamespace(number=number), True, "", 0) for number in (4, 5))
SECTION = PlanSection(SimpleNamespace(number=2), LINES)


@pytest.mark.parametrize(
    ("opened", "here", "unfolded", "read"),
    [(2, 5, True, [False, True]), (2, 0, True, [False, False]), (1, 4, False, [True, False]), (0, 0, False, [False, False])],
)
def test_the_plan_unfolds_where_one_reads(opened, here, unfolded, read):
    section, is_open, lines = section_shown(SECTION, opened=opened, here=here)
    assert (section, is_open, lines) == (SECTION, unfolded, list(zip(LINES, read, strict=True)))

"""How many pieces an indicator has in the auditor's room, in words."""

import pytest

from evidence.audits.sentences import pieces_told


@pytest.mark.parametrize(
    ("linked", "counted", "said"),
    [
        (0, 0, "0 reliée"),
        (1, 0, "1 reliée"),
        (2, 0, "2 reliées"),
        (0, 1, "1 qui compte par ce dont elle parle"),
        (2, 3, "2 reliées, 3 qui comptent par ce dont elles parlent"),
    ],
)
def test_how_many_pieces(linked, counted, said):
    assert pieces_told(linked=linked, counted=counted) == said

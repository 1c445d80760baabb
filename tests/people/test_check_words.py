"""Where a record that a trainer sent stands, in one sentence."""

from __future__ import annotations

import pytest

from trainings.people.wording import check_words

LOOK = "Regardez le fichier, complétez ses dates, puis retenez-la ou refusez-la."
ASIDE = "Cette pièce a été mise de côté : illisible"
KEPT = "Cette pièce est déjà retenue."


@pytest.mark.parametrize(
    ("waiting", "set_aside", "expected"),
    [(True, False, LOOK), (True, True, LOOK), (False, True, ASIDE), (False, False, KEPT)],
)
def test_a_record_says_where_it_stands(waiting, set_aside, expected):
    assert check_words(waiting=waiting, set_aside=set_aside, reason="illisible") == expected

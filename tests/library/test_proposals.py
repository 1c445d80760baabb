"""What is proposed from the type of a piece, and titles from names of files."""

from datetime import date

import pytest

from evidence.library.proposals import propose, same_subject_key, title_from, type_label
from qualiopi.standard.book import expectations
from qualiopi.standard.grids import grid_for

GRID_2019, GRID_2026 = grid_for(date(2026, 10, 31)), grid_for(date(2026, 11, 1))


def test_every_type_of_the_standard_leads_to_an_indicator_of_the_grid():
    silent = [key for key in expectations().document_types if not propose(key, GRID_2026).indicators]
    assert silent == []


def test_a_proposal_keeps_to_the_grid_of_the_audit():
    last = [key for key in expectations().document_types if 33 in propose(key, GRID_2026).indicators]
    assert last != []
    assert [key for key in last if 33 in propose(key, GRID_2019).indicators] == []


def test_an_unknown_type_proposes_nothing_and_keeps_its_name():
    proposal = propose("unknown", GRID_2026)
    assert (proposal.indicators, proposal.contents, proposal.asks_audience, proposal.linked_to) == ((), (), False, ())
    assert (type_label("unknown"), type_label(""), type_label("internal_rules")) == (
        "unknown",
        "",
        expectations().document_types["internal_rules"],
    )


@pytest.mark.parametrize(
    ("name", "title"),
    [("Compte_rendu_juin.pdf", "Compte rendu juin"), ("a" * 300 + ".pdf", "a" * 200), ("v1.2 note.txt", "v1.2 note")],
)
def test_title(name, title):
    assert title_from(name) == title


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sollicitation des financeurs 2026", "Sollicitation des Financeurs 2027 v2", True),
        ("Règlement intérieur", "Règlement intérieur", True),
        ("Règlement intérieur", "Règlement intérieur CFA", False),
    ],
)
def test_renewed_titles(one, other, same):
    assert (same_subject_key(one) == same_subject_key(other)) is same

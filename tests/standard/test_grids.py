"""The grid follows the audit date; both grids hold together."""

from datetime import date, datetime

import pytest

from qualiopi.standard.grids import grid, grid_for, standard
from qualiopi.standard.model import ChangeType


@pytest.mark.parametrize(
    ("audit_date", "identifier", "indicators"),
    [
        (date(2019, 11, 4), "2019", 32),
        (date(2026, 10, 31), "2019", 32),
        (date(2026, 11, 1), "2026", 33),
        (date(2029, 1, 1), "2026", 33),
    ],
)
def test_the_grid_follows_the_audit_date(audit_date: date, identifier: str, indicators: int) -> None:
    found = grid_for(audit_date)
    assert (found.id, [indicator.number for indicator in found.indicators]) == (identifier, list(range(1, indicators + 1)))


def test_a_moment_is_refused() -> None:
    with pytest.raises(TypeError):
        grid_for(datetime(2026, 11, 1, 0, 30))  # noqa: DTZ001


def test_an_unknown_grid_is_refused() -> None:
    with pytest.raises(KeyError):
        grid("2031")


@pytest.mark.parametrize(
    ("identifier", "counts"),
    [("2019", {"AF": 28, "BC": 22, "VAE": 24, "CFA": 32}), ("2026", {"AF": 28, "BC": 22, "VAE": 24, "CFA": 33})],
)
def test_the_number_of_indicators_per_category(identifier: str, counts: dict[str, int]) -> None:
    found = grid(identifier)
    assert {code: sum(code in indicator.categories for indicator in found.indicators) for code in counts} == counts


def test_the_criteria_share_the_indicators() -> None:
    found = grid("2026")
    shared = {
        criterion.number: [indicator.number for indicator in found.of_criterion(criterion.number)] for criterion in found.criteria
    }
    assert shared == {
        1: [1, 2, 3],
        2: [4, 5, 6, 7, 8],
        3: [9, 10, 11, 12, 13, 14, 15, 16],
        4: [17, 18, 19, 20],
        5: [21, 22],
        6: [23, 24, 25, 26, 27, 28, 29],
        7: [30, 31, 32, 33],
    }


def test_an_indicator_keeps_its_number_criterion_categories_and_grading_between_grids() -> None:
    former, current = grid("2019"), grid("2026")
    for indicator in former.indicators:
        other = current.indicator(indicator.number)
        assert (indicator.criterion, indicator.label, indicator.categories, indicator.major_only) == (
            other.criterion,
            other.label,
            other.categories,
            other.major_only,
        )


def test_what_the_decree_of_2026_changes() -> None:
    changes = {kind: [] for kind in ChangeType}
    for indicator in grid("2026").indicators:
        changes[indicator.change.type].append(indicator.number)
    assert changes == {
        ChangeType.NEW: [33],
        ChangeType.SUBSTANCE: [1, 2, 3, 7, 12, 14, 15, 19, 20, 27, 32],
        ChangeType.WORDING: [9, 30, 31],
        ChangeType.NONE: [4, 5, 6, 8, 10, 11, 13, 16, 17, 18, 21, 22, 23, 24, 25, 26, 28, 29],
    }


def test_the_former_grid_does_not_speak_of_2026() -> None:
    for indicator in grid("2019").indicators:
        assert "2026" not in " ".join([indicator.summary, *indicator.evidence, *indicator.details])


def test_only_major_findings() -> None:
    numbers = [indicator.number for indicator in grid("2026").indicators if indicator.major_only]
    assert numbers == [4, 5, 6, 7, 10, 11, 14, 15, 16, 20, 21, 22, 26, 27, 29, 31, 32]
    assert all((indicator.minor_when is None) is indicator.major_only for indicator in grid("2026").indicators)


def test_new_entrants_and_surveillance() -> None:
    current = grid("2026")
    assert [i.number for i in current.indicators if i.new_entrant_adapted] == [2, 3, 11, 13, 14, 19, 22, 24, 25, 26, 32]
    assert [i.number for i in current.indicators if not i.always_in_surveillance] == [2, 8, 9, 12, 13, 18, 23, 24, 25, 28, 30, 33]


def test_what_rests_on_guide_v9_is_provisional_in_the_2026_grid_only() -> None:
    assert {indicator.provisional for indicator in grid("2019").indicators} == {frozenset()}
    from_guide = frozenset({"expected_level", "minor_when", "new_entrant", "subcontractor"})
    assert {indicator.provisional for indicator in grid("2026").indicators if indicator.number <= 32} == {from_guide}
    assert grid("2026").indicator(33).provisional == from_guide | {"major_only", "always_in_surveillance"}
    assert (grid("2019").guide.version, grid("2026").guide) == ("V9", None)


def test_the_standard_says_its_date_and_its_open_questions() -> None:
    assert standard().state_of == date(2026, 11, 23)
    assert len(standard().open_questions) == 5

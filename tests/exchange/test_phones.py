"""Phone numbers of every French territory and of abroad."""

import pytest

from qualiopi.phones import BadPhone, holds_several, international


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("612345678", "+33612345678"),
        ("33612345678", "+33612345678"),
        ("0033 6 12 34 56 78", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("06/12/34/56/78", "+33612345678"),
        ("01 42 00 00 00", "+33142000000"),
        ("09 72 00 00 00", "+33972000000"),
        ("0800 123 456", "+33800123456"),
        ("0590 20 12 34", "+590590201234"),  # Guadeloupe
        ("0690 12 34 56", "+590690123456"),
        ("0594 30 12 34", "+594594301234"),  # Guyane
        ("0694 12 34 56", "+594694123456"),
        ("0596 50 10 10", "+596596501010"),  # Martinique
        ("0696 12 34 56", "+596696123456"),
        ("0262 20 12 34", "+262262201234"),  # La Réunion
        ("0692 12 34 56", "+262692123456"),
        ("+33 692 12 34 56", "+262692123456"),
        ("262692123456", "+262692123456"),
        ("0269 61 12 34", "+262269611234"),  # Mayotte
        ("0639 10 34 56", "+262639103456"),
        ("0508 41 12 34", "+508411234"),  # Saint-Pierre-et-Miquelon
        ("+687 75 12 34", "+687751234"),  # Nouvelle-Calédonie
        ("+689 87 12 34 56", "+68987123456"),  # Polynésie
        ("+32 470 12 34 56", "+32470123456"),
        ("06 12 34 56 78 / 07 11 22 33 44", "+33612345678"),
    ],
)
def test_what_is_typed_becomes_one_international_form(typed, expected):
    assert international(typed) == expected
    assert international(expected) == expected


@pytest.mark.parametrize(
    "typed", ["06 12 34 56 7", "06 12 34 56 789", "0692 12 34 5", "3639", "abc", "+33 6 12 34 56", "", "00 00 00 00 00"]
)
def test_what_nobody_can_call_is_refused(typed):
    with pytest.raises(BadPhone, match="Ce numéro n’est pas complet"):
        international(typed)


@pytest.mark.parametrize(
    ("typed", "several"),
    [("06 12 34 56 78 / 07 11 22 33 44", True), ("06/12/34/56/78", False), ("06 12 34 56 78", False), ("06 12", False)],
)
def test_a_cell_that_holds_two_numbers(typed, several):
    assert holds_several(typed) is several

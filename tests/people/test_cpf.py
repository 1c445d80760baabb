"""Sessions paid by the CPF and given to a subcontractor: the rules as data, and what they ask of one session."""

from datetime import date
from pathlib import Path

import pytest

from qualiopi.standard.grids import DATA
from qualiopi.standard.subcontracting import StandardDataError, cpf_rules, load_cpf_rules
from trainings.people.cpf import Given, cpf_checks

ORIGINAL = (DATA / "subcontracting.yaml").read_text(encoding="utf-8")
FIRST = date(2026, 9, 7)
RIGHT = {
    "first_day": FIRST,
    "certified_from": date(2025, 1, 1),
    "certified_until": date(2027, 12, 31),
    "has_number": True,
    "has_contract": True,
    "signed_on": date(2026, 8, 1),
    "declared_on": date(2026, 8, 2),
    "no_cascade": True,
}


def met(**changes: object) -> dict[str, bool | None]:
    """What each requirement says of a session that lacks nothing but what changed."""
    return {check.key: check.met for check in cpf_checks(Given(**(RIGHT | changes)), cpf_rules())}


ALL = {"certified": True, "contract": True, "declared": True, "no_cascade": True, "activity_number": True}


@pytest.mark.parametrize(
    ("changes", "unmet"),
    [
        ({}, {}),
        ({"certified_until": FIRST}, {}),
        ({"certified_until": date(2026, 9, 6)}, {"certified": False}),
        ({"certified_from": date(2026, 9, 8)}, {"certified": False}),
        ({"certified_from": None}, {}),
        ({"certified_until": None}, {"certified": False}),
        ({"certified_until": None, "exemption": "micro"}, {}),
        ({"certified_until": None, "exemption": "part_of_action"}, {"certified": None}),
        ({"first_day": None}, {"certified": None}),
        ({"has_contract": False, "signed_on": None}, {"contract": False}),
        ({"signed_on": None}, {"contract": False}),
        ({"signed_on": FIRST}, {}),
        ({"signed_on": date(2026, 9, 8)}, {"contract": False}),
        ({"blanks": ("prix",)}, {"contract": False}),
        ({"declared_on": None}, {"declared": False}),
        ({"no_cascade": False}, {"no_cascade": False}),
        ({"led_by_another": True}, {"no_cascade": False}),
        ({"has_number": False}, {"activity_number": False}),
    ],
)
def test_each_requirement_on_the_first_day(changes, unmet):
    assert met(**changes) == ALL | unmet


def test_a_contract_older_than_the_rules_is_left_alone():
    assert met(signed_on=date(2024, 3, 31)) == {}
    assert met(signed_on=date(2024, 4, 1)) == ALL


def test_every_refusal_says_why():
    checks = cpf_checks(Given(first_day=FIRST), cpf_rules())
    assert [(check.key, check.met, bool(check.detail)) for check in checks] == [(key, False, True) for key in ALL]


@pytest.mark.parametrize(
    ("day", "ceiling"),
    [
        (date(2022, 12, 31), None),
        (date(2025, 12, 31), 77_700),
        (date(2026, 1, 1), 83_600),
        (date(2028, 12, 31), 83_600),
    ],
)
def test_the_ceiling_is_dated(day, ceiling):
    figure = cpf_rules().figures["micro_ceiling"].on(day)
    assert (figure and figure.value) == ceiling


def test_a_figure_that_is_not_published_yet_is_known_as_such():
    figure = cpf_rules().figures["micro_ceiling"].on(date(2029, 1, 1))
    assert (figure.value, bool(figure.source)) == (None, True)


def test_the_cap_holds_from_april_2024():
    cap = cpf_rules().figures["cap_percent"]
    assert (cap.on(date(2024, 3, 31)), cap.on(date(2024, 4, 1)).value) == (None, 80)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (ORIGINAL.replace("since: 2026-01-01", "since: 2022-01-01"), "values go from the oldest to the newest"),
        (ORIGINAL.replace("value: 80\n", "value: beaucoup\n"), "'value': a whole number is expected"),
        (ORIGINAL.replace("- key: declared", "- key: certified"), "'certified' is there twice"),
        (ORIGINAL.replace("- key: declared", "- key: declaree"), "unknown requirement 'declaree'"),
        (ORIGINAL.replace("unit: euros", "unit: francs"), "unknown unit 'francs'"),
        (ORIGINAL.replace("rules_since: 2024-04-01", "rules_since: null"), "a date is expected"),
        (ORIGINAL.replace("    - since: 2023-01-01", "    - depuis: 2023-01-01"), "'since' is missing"),
    ],
)
def test_a_wrong_line_of_the_data_is_named(tmp_path: Path, broken, said):
    path = tmp_path / "subcontracting.yaml"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(StandardDataError) as caught:
        load_cpf_rules(path)
    assert str(caught.value).startswith(f"subcontracting.yaml, line {caught.value.line}: ")
    assert said in str(caught.value)

"""A wrong line in the data is refused, and named."""

from pathlib import Path

import pytest

from qualiopi.standard.grid_loader import load_standard
from qualiopi.standard.grids import DATA
from qualiopi.standard.located import StandardDataError

ORIGINAL = (DATA / "rnq.yaml").read_text(encoding="utf-8")


def line_of(text: str, needle: str, nth: int = 1) -> int:
    """The line of the nth line that equals this once stripped."""
    found = [number for number, line in enumerate(text.splitlines(), start=1) if line.strip().removeprefix("- ") == needle]
    return found[nth - 1]


def refused(tmp_path: Path, text: str) -> StandardDataError:
    path = tmp_path / "rnq.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StandardDataError) as caught:
        load_standard(path)
    assert str(caught.value).startswith(f"rnq.yaml, line {caught.value.line}: ")
    return caught.value


def without_indicator(number: int) -> str:
    start = ORIGINAL.index(f"- number: {number}\n  criterion:")
    end = ORIGINAL.index(f"- number: {number + 1}\n  criterion:")
    return ORIGINAL[:start] + ORIGINAL[end:]


def test_the_original_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "rnq.yaml"
    path.write_text(ORIGINAL, encoding="utf-8")
    assert [len(grid.indicators) for grid in load_standard(path).grids] == [32, 33]


@pytest.mark.parametrize("number", [5, 32])
def test_a_hole(tmp_path: Path, number: int) -> None:
    text = without_indicator(number)
    error = refused(tmp_path, text)
    assert text.splitlines()[error.line - 1] == f"- number: {number + 1}"
    assert text.splitlines()[error.line].startswith("  criterion:")
    assert f"indicator {number} is missing" in str(error)


def test_a_missing_last_indicator(tmp_path: Path) -> None:
    text = ORIGINAL[: ORIGINAL.index("- number: 33\n")].replace("deduced: [33]", "deduced: []")
    error = refused(tmp_path, text)
    assert (error.line, "33 indicators are expected, 32 found" in str(error)) == (line_of(text, "indicators: 33"), True)


def test_a_duplicate(tmp_path: Path) -> None:
    text = ORIGINAL.replace("- number: 18\n  criterion", "- number: 17\n  criterion")
    error = refused(tmp_path, text)
    assert error.line == line_of(text, "number: 17", 2)
    assert "indicator 17 is there twice" in str(error)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("condition: certifying", "condition: certified", "unknown condition 'certified'"),
        ("condition: work_study", "condition: apprenticeship", "unknown condition 'apprenticeship'"),
        ("categories: [AF, CFA]", "categories: [AF, APP]", "unknown category 'APP'"),
        ("categories: [AF, CFA]", "categories: [AF, AF]", "'AF' is there twice"),
        ("categories: [AF, CFA]", "categories: []", "at least one category"),
        ("criterion: 3", "criterion: 8", "unknown criterion 8"),
        ("since: '2026'", "since: '2027'", "unknown grid '2027'"),
        ("type: wording", "type: rewritten", "unknown type of change 'rewritten'"),
        ("profile: [work_study]", "profile: [alternance]", "unknown profile fact 'alternance'"),
        ("always_for: [CFA]", "always_for: [CAP]", "unknown category 'CAP'"),
        ("from: '2026-11-01'", "from: '2026-11-02'", "does not start the day after"),
        ("from: '2026-11-01'", "from: 'novembre'", "a date is expected"),
        ("indicators: 32", "indicators: 31", "31 indicators are expected, 32 found"),
        ("guide: V9", "guide: V8", "unknown guide 'V8'"),
        ("state_of: '2026-11-23'", "state_of: null", "a date is expected"),
        ("published: '2026-08-04'", "published: null", "a date is expected"),
    ],
)
def test_a_wrong_value(tmp_path: Path, before: str, after: str, message: str) -> None:
    assert before in ORIGINAL
    text = ORIGINAL.replace(before, after, 1)
    error = refused(tmp_path, text)
    assert (error.line, message in str(error)) == (line_of(text, after), True)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (ORIGINAL.replace("  condition: null\n", "", 1), None, "'condition' is missing"),
        (ORIGINAL.replace("  criterion: 1\n", "  criterion: 1\n  criterium: 1\n", 1), None, "unknown key 'criterium'"),
        (ORIGINAL.replace("  criterion: 1\n", "  criterion: 1\n  criterion: 2\n", 1), None, "duplicate key 'criterion'"),
        (ORIGINAL.replace("  criterion: 1\n", "  criterion: un\n", 1), None, "a whole number is expected"),
        ("- a list\n", 1, "a mapping is expected"),
        ("grids: [\n", None, "not valid YAML"),
        ("", 1, "a mapping is expected"),
    ],
)
def test_a_wrong_shape(tmp_path: Path, text: str, line: int | None, message: str) -> None:
    error = refused(tmp_path, text)
    assert message in str(error)
    assert line in (None, error.line)


def test_grading_and_minor_findings_must_agree(tmp_path: Path) -> None:
    text = ORIGINAL.replace("major_only: [4, 5,", "major_only: [5,")
    error = refused(tmp_path, text)
    assert "indicator 4: 'minor_when' and 'grading' contradict each other" in str(error)
    assert text.splitlines()[error.line - 1].strip() == "minor_when: null"


def test_a_last_grid_that_ends_leaves_audits_without_a_grid(tmp_path: Path) -> None:
    error = refused(tmp_path, ORIGINAL.replace("until: null", "until: '2030-12-31'"))
    assert "no audit date may be left without a grid" in str(error)

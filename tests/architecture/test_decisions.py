"""Decisions have one form, a number each, and a list that names them all."""

import re
from pathlib import Path

from tests.architecture.house import ROOT

FOLDER = ROOT / "docs" / "adr"
FORM = re.compile(r"# (\d+)\. (\S.*)\n\n\*\*Context\.\*\* .*?\n\n\*\*Decision\.\*\* .*?\n\n\*\*Consequence\.\*\* .*\n", re.DOTALL)
LONGEST = 14


def decisions() -> list[Path]:
    return sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")


def titles() -> dict[Path, tuple[int, str]]:
    """Number and title of each decision, from its first line."""
    found = {path: re.match(r"# (\d+)\. (.+)", path.read_text(encoding="utf-8")) for path in decisions()}
    return {path: (int(match[1]), match[2]) for path, match in found.items() if match}


def test_every_decision_says_context_decision_and_consequence():
    assert [path.name for path in decisions() if not FORM.fullmatch(path.read_text(encoding="utf-8"))] == []


def test_a_decision_is_read_in_a_minute():
    lengths = {path.name: sum(1 for line in path.read_text(encoding="utf-8").splitlines()[1:] if line) for path in decisions()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_a_number_is_that_of_the_file_and_is_used_once():
    numbers = {path: number for path, (number, _) in titles().items()}
    assert {path.name: number for path, number in numbers.items() if not path.name.startswith(f"{number:04d}-")} == {}
    assert len(set(numbers.values())) == len(decisions())


def test_the_list_names_every_decision_in_order():
    listed = re.findall(r"^\| (\d+) \| \[(.+)\]\((\S+)\) \|$", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [(int(number), title, file) for number, title, file in listed] == [
        (number, title, path.name) for path, (number, title) in sorted(titles().items(), key=lambda each: each[1])
    ]

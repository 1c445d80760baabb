"""What a maintainer expects to find is there, and each page that has a twin in the other language says the same things."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, files

PAPERS = [
    ".editorconfig",
    ".github/ISSUE_TEMPLATE/fault.md",
    ".github/ISSUE_TEMPLATE/wish.md",
    ".github/PULL_REQUEST_TEMPLATE.md",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.fr.md",
    "README.md",
    "SECURITY.md",
    "findings/README.md",
]
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"```.*?```", re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
SETTING = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
# What stands in capitals in a command is for its user to fill in, in the words of the page.
FILLED_IN = {"NAME": "NOM", "FILE": "FICHIER", "HEADING": "TITRE", "READING": "LECTURE", "WORD": "MOT", "VALUE": "VALEUR"}


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def commands(text: str) -> list[str]:
    """Commands written in a page, in order: `manage.py …`, `make …`, `gunicorn …`, with what they are followed by."""
    words = [line.split(" #")[0].strip() for block in FENCE.findall(text) for line in block.splitlines()]
    words += CODE.findall(FENCE.sub("", text))
    return [word for word in words if re.match(r"(manage\.py|make|gunicorn|ExecStart=|\S*python\S*|\S*pip)\b", word)]


def in_english(command: str) -> str:
    for english, french in FILLED_IN.items():
        command = re.sub(rf"\b{french}\b", english, command)
    return command


@pytest.mark.parametrize("paper", PAPERS)
def test_paper_stands(paper):
    assert (ROOT / paper).is_file()
    assert read(paper).strip() != ""


def test_licence_is_the_agpl_whole():
    lines = read("LICENSE").splitlines()
    assert [line.strip() for line in lines[:2]] == ["GNU AFFERO GENERAL PUBLIC LICENSE", "Version 3, 19 November 2007"]
    assert [line.strip() for line in lines].count("END OF TERMS AND CONDITIONS") == 1


@pytest.mark.parametrize(("english", "french"), [("README.md", "README.fr.md"), ("docs/operations.md", "docs/operations.fr.md")])
def test_twins_say_the_same_commands_and_settings(english, french):
    assert [in_english(command) for command in commands(read(french))] == commands(read(english))
    assert sorted(set(SETTING.findall(read(french)))) == sorted(set(SETTING.findall(read(english))))
    assert re.findall(r"^#+ ", read(french), re.MULTILINE) == re.findall(r"^#+ ", read(english), re.MULTILINE)


def test_every_link_between_pages_leads_somewhere():
    pages = [*ROOT.glob("*.md"), *files(".md", under=("docs", "findings"))]
    lost = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert lost == []


def test_hooks_call_the_targets_of_make():
    entries = re.findall(r"entry: make --silent (\S+)", read(".pre-commit-config.yaml"))
    assert entries == ["layout", "check"]
    assert [target for target in entries if not re.search(rf"^{target}:", read("Makefile"), re.MULTILINE)] == []


@pytest.mark.parametrize(
    ("message", "refused"),
    [
        ("Refuse a session without a course\n\nWithout one, nothing says what was taught.\n", False),
        ("Refuse a session without a course\n", False),
        ("Refuse a session without a course\n# Please enter the commit message\n", False),
        (f"{'x' * 72}\n", False),
        (f"{'x' * 73}\n", True),
        ("\n\nA body alone\n", True),
        ("", True),
        ("A subject\nfollowed at once by its body\n", True),
    ],
)
def test_subject_of_a_commit(tmp_path, message, refused):
    file = tmp_path / "message"
    file.write_text(message, encoding="utf-8")
    done = subprocess.run([str(ROOT / "scripts" / "commit_subject.sh"), str(file)], capture_output=True, text=True)
    assert (done.returncode == 1) is refused, done.stderr


def test_every_finding_is_listed_and_can_be_run():
    scripts = sorted((ROOT / "findings").glob("*.sh"))
    listed = re.findall(r"^\| \[?`?([\w-]+\.sh)", read("findings/README.md"), re.MULTILINE)
    assert listed == [script.name for script in scripts]
    assert [script.name for script in scripts if not Path(script).stat().st_mode & 0o111] == []

"""What the tests of this folder look at: the project's own files."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("qualiopi", "trainings", "evidence")
FOREIGN = {
    ".git",
    ".venv",
    "var",
    "vendor",
    "__pycache__",
    "migrations",
    "samples",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
}
TEXTS = {".py", ".html", ".css", ".js", ".md", ".toml", ".yaml", ".yml", ".sh", ".txt", ".in", ".po", ".json", ""}


def files(*suffixes: str, under: tuple[str, ...] = ("",)) -> Iterator[Path]:
    """Our own files with these suffixes (all texts without), in these folders; third parties' and generated ones left out."""
    for folder in under:
        for place, folders, names in os.walk(ROOT / folder):
            folders[:] = sorted(set(folders) - FOREIGN)
            yield from (
                path
                for path in (Path(place, each) for each in sorted(set(names) - FOREIGN))
                if path.suffix in (suffixes or TEXTS)
            )


def name(path: Path) -> str:
    """A file as one writes it: from the root of the project."""
    return path.relative_to(ROOT).as_posix()


def lines_matching(pattern: str, *suffixes: str, under: tuple[str, ...] = ("",)) -> list[str]:
    """`file:line: text` for every line of our files that matches."""
    expression = re.compile(pattern)
    return [
        f"{name(path)}:{number}: {line.strip()[:120]}"
        for path in files(*suffixes, under=under)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if expression.search(line)
    ]

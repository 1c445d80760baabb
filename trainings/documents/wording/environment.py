"""The templating language, shut in: values are text, and nothing but what a document needs can be written."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

LONGEST = 60_000
FILTERS = {"upper", "lower", "capitalize", "length"}
# Places for what we make ourselves are marked by characters that no keyboard writes.
OPENS, CLOSES = "\ue000", "\ue001"
# Ends of lines inside a value: what they become depends on where the value stands (see `laid`).
NEXT_LINE, BREAK = "\ue002", "\ue003"
# Neither those, nor control characters, nor halves of characters belong to a text.
_UNWRITTEN = re.compile("[\ue000-\uf8ff\ud800-\udfff\x00-\x08\x0b-\x1f\x7f]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+\-!|~&=])")
_NUMBERED = re.compile(r"^(\d+)([.)])")
_TAG_LINE = re.compile(r"^[ \t]*((?:\{%(?:(?!%\}).)*%\}[ \t]*)+)(?:\n|\Z)", re.MULTILINE)
_BULLET = re.compile(r"^[-–—•*·]\s+")


class Marked(str):
    """Text that is Markdown already."""

    __slots__ = ()


def as_markdown(value: str) -> Marked:
    """A value as Markdown that shows it as it is: nothing in it is a title, a link or a table.

    Lines stay lines; those that begin with a dash or a bullet become a list.
    """
    lines = [line.strip() for line in _UNWRITTEN.sub("", value).strip().splitlines()]
    if len(lines) < 2:
        return Marked(_escaped(lines[0]) if lines else "")
    written: list[str] = []
    for line in lines:
        bullet = _BULLET.match(line)
        if bullet and written and written[-1] and not written[-1].startswith("- "):
            written.append("")
        if written and written[-1].startswith("- ") and line and not bullet:
            written.append("")
        written.append(f"- {_escaped(line[bullet.end() :])}" if bullet else _escaped(line) + ("  " if line else ""))
    return Marked(NEXT_LINE.join(written).rstrip())


def laid(source: str) -> str:
    """The rendered template with the lines of its values: lines of their own, or breaks inside the cell of a table."""
    return "\n".join(
        re.sub(f" *{NEXT_LINE}", BREAK, line) if line.lstrip().startswith("|") else line.replace(NEXT_LINE, "\n")
        for line in source.split("\n")
    )


def _escaped(line: str) -> str:
    return _NUMBERED.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", line))


def _finalize(value: Any) -> Any:
    if isinstance(value, Undefined | Marked):
        return value
    return as_markdown(str(value))


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=_finalize, keep_trailing_newline=True)
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    environment.globals = {}
    environment.tests = {}
    return environment


ENVIRONMENT = _environment()


def without_tag_lines(body: str) -> str:
    """The body without the line ends of lines that hold nothing but tags, and without our own marks.

    A loop then leaves no blank line between its turns. Jinja's own trimming would also join a line that ends with a tag to the next
    one, and two paragraphs into one.
    """
    return _TAG_LINE.sub(r"\1", _UNWRITTEN.sub("", body))

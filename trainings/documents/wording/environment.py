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
_PRIVATE = re.compile("[\ue000-\uf8ff]")
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
    lines = [line.strip() for line in _PRIVATE.sub("", value).strip().splitlines()]
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
    return Marked("\n".join(written).rstrip())


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
    """The body without the line ends of lines that hold nothing but tags: a loop leaves no blank line between its turns.

    Jinja's own trimming would also join a line that ends with a tag to the next one, and two paragraphs into one.
    """
    return _TAG_LINE.sub(r"\1", body)

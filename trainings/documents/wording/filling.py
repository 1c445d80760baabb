"""From a template and its variables to the body of a document: Jinja, then Markdown without raw HTML nor pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from jinja2 import Template, TemplateError
from markdown_it import MarkdownIt
from markdown_it.token import Token

from qualiopi.web.typography import french_spaces
from trainings.documents.wording.environment import BREAK, CLOSES, ENVIRONMENT, OPENS, Marked, laid, without_tag_lines
from trainings.documents.wording.variables import Variable, schema_of

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
_PLACE = re.compile(f"<p>{OPENS}([a-z_.]+){CLOSES}</p>")
# An address broken at its hyphen is not copied well. Those of links come after a colon.
_EMAIL = re.compile(r"(?<![\w.+:-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Two hundred pages: beyond, a wording repeats itself.
LONGEST_DOCUMENT = 400_000
_SPACES = re.compile(r"\s+")
# A table written without a head row still needs one in Markdown: when it says nothing, each line is headed by its first cell.
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_EMPTY_HEAD = re.compile(r"<thead>\s*<tr>\s*(?:<th[^>]*></th>\s*)+</tr>\s*</thead>\s*")
_FIRST_CELL = re.compile(r"<tr>\s*<td[^>]*>(.*?)</td>", re.DOTALL)


class FillingError(ValueError):
    """A template could not be filled; `str(error)` is a French sentence."""


@dataclass(frozen=True, slots=True)
class Filled:
    """`html`: the body of the document. `text`: what one reads in it, with single spaces, to look for statements."""

    html: str
    text: str

    def says(self, value: str) -> bool:
        """Whether every line of this value is read in the document."""
        return all(_read(line.strip().lstrip("-–—•*· ")) in self.text for line in value.splitlines() if line.strip())


def _read(text: str) -> str:
    return _SPACES.sub(" ", text.replace("'", "’")).strip()


@lru_cache(maxsize=64)
def _template(body: str) -> Template:
    return ENVIRONMENT.from_string(without_tag_lines(body))


def fill(body: str, kind: str, context: Mapping[str, Any], blocks: Mapping[str, str] | None = None) -> Filled:
    """The body of a document. `context`: groups of texts, and lists of texts; `blocks`: our own HTML, by variable.

    Raises FillingError when a variable has no value at all, or when a block does not stand alone on its line. Nothing that a value
    holds acts: it is escaped for Markdown, then for HTML.
    """
    blocks = blocks or {}
    try:
        source = laid(_bounded(_template(body).generate(_with_places(kind, context))))
    except (TemplateError, TypeError, ValueError, SyntaxError, RecursionError) as error:
        raise FillingError(_("Le modèle n’a pas pu être rempli : %(why)s") % {"why": error}) from error
    tokens = _MARKDOWN.parse(source)
    text = _spaced(tokens)
    html = _TABLE.sub(_with_heads, _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
    html = html.replace(BREAK, "<br>")
    html = _EMAIL.sub(r'<span class="insecable">\g<0></span>', html)
    html = _PLACE.sub(lambda place: blocks.get(place.group(1), ""), html)
    if OPENS in html:
        name = html.split(OPENS)[1].split(CLOSES)[0]
        raise FillingError(_("« %(name)s » s’écrit seul, sur une ligne entre deux lignes vides.") % {"name": name})
    return Filled(html, _read(text))


def _bounded(pieces: Iterator[str]) -> str:
    """What a template gives, stopped when it does not end: a loop over a long session may repeat a long text."""
    written: list[str] = []
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > LONGEST_DOCUMENT:
            raise ValueError(_("le document dépasse %(limit)s signes.") % {"limit": LONGEST_DOCUMENT})
        written.append(piece)
    return "".join(written)


def _with_heads(table: re.Match[str]) -> str:
    """Say what each head of a table is the head of: a reader of tagged PDF repeats it."""
    headless, found = _EMPTY_HEAD.subn("", table.group())
    if not found:
        return headless.replace("<th", '<th scope="col"').replace('<th scope="col"ead', "<thead")
    rows = _FIRST_CELL.sub(r'<tr><th scope="row">\1</th>', headless)
    return rows.replace("<table>", '<table class="fiche">')


def _with_places(kind: str, context: Mapping[str, Any]) -> dict[str, Any]:
    filled = {group: dict(values) for group, values in context.items()}
    for group, variables in schema_of(kind).items():
        for name, variable in variables.items():
            if isinstance(variable, Variable) and variable.block:
                filled.setdefault(group, {})[name] = Marked(f"{OPENS}{group}.{name}{CLOSES}")
    return filled


def _spaced(tokens: Sequence[Token]) -> str:
    """Give every text its French spaces and apostrophes; return what is read, piece after piece."""
    read: list[str] = []
    for token in tokens:
        for piece in token.children or []:
            if piece.type == "text":
                piece.content = french_spaces(piece.content.replace("'", "’"))
                read.append(piece.content.replace(BREAK, " "))
            elif piece.type in ("softbreak", "hardbreak"):
                read.append(" ")
            elif piece.type == "code_inline":
                read.append(piece.content)
        if token.type == "inline":
            read.append("\n")
    return "".join(read)

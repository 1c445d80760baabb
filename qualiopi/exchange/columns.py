"""The columns a kind of table may have: what they are called in people's files, and how their cells are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from import_export.fields import Field

from qualiopi.exchange.judgements import Judge
from qualiopi.exchange.values import CellError
from qualiopi.exchange.words import clean
from qualiopi.text import comparison_key

Label = str | Promise
Parse = Callable[[Any], Any]


class Column(Field):
    """One column of a kind of table.

    ``synonyms`` are headings people use, ``unusual`` those that mean something else as often, ``pattern`` recognises long
    ones (questions). ``understood`` says how cells are read. ``doubt`` is what to verify when the heading alone does not
    decide. ``never`` names what is not imported, and why. A column fills the attribute of the model that has its name,
    unless it is ``transient``: then the resource does something with its value. ``judge`` looks at all its cells before one
    is read; columns of one ``family`` are judged beside one another.
    """

    def __init__(
        self,
        label: Label,
        *,
        parse: Parse = clean,
        judge: Judge | None = None,
        family: str = "",
        synonyms: tuple[str, ...] = (),
        unusual: tuple[str, ...] = (),
        pattern: str = "",
        understood: Label = "",
        doubt: Label = "",
        never: Label = "",
        required: bool = False,
        transient: bool = False,
    ) -> None:
        super().__init__()
        self.label = label
        self.parse = parse
        self.judge = judge
        self.family = family
        self.unusual = frozenset(comparison_key(word) for word in unusual)
        self.keys = frozenset(comparison_key(word) for word in synonyms) | self.unusual
        self.pattern = re.compile(pattern) if pattern else None
        self.understood = understood
        self.doubt = doubt
        self.never = never
        self.required = required
        self.transient = transient

    @property
    def key(self) -> str:
        """The name of the column in mappings."""
        return str(self.column_name)


def text(longest: int) -> Parse:
    """A text on one line, refused beyond what the product keeps."""

    def parse(value: Any) -> str:
        words = " ".join(clean(value).split())
        check_length(words, longest)
        return words

    return parse


def paragraph(longest: int) -> Parse:
    """A text whose line breaks are kept."""

    def parse(value: Any) -> str:
        words = clean(value)
        check_length(words, longest)
        return words

    return parse


def check_length(words: str, longest: int) -> None:
    """Raise ``CellError`` for a text longer than the product keeps."""
    if len(words) > longest:
        raise CellError(
            _("Ce texte compte %(length)s caractères, au plus %(longest)s sont gardés : raccourcissez-le.")
            % {"length": len(words), "longest": longest}
        )

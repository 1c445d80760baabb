"""The cells of the matrix: hundreds on a page, a dozen different ones but for those that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Protocol

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from qualiopi.web import status as status_look


class Cell(Protocol):
    """What is shown where a row and a column cross: the status ("" for none yet), a word, how many of how many, where it leads and how
    that link is read aloud, whether a rule is drawn at its left, whether a deposited file carries the proof."""

    @property
    def status(self) -> str: ...
    @property
    def word(self) -> str: ...
    @property
    def figure(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def first(self) -> bool: ...
    @property
    def of_a_file(self) -> bool: ...


def cells(row: Iterable[Cell]) -> SafeString:
    """The cells of a row, one after the other."""
    return format_html_join("", "<td{}>{}</td>", ((_RULE if each.first else "", _cell(each)) for each in row))


def _cell(each: Cell) -> SafeString:
    if not each.url:
        return _plain_cell(each.status, each.word, each.of_a_file, get_language())
    shown = status_look.look(each.status)
    said = ", ".join(filter(None, (str(shown.word), each.word, each.label)))
    return format_html(
        '<a href="{}" class="case case--{}">{}{}<span class="visuellement-cache"> {}</span></a>',
        each.url,
        shown.css,
        status_look.status_use(each.status),
        each.figure,
        said,
    )


@cache
def _plain_cell(status: str, word: str, of_a_file: bool, language: str | None) -> SafeString:
    """A cell that leads nowhere: there are a dozen different ones."""
    if not status:
        return format_html('<span class="case petit doux">{}</span>', word)
    shown = status_look.look(status)
    return format_html(
        '<span class="case case--{}{}"{}>{}</span>',
        shown.css,
        " case--piece" if of_a_file else "",
        format_html(' title="{}"', word) if word else "",
        status_look.status_use(status, ", ".join(filter(None, (str(shown.word), word)))),
    )


_RULE = mark_safe(' class="grp"')

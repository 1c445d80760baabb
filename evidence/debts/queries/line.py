"""One thing owed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from evidence.readiness.links import Way


class Owed(NamedTuple):
    """One thing owed. `trainers` or `user` can mend it; with neither, the team does.

    `key`: what it is; `session` is empty for what is of nobody's session; `of_file`: a piece of a trainer's file. `words` and `way` make
    its sentence and the place where it is mended when they are asked for: a page shows a few of thousands.
    """

    key: str
    since: date
    indicator: int | None
    session: str
    label: str
    words: Callable[[], str]
    way: Callable[[], Way]
    trainers: tuple[str, ...] = ()
    user: str = ""
    of_file: bool = False

    @property
    def what(self) -> str:
        return self.words()

    @property
    def short_label(self) -> str:
        """What it is about in a word: the reference of a session, somebody's name."""
        return self.label.partition(" · ")[0]

    @property
    def url(self) -> str:
        return self.way().url

    @property
    def action(self) -> str:
        return self.way().label


def oldest_first(each: Owed) -> tuple[date, str]:
    """The order of everything that is owed; the words decide further where they are shown, within one session."""
    return each.since, each.label


def as_said(each: Owed) -> tuple[date, str]:
    """The order within one session, or one file."""
    return each.since, each.what

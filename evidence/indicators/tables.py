"""The one table of an indicator: sessions by who leads them, three groups and three of each; what one button does about a group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from evidence.indicators import wording
from evidence.indicators.queries import sessions_owing
from evidence.matrix.queries import Column, Group, Matrix, groups_of, holes_by_column
from evidence.matrix.rows import Button, Fold, Reach, Sheet, folds_of, sheets_of
from evidence.matrix.wording import under_a_head

GROUPS, ROWS = 3, 3  # shown before the fold, and in each group
FOLDED = 10  # groups named under the fold


@dataclass(frozen=True, slots=True)
class Led:
    """A group of the table: its sessions, and where those that are not shown are."""

    sheet: Sheet
    remind: Button | None
    more: str
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    """A column: what is expected, and how many sessions lack it."""

    column: Column
    holes: int

    @property
    def words(self) -> str:
        """Under its name."""
        return under_a_head(self.holes)


@dataclass(frozen=True, slots=True)
class Table:
    """What an indicator asks of sessions, ready to be shown. `others`: groups that are folded, below `others_told`."""

    heads: tuple[Head, ...]
    groups: tuple[Led, ...]
    others: tuple[Led, ...]
    others_told: str
    folds: tuple[Fold, ...]
    url: str
    everyone: Button | None
    total: str

    @property
    def width(self) -> int:
        """How many columns."""
        return len(self.heads) + 1


@dataclass(frozen=True, slots=True)
class Desk:
    """What the table needs beside the matrix: where it stands, who leads, whom one may write to."""

    organisation: str
    names: Mapping[str, str]
    reach: Reach

    def remind(self, matrix: Matrix, groups: Sequence[Group]) -> Button | None:
        """The button that writes to who leads these and can mend something there; it says of how many sessions."""
        button = self.reach.button(matrix, groups, self.names)
        if button is None:
            return None
        count = sessions_owing(matrix, groups, button.trainers)
        return replace(button, label=wording.remind([self.names[each] for each in button.trainers], count))

    def url(self, group: Group | None = None) -> str:
        """The matrix, of one of those who lead the group where somebody does."""
        query = {"formateur": group.trainers[0]} if group and group.trainers else {}
        return reverse("matrix:index", args=[self.organisation], query=query)


def table_of(matrix: Matrix, desk: Desk) -> Table | None:
    """The table of the page of an indicator; None where it asks nothing of sessions."""
    if not matrix.sessions:
        return None
    folds = folds_of(desk.organisation, matrix, matrix.sessions)
    folded = {session.id for fold in folds for session in fold.sessions}
    groups = groups_of(matrix, (session for session in matrix.sessions if session.id not in folded), desk.names)
    others = groups[GROUPS:]
    return Table(
        heads=tuple(Head(replace(column, first=False), holes) for column, holes in holes_by_column(matrix, matrix.sessions)),
        groups=tuple(_leds(matrix, groups[:GROUPS], desk)),
        others=tuple(_leds(matrix, others[:FOLDED], desk)),
        others_told=wording.other_groups(len(others)) if others else "",
        folds=tuple(replace(fold, url=desk.url()) for fold in folds),
        url=desk.url(),
        everyone=desk.remind(matrix, groups),
        total=wording.so_many_sessions(len(matrix.sessions)),
    )


def _leds(matrix: Matrix, groups: Sequence[Group], desk: Desk) -> Iterable[Led]:
    """These groups, each with its first sessions and its button."""
    for group in groups:
        shown = [(group, session) for session in group.sessions[:ROWS]]
        [sheet] = sheets_of(desk.organisation, matrix, shown, desk.names, desk.reach)
        more = len(group.sessions) - len(shown)
        yield Led(sheet, desk.remind(matrix, [group]), wording.others_in_group(more) if more else "", desk.url(group))

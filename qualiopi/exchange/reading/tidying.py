"""Cells as their author means them: what a spreadsheet was told so as to keep a text as it is, and letters that became « ? »."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..defusing import bare_text
from . import refusals
from .tables import MOST_LINES, MOST_WORDS, Cell, Note, NoteKind, Row

# « '01000 » and « ="01000" » keep the zero. « '+33612345678 » and « '-L'accueil » are no formula: `bare_text` knows them.
_FORCED = re.compile(r"""'(?=\d)(?P<said>[^']*)|="(?P<quoted>[^"]*)\"""")
# « LEF?VRE »: a question mark inside a word, addresses of pages excepted.
_LOST = re.compile(r"(?<![\w/=?&.:])[^\W\d_]+\?[^\W\d_]+(?![\w/=?&:])")
_MARKS = frozenset("'=")


def _said(value: str) -> str:
    found = _FORCED.fullmatch(value)
    if found is None:
        return bare_text(value)
    return str(found["said"] if found["said"] is not None else found["quoted"])


class Tidying:
    """Tidies the rows of one table, and keeps what there is to tell."""

    def __init__(self) -> None:
        self._forced: list[int] = []
        self._forced_cells: dict[str, None] = {}
        # Word -> its line.
        self._lost: dict[str, int] = {}

    def values(self, line: int, values: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """The same cells, without what forces them to be texts."""
        # Asked of every row of every file: without a call for each cell.
        if not [1 for value in values if value.__class__ is str and (value[:1] in _MARKS or "?" in value)]:  # type: ignore[index, operator]
            return values
        return tuple(self._cell(line, value) if isinstance(value, str) else value for value in values)

    def _cell(self, line: int, value: str) -> str:
        if "?" in value:
            self._lost.update((word, line) for word in _LOST.findall(value) if word not in self._lost)
        said = _said(value)
        if said == value:
            return value
        if not self._forced or self._forced[-1] != line:
            self._forced.append(line)
        self._forced_cells[value] = None
        return said

    def notes(self) -> list[Note]:
        """What to tell of the whole table."""
        notes = []
        if self._forced:
            sentence = _('Des cellules sont écrites pour rester du texte (apostrophe ou « ="…" ») : nous gardons le texte seul.')
            notes.append(
                Note(NoteKind.READ_AS, sentence, tuple(self._forced[:MOST_LINES]), tuple(self._forced_cells)[:MOST_WORDS])
            )
        if self._lost:
            sentence = ngettext(
                "Un mot contient un point d’interrogation à la place d’une lettre, peut-être : vérifiez-le.",
                "Des mots contiennent un point d’interrogation à la place d’une lettre, peut-être : vérifiez-les, "
                "ou exportez de nouveau votre fichier au format « CSV UTF-8 ».",
                len(self._lost),
            )
            lines = tuple(dict.fromkeys(self._lost.values()))
            notes.append(Note(NoteKind.DOUBT, sentence, lines[:MOST_LINES], tuple(self._lost)[:MOST_WORDS]))
        return notes

    def refuse_lost_letters(self, rows: Iterable[Row]) -> None:
        """Raise ``UnreadableFile`` when several words lost a letter and no accented one is left in the whole table."""
        if len(self._lost) > 1 and all(value.isascii() for row in rows for value in row.values if isinstance(value, str)):
            word, line = next(iter(self._lost.items()))
            raise refusals.lost_letters(word, line)

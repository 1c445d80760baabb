"""Finding the lists of a report inside its rows: each heading row that a layout knows, and the rows under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import zip_longest

from django.utils.translation import gettext as _

from qualiopi.exchange.reading import Cell, Note, NoteKind, Row, Rows, UnreadableFile
from qualiopi.text import comparison_key
from trainings.attendance.reports import sentences
from trainings.attendance.reports.hours import zone_in_heading, zone_of
from trainings.attendance.reports.layouts import HEADINGS, LAYOUTS, Layout

HOURS = ("joined", "left", "at")
# A heading, then what it bears between brackets: « Duration (minutes) », « Join Time (UTC) ».
_BRACKETS = re.compile(r"^(.{1,100}?)\s*[(\[]([^()\[\]]{0,60})[)\]]$")
_TRAILING_ZONE = re.compile(r"^(.+) (utc|gmt|cet|cest)$")
# How far a heading goes: beyond, it is a comment.
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Found:
    """One list: its layout, where each role stands, the words of each heading, the zone of its hours, how many cells its headings take."""

    layout: Layout
    places: Mapping[str, int]
    words: Mapping[str, str]
    zone: tzinfo | None
    width: int
    rows: list[Row] = field(default_factory=list)

    def cell(self, row: Row, role: str) -> Cell:
        """What a row says in a role; None when this list has no such column, or the row is shorter."""
        place = self.places.get(role)
        return row.values[place] if place is not None and place < len(row.values) else None

    def text(self, row: Row, role: str) -> str:
        """The same as a text on one line."""
        value = self.cell(row, role)
        return "" if value is None else " ".join(str(value).split())


def find_lists(sheets: Sequence[Rows]) -> tuple[list[Found], list[Note]]:
    """Every list that some layout knows, and what is told of what was left out. Raises UnreadableFile for a row wider than its headings."""
    lists: list[Found] = []
    notes: list[Note] = []
    for sheet in sheets:
        rows = [row for row in (Row(line, cells) for line, cells in sheet.rows) if any(filled(row))]
        found, left_out = _lists_of(rows)
        if rows and not found:
            # Told beside a sheet that is read: a file without any list is refused as a whole.
            left_out = [_unread_sheet(sheet.sheet)]
        lists += found
        notes += [*sheet.notes, *left_out]
    return lists, notes


def _unread_sheet(name: str) -> Note:
    sentence = _("La feuille « %(name)s » n’est pas un relevé de connexion : elle n’est pas lue.") % {"name": name}
    return Note(NoteKind.LEFT_OUT, sentence)


def filled(row: Row) -> Iterator[Cell]:
    """The cells of a row that say something."""
    return (cell for cell in row.values if cell is not None and (not isinstance(cell, str) or cell.strip()))


def _lists_of(rows: list[Row]) -> tuple[list[Found], list[Note]]:
    lists: list[Found] = []
    unknown: list[Row] = []
    reading = False
    for row, after in zip_longest(rows, rows[1:]):
        if found := _recognise(row):
            lists.append(found)
            reading = True
        elif lists and _is_unknown_heading(row):
            reading = False
            unknown.append(row)
        elif not lists or _is_title(row, after):
            continue
        elif reading:
            _check_width(lists[-1], row)
            lists[-1].rows.append(row)
        else:
            unknown.append(row)
    return lists, sentences.unknown_rows([row.line for row in unknown])


@dataclass(frozen=True, slots=True)
class _Heading:
    place: int
    label: str
    key: str
    short: str
    between: str


def _headings(row: Row) -> list[_Heading]:
    headings = []
    for place, cell in enumerate(row.values):
        if not isinstance(cell, str) or not cell.strip() or len(cell) > LONGEST:
            continue
        label = " ".join(cell.replace("\ufeff", "").split()).strip('="')
        brackets = _BRACKETS.match(label)
        key = comparison_key(label)
        short, between = (comparison_key(brackets[1]), brackets[2]) if brackets else (key, "")
        if not brackets and (trailing := _TRAILING_ZONE.match(key)):
            short, between = trailing[1], trailing[2]
        headings.append(_Heading(place, label, key, short, between))
    return headings


def _recognise(row: Row) -> Found | None:
    """The list that a row of headings opens, None for any other row; the layout with most of its own marks, then most columns.

    A list without any mark of a tool is nobody's.
    """
    headings = _headings(row)
    if _known(headings) < 2:
        return None  # nearly every row of a report: the layouts are not tried on it
    best: tuple[int, int] = (0, 0)
    chosen: tuple[Layout, dict[str, _Heading]] | None = None
    for layout in LAYOUTS:
        roles = _roles(layout, headings)
        if not layout.needs <= roles.keys() or not roles.keys() & {"name", "first_name", "last_name", "email"}:
            continue
        words = {heading.key for heading in headings}
        score = (len(layout.marks & roles.keys()) + len(layout.marks & words), len(roles))
        if layout.tool and not score[0]:
            continue
        if chosen is None or score > best:
            best, chosen = score, (layout, roles)
    if chosen is None:
        return None
    layout, roles = chosen
    zones = [zone for role in HOURS if role in roles and (zone := zone_in_heading(roles[role].label, _between(roles[role])))]
    return Found(
        layout,
        places={role: heading.place for role, heading in roles.items()},
        words={role: heading.key for role, heading in roles.items()},
        zone=zones[0] if zones else zone_of(layout.zone) if layout.zone else None,
        width=headings[-1].place + 1,
    )


def _between(heading: _Heading) -> str:
    return heading.between if heading.short != heading.key else ""


def _roles(layout: Layout, headings: list[_Heading]) -> dict[str, _Heading]:
    """By role, the heading that has it: the first of its words that is there. Of two alike, the one that follows the name.

    Some reports repeat what concerns the meeting on every row, before what concerns the participant.
    """
    roles: dict[str, _Heading] = {}
    start = 0
    for role in sorted(layout.columns, key=lambda role: role != "name"):
        for word in layout.columns[role]:
            alike = [heading for heading in headings if word in (heading.key, heading.short)]
            if alike:
                roles[role] = next((heading for heading in alike if heading.place >= start), alike[0])
                break
        if role == "name" and role in roles:
            start = roles[role].place
    return roles


def _is_title(row: Row, after: Row | None) -> bool:
    """Whether a row says one thing, above the headings of another table: « 3. In-Meeting Activities »."""
    if len(list(filled(row))) > 1 or after is None:
        return False
    return _recognise(after) is not None or _is_unknown_heading(after)


def _is_unknown_heading(row: Row) -> bool:
    """Whether a row opens another table: some of its cells are headings that we know, and none holds a figure."""
    headings = _headings(row)
    if len(headings) != len(list(filled(row))) or any(any(letter.isdigit() for letter in heading.label) for heading in headings):
        return False
    return _known(headings) >= 2


def _known(headings: list[_Heading]) -> int:
    return sum(heading.key in HEADINGS or heading.short in HEADINGS for heading in headings)


def _check_width(found: Found, row: Row) -> None:
    """Raise UnreadableFile for a row with more cells than headings: its columns are shifted, and nothing in it can be believed."""
    if any(cell is not None and str(cell).strip() for cell in row.values[found.width :]):
        raise UnreadableFile(
            _(
                "La ligne %(line)s a plus de cellules que de titres : une virgule dans un nom décale sans doute ses colonnes. "
                "Déposez le fichier tel que l’outil l’a exporté, ou mettez ce nom entre guillemets."
            )
            % {"line": row.line}
        )

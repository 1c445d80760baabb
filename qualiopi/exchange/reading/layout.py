"""Finding the table inside the rows: junk, titles, blocks before it, its heading row, totals after it."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from qualiopi.text import comparison_key

from . import refusals
from .tables import Cell, Heading, Note, NoteKind, RawRow, Row
from .tidying import Tidying

HEADING_SEARCH = 40
JUNK = re.compile(r"^[\s:|=_.\-–—*#+]*$")
NOT_A_HEADING = re.compile(r"^[\d\s.,/:%€+\-]+$|@|^\d{1,4}[-/]\d|^(?:lun|mar|mer|jeu|ven|sam|dim)\.? \d", re.IGNORECASE)
FIGURE = re.compile(r"^\s*(?:=.*|[\d\s.,/:%€hH+\-]+)$")
ADDRESS = re.compile(r"^\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$")
TOTAL = re.compile(r"^(?:(?:sous[- ])?total(?:aux)?|totaux|total general|somme|moyennes?)\b")


def is_blank(cell: Cell) -> bool:
    """Whether a cell shows nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def clean_heading(cell: Cell) -> str:
    """A heading on one line."""
    return "" if cell is None else " ".join(str(cell).replace("\ufeff", "").split())


def titles_above(rows: Sequence[RawRow]) -> tuple[tuple[int, str], ...]:
    """The texts that stand alone on their line, with its number."""
    found = []
    for line, cells in rows:
        filled = [cell for cell in cells if not is_blank(cell)]
        if len(filled) == 1 and isinstance(filled[0], str):
            found.append((line, clean_heading(filled[0])))
    return tuple(found)


def _is_junk(cells: Sequence[Cell]) -> bool:
    return all(is_blank(cell) or (isinstance(cell, str) and JUNK.match(cell) is not None) for cell in cells)


def _filled(cells: Sequence[Cell]) -> int:
    # Asked of every row of every file: without a call for each cell.
    return len([1 for cell in cells if cell is not None and (not isinstance(cell, str) or cell.strip())])


def find_heading(rows: Sequence[RawRow], known: Callable[[str], bool]) -> int:
    """Position of the row that reads best as headings; ``known`` says whether a word is one of ours."""
    best, best_score = 0, float("-inf")
    for position, (_line, cells) in enumerate(rows[:HEADING_SEARCH]):
        if _is_junk(cells):
            continue
        score = _heading_score(cells, known) + min(_rows_below(rows, position), 5) - position * 0.25
        if score > best_score:
            best, best_score = position, score
    return best


def _heading_score(cells: Sequence[Cell], known: Callable[[str], bool]) -> float:
    score = 0.0
    words = [clean_heading(cell) for cell in cells if not is_blank(cell)]
    for cell in cells:
        if is_blank(cell):
            continue
        if isinstance(cell, (bool, int, float, date, datetime, time, timedelta)):
            score -= 1.5
            continue
        word = clean_heading(cell)
        score += -1.5 if NOT_A_HEADING.search(word) else 1
        score += 3 if known(word) else 0
    repeated = sum(count - 1 for count in Counter(words).values())
    return score - repeated * 0.5 - (3 if len(words) < 2 else 0)


def _rows_below(rows: Sequence[RawRow], position: int) -> int:
    """How many rows follow before a blank one."""
    number = 0
    for _line, cells in rows[position + 1 : position + 7]:
        if _filled(cells) == 0:
            break
        number += 1
    return number


def name_headings(
    cells: Sequence[Cell], rows: Sequence[RawRow], hidden: frozenset[int], *, width: int | None = None
) -> tuple[tuple[Heading, ...], list[Note]]:
    """Headings made unique, without the columns that have neither heading nor value; and what to tell about them.

    ``width``: columns of the table, where the file says it; else those of its widest row.
    """
    width = max((len(row_cells) for _line, row_cells in rows), default=0) if width is None else width
    used = {index for _line, row_cells in rows for index, cell in enumerate(row_cells) if not is_blank(cell)}
    seen: Counter[str] = Counter()
    headings: list[Heading] = []
    notes: list[Note] = []
    for index in range(max(width, len(cells))):
        label = clean_heading(cells[index]) if index < len(cells) else ""
        if not label and index not in used:
            continue
        label = label or _("Colonne %(number)s, sans titre") % {"number": index + 1}
        seen[comparison_key(label)] += 1
        if seen[comparison_key(label)] > 1:
            sentence = _("Deux colonnes s’appellent « %(label)s » : la suivante est numérotée.") % {"label": label}
            notes.append(Note(NoteKind.READ_AS, sentence))
            label = f"{label} ({seen[comparison_key(label)]})"
        headings.append(Heading(index, label, index in hidden))
        if index in hidden:
            sentence = _("La colonne « %(label)s » est masquée dans le classeur : elle est lue aussi.") % {"label": label}
            notes.append(Note(NoteKind.HIDDEN, sentence))
    return tuple(headings), notes


def table_rows(
    rows: Sequence[RawRow], headings: tuple[Heading, ...], heading_words: tuple[str, ...], *, width: int | None = None
) -> tuple[tuple[Row, ...], list[Note]]:
    """The records under the headings: blank, junk and total rows left out, stopping where another table starts.

    A record that holds something beyond ``width`` cells raises ``UnreadableFile``: its cells would be those of other headings.
    """
    kept: list[Row] = []
    notes: list[Note] = []
    tidy = Tidying()
    titles = frozenset(word.casefold() for word in heading_words if word)
    for line, cells in rows:
        filled = _filled(cells)
        if filled == 0 or _is_junk(cells):
            continue
        shared, same = _shared_headings(cells, titles)
        if same:
            notes.append(_left_out(_("Ligne %(line)s : titres répétés, laissée de côté."), line))
            continue
        if shared >= 2 and shared * 3 >= filled:
            if kept and _is_title(kept[-1], line):
                kept.pop()
            notes.append(
                _left_out(_("Un autre tableau commence à la ligne %(line)s : il n’est pas lu. Déposez-le à part."), line)
            )
            break
        if _is_total(cells):
            notes.append(_left_out(_("Ligne %(line)s : total, laissée de côté."), line))
            continue
        if width is not None and len(cells) > width and _filled(cells[width:]):
            cells, joined = _addresses_joined(cells, width)
            if not joined:
                raise refusals.too_wide(line, len(cells), width)
            notes.append(
                Note(
                    NoteKind.REPAIRED,
                    _("Ligne %(line)s : plusieurs adresses remises dans une cellule.") % {"line": line},
                    (line,),
                )
            )
        kept.append(Row(line, tidy.values(line, tuple(cells[h.index] if h.index < len(cells) else None for h in headings))))
    tidy.refuse_lost_letters(kept)
    return tuple(kept), [*notes, *tidy.notes()]


def _addresses_joined(cells: tuple[Cell, ...], width: int) -> tuple[tuple[Cell, ...], bool]:
    """The cells with neighbouring e-mail addresses put back in one, when that gives the row its width: the mark between two addresses
    of one cell is that of columns too.
    """
    found: list[Cell] = []
    for cell in cells:
        above = found[-1] if found else None
        if isinstance(cell, str) and isinstance(above, str) and ADDRESS.search(cell) and ADDRESS.search(above):
            found[-1] = f"{above.strip()} ; {cell.strip()}"
        else:
            found.append(cell)
    return (tuple(found), True) if not _filled(found[width:]) else (cells, False)


def _left_out(sentence: str, line: int) -> Note:
    return Note(NoteKind.LEFT_OUT, sentence % {"line": line}, (line,))


def _is_title(last: Row, line: int) -> bool:
    """Whether this row is only the title of the table that starts at ``line``."""
    return last.line == line - 1 and sum(not is_blank(value) for value in last.values) == 1


def _shared_headings(cells: Sequence[Cell], titles: frozenset[str]) -> tuple[int, bool]:
    """How many cells are headings of the table, and whether the row is its headings once more."""
    words = [word.casefold() for cell in cells if isinstance(cell, str) and (word := cell.strip())]
    shared = sum(word in titles for word in words)
    return shared, len(words) >= 2 and shared == len(words) == len(titles)


def _is_total(cells: Sequence[Cell]) -> bool:
    """Whether a row adds the others up: it says so first, and holds nothing else but figures."""
    filled = [cell for cell in cells if not is_blank(cell)]
    first = filled[0]
    if not isinstance(first, str) or TOTAL.match(comparison_key(first)) is None:
        return False
    return all(not isinstance(cell, str) or FIGURE.match(cell) is not None for cell in filled[1:])

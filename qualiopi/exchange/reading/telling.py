"""What there is to tell about a sheet, in sentences. Loaded in a child process alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .formulas import SheetFacts
from .tables import MOST_LINES, MOST_WORDS, Note, NoteKind


def about_sheet(facts: SheetFacts, lines: Sequence[int]) -> list[Note]:
    """Hidden rows, formulas and errors among these lines (from 1) of a sheet."""
    known = frozenset(lines)
    hidden = [line for line in lines if line - 1 in facts.hidden_rows]
    uncomputed = {place: formula for place, formula in facts.uncomputed.items() if place[0] + 1 in known}
    errors = {place: word for place, word in facts.errors.items() if place[0] + 1 in known}
    notes = []
    if hidden:
        notes.append(Note(NoteKind.HIDDEN, _hidden(len(hidden), filtered=facts.filtered), _lines(hidden)))
    computed = facts.formulas - len(facts.uncomputed)
    if computed > 0:
        sentence = ngettext(
            "%(number)s cellule contient une formule : nous reprenons le dernier résultat affiché.",
            "%(number)s cellules contiennent une formule : nous reprenons le dernier résultat affiché.",
            computed,
        )
        notes.append(Note(NoteKind.READ_AS, sentence % {"number": computed}))
    if uncomputed:
        sentence = ngettext(
            "Une formule n’a jamais été calculée : son résultat manque. Ouvrez le fichier dans votre tableur, enregistrez-le, "
            "puis déposez-le de nouveau.",
            "%(number)s formules n’ont jamais été calculées : leur résultat manque. Ouvrez le fichier dans votre tableur, "
            "enregistrez-le, puis déposez-le de nouveau.",
            len(uncomputed),
        )
        notes.append(_about_cells(NoteKind.DOUBT, sentence, uncomputed))
    if errors:
        sentence = ngettext(
            "Une cellule affiche une erreur de calcul : elle est lue comme vide.",
            "%(number)s cellules affichent une erreur de calcul : elles sont lues comme vides.",
            len(errors),
        )
        notes.append(_about_cells(NoteKind.DOUBT, sentence, errors))
    return notes


def not_looked_into() -> Note:
    """An XLS whose hidden rows and errors could not be looked for."""
    return Note(
        NoteKind.DOUBT,
        _(
            "Ce classeur ancien ne dit pas quelles lignes il masque ni quelles cellules sont en erreur : relisez l’aperçu, ou "
            "enregistrez-le au format XLSX."
        ),
    )


def other_sheets(read: str, others: Sequence[str], hidden: Sequence[str]) -> list[Note]:
    """The sheets of a workbook that hold something and are not read, then those that the spreadsheet does not show."""
    notes = []
    if others:
        sentence = ngettext(
            "Seule la feuille « %(sheet)s » est lue. L’autre se lit à part.",
            "Seule la feuille « %(sheet)s » est lue. Les autres se lisent chacune à part.",
            len(others),
        )
        notes.append(Note(NoteKind.LEFT_OUT, sentence % {"sheet": read}, (), tuple(others[:MOST_WORDS])))
    if hidden:
        sentence = ngettext(
            "Une feuille masquée du classeur n’est pas lue. Affichez-la dans votre tableur si elle compte.",
            "Des feuilles masquées du classeur ne sont pas lues. Affichez-les dans votre tableur si elles comptent.",
            len(hidden),
        )
        notes.append(Note(NoteKind.LEFT_OUT, sentence, (), tuple(hidden[:MOST_WORDS])))
    return notes


def _hidden(number: int, *, filtered: bool) -> str:
    if filtered:
        sentence = ngettext(
            "Un filtre cache %(number)s ligne dans le classeur : elle est lue aussi. Si elle est de trop, retirez-la puis déposez le "
            "fichier de nouveau.",
            "Un filtre cache %(number)s lignes dans le classeur : elles sont lues aussi. Si elles sont de trop, retirez-les puis "
            "déposez le fichier de nouveau.",
            number,
        )
    else:
        sentence = ngettext(
            "%(number)s ligne est masquée dans le classeur : elle est lue aussi.",
            "%(number)s lignes sont masquées dans le classeur : elles sont lues aussi.",
            number,
        )
    return sentence % {"number": number}


def _about_cells(kind: NoteKind, sentence: str, cells: dict[tuple[int, int], str]) -> Note:
    words = tuple(dict.fromkeys(cells.values()))[:MOST_WORDS]
    return Note(kind, sentence % {"number": len(cells)}, _lines(sorted(row + 1 for row, _column in cells)), words)


def _lines(lines: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(lines))[:MOST_LINES]

"""What is not in a pack, told before anything else: holes of the indicators, pieces withheld or altered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.engine.result import IndicatorStatus
from evidence.packs.queries import PackPiece, Pieces
from evidence.readiness.queries import Board


@dataclass(frozen=True, slots=True)
class Absence:
    """One line of the list: where (indicator, or empty), what kind, what about whom, and the sentence."""

    indicator: int | None
    nature: str
    reference: str
    label: str
    sentence: str


def absences(board: Board, pieces: Pieces, altered: Sequence[PackPiece]) -> list[Absence]:
    """Everything that is missing, withheld or altered, by indicator."""
    found = [
        Absence(status.number, _("manquant"), hole.reference, hole.label, sentence)
        for status in board.statuses
        for hole in status.missing
        for sentence in hole.sentences
    ]
    for withheld in pieces.withheld:
        for number in withheld.indicators or (None,):
            found.append(Absence(number, _("retenu"), "", withheld.title, withheld.reason))
    for piece in altered:
        sentence = _("Le fichier a changé depuis son dépôt : son empreinte n’est plus {digest}. Il n’est pas joint.").format(
            digest=piece.sha256[:16]
        )
        for number in (*piece.indicators, *piece.counts) or (None,):
            found.append(Absence(number, _("altéré"), "", piece.title, sentence))
    return found


def summary_lines(board: Board, lines: Sequence[Absence]) -> list[tuple[str, str]]:
    """Title and sentence of each line above the index: one per indicator that has holes, then what is withheld, then altered."""
    told = []
    for status in board.statuses:
        if status.missing_count:
            told.append((_("Indicateur {number}").format(number=status.number), _holes(status)))
    for nature, title in ((_("retenu"), _("Retenues")), (_("altéré"), _("Altérées"))):
        labels = list(dict.fromkeys(line.label for line in lines if line.nature == nature))
        if labels:
            told.append((title, _listed(labels)))
    return told


def _holes(status: IndicatorStatus) -> str:
    first = status.missing[0]
    if status.missing_count == 1:
        return first.sentence
    more = status.missing_count - 1
    return (
        first.sentence
        + " "
        + ngettext(
            "Et {count} autre manque, nommé dans index.xlsx.", "Et {count} autres manques, nommés dans index.xlsx.", more
        ).format(count=more)
    )


def _listed(labels: Sequence[str]) -> str:
    shown = ", ".join(labels[:5])
    more = len(labels) - 5
    return shown + (ngettext(" et {count} autre.", " et {count} autres.", more).format(count=more) if more > 0 else ".")

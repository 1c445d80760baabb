"""How the page of a session names what may be done next: each change of state, and its one main button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainings.states import SessionState as S

# A change is named by where it leads, and otherwise when it comes back from somewhere.
_TO: Final[dict[S, Promise]] = {
    S.DRAFT: _("Remettre en brouillon"),
    S.PLANNED: _("Prévoir"),
    S.CONFIRMED: _("Confirmer"),
    S.RUNNING: _("Commencer"),
    S.DONE: _("Terminer"),
    S.POSTPONED: _("Reporter"),
    S.CANCELLED: _("Annuler"),
}
_BACK: Final[dict[tuple[S, S], Promise]] = {
    (S.CONFIRMED, S.PLANNED): _("Ne plus confirmer"),
    (S.POSTPONED, S.PLANNED): _("Prévoir de nouveau"),
    (S.CANCELLED, S.PLANNED): _("Prévoir de nouveau"),
    (S.DONE, S.RUNNING): _("Reprendre"),
    (S.CLOSED, S.DONE): _("Rouvrir"),
}


@dataclass(frozen=True, slots=True)
class MainAction:
    """The main button of a page: where it leads, the name of its icon, its words."""

    url: str
    icon: str
    words: Promise


@dataclass(frozen=True, slots=True)
class Ways:
    """Addresses that the page of a session may lead to; empty for what its reader may not open."""

    confirm: str
    move: str
    close: str
    dossier: str
    survey: str


def change_words(state: str, to: str) -> Promise:
    """The words of the button that brings a session from `state` to `to`, a state other than closed."""
    return _BACK.get((S(state), S(to))) or _TO[S(to)]


def main_action(state: str, *, dated: bool, ways: Ways) -> MainAction | None:
    """What is the next thing to do of a session, if anything. `dated`: it has a first day."""
    if state == S.PLANNED and dated and ways.confirm:
        return MainAction(ways.confirm, "check", _("Confirmer la session"))
    if state == S.POSTPONED and ways.move:
        return MainAction(ways.move, "calendar-due", _("Donner de nouvelles dates"))
    if state == S.DONE and ways.close:
        return MainAction(ways.close, "lock", _("Clore la session"))
    if state == S.CLOSED:
        return MainAction(ways.dossier, "folder-open", _("Ouvrir le dossier")) if ways.dossier else None
    if state == S.CANCELLED or not ways.survey:
        return None
    return MainAction(ways.survey, "qrcode", _("Montrer le QR code de l’enquête"))

"""How the page of a session names what may be done next: each change of state."""

from __future__ import annotations

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


def change_words(state: str, to: str) -> Promise:
    """The words of the button that brings a session from `state` to `to`, a state other than closed."""
    return _BACK.get((S(state), S(to))) or _TO[S(to)]

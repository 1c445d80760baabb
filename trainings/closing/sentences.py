"""What the page that closes a session answers first."""

from __future__ import annotations

from django.utils.translation import gettext as _

from trainings.states import SessionState


def standing_words(state: str, *, missing: int) -> str:
    """Whether a session may be closed; "" when something is missing, which the page counts."""
    if state == SessionState.CLOSED:
        return _("La session est close : son dossier ne bouge plus.")
    if missing:
        return ""
    if state == SessionState.DONE:
        return _("Rien ne manque : le dossier peut être clos.")
    return _("Rien ne manque ; la session se clôt une fois terminée.")

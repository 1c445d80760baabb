"""Life of a session, below every room: those who know no session ask too which of them was held."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionState(models.TextChoices):
    """Life of a session."""

    DRAFT = "draft", _("brouillon")
    PLANNED = "planned", _("prévue")
    CONFIRMED = "confirmed", _("confirmée")
    RUNNING = "running", _("en cours")
    DONE = "done", _("terminée")
    CLOSED = "closed", _("close")
    CANCELLED = "cancelled", _("annulée")
    POSTPONED = "postponed", _("reportée")


# Decided, then given up or put off: takes up nobody's time.
CALLED_OFF = frozenset({SessionState.CANCELLED, SessionState.POSTPONED})
# Nor does what nobody decided yet count: nothing is asked, sent, owed or proved of it.
NOT_HELD = CALLED_OFF | {SessionState.DRAFT}
# Nobody started them yet.
NOT_BEGUN = frozenset({SessionState.DRAFT, SessionState.PLANNED})
# Its register takes nothing more.
OVER = CALLED_OFF | {SessionState.CLOSED}

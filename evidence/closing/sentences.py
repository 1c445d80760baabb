"""What the page that closes a session answers first."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.readiness.wording import in_words
from trainings.states import SessionState


def awaited_words(count: int) -> str:
    """The opinions still to come; "" for none."""
    if not count:
        return ""
    return ngettext("%(count)s avis attendu", "%(count)s avis attendus", count) % {"count": in_words(count)}


def closed_words(reference: str, *, awaited: int) -> str:
    """What is said of a session once it is closed."""
    closed = _("La session %(reference)s est close") % {"reference": reference}
    return _("%(closed)s : son dossier ne bouge plus.") % {"closed": _with(closed, awaited)}


def standing_words(state: str, *, missing: int, awaited: int) -> str:
    """Whether a session may be closed; "" when something holds it open, which the page counts."""
    if state == SessionState.CLOSED:
        return _("%(closed)s : son dossier ne bouge plus.") % {"closed": _with(_("La session est close"), awaited)}
    if missing:
        return ""
    if state == SessionState.DONE:
        return _("Rien ne manque : le dossier peut être %(closed)s.") % {"closed": _with(_("clos"), awaited)}
    return _("Rien ne manque ; la session se clôt une fois terminée.")


def _with(words: str, awaited: int) -> str:
    waited = awaited_words(awaited)
    return f"{words}, {waited}" if waited else words

"""Sentences of the list of sessions, each with a form for zero, one and many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evidence.agenda.queries import Entry, Place
from evidence.matrix import wording as of_the_matrix
from evidence.matrix.queries import Standing
from qualiopi.web.dates import long_date
from qualiopi.web.typography import capitalised, in_words
from trainings.states import CALLED_OFF, SessionState

PLACES = {
    Place.WAITING: gettext_lazy("à compléter"),
    Place.COMING: gettext_lazy("à venir"),
    Place.COMPLETE: gettext_lazy("complet"),
    Place.ASIDE: gettext_lazy("rien d’attendu"),
}


def how_many_wait(holes: int, total: int) -> str:
    """How many dossiers attend to a piece: those of which the matrix shows a hole."""
    if not total:
        return _("Aucun dossier n’est encore à lire.")
    if not holes:
        return ngettext("Le seul dossier n’attend aucune pièce.", "Aucun des %(total)s dossiers n’attend de pièce.", total) % {
            "total": total
        }
    return ngettext(
        "%(count)s dossier sur %(total)s attend encore une pièce.",
        "%(count)s dossiers sur %(total)s attendent encore une pièce.",
        holes,
    ) % {"count": capitalised(in_words(holes)), "total": total}


def steps_wait(count: int) -> str:
    """Of how many others a step is late; "" for none."""
    if not count:
        return ""
    return ngettext("%(count)s autre a une étape en retard.", "%(count)s autres ont une étape en retard.", count) % {
        "count": capitalised(in_words(count, feminine=True))
    }


def dossier(entry: Entry, state: str, state_words: str) -> str:
    """Where the dossier of a session stands, in a word or two."""
    if entry.missing:
        return ngettext("il manque %(n)s pièce", "il manque %(n)s pièces", entry.missing) % {"n": entry.missing}
    if state in CALLED_OFF or state == SessionState.DRAFT:
        return state_words
    if entry.standing is Standing.TO_SETTLE:
        return str(of_the_matrix.STANDINGS[Standing.TO_SETTLE])
    if entry.standing is Standing.COMPLETE:
        return _("complet")
    return str(PLACES[Place.COMING if entry.place is not Place.ASIDE else Place.ASIDE])


def in_short(entry: Entry) -> str:
    """The same on a phone, where something lacks; "" otherwise."""
    return ngettext("%(n)s pièce", "%(n)s pièces", entry.missing) % {"n": entry.missing} if entry.missing else ""


def by(day: date, today: date) -> str:
    """When what leaves or comes by itself does: « le 30 novembre »."""
    words = long_date(day)
    return _("le %(day)s") % {"day": words.rsplit(" ", 1)[0] if day.year == today.year else words}


def folded(place: Place, count: int) -> str:
    """Above sessions that ask for nothing."""
    words = (
        ngettext("%(count)s dossier complet", "%(count)s dossiers complets", count)
        if place is Place.COMPLETE
        else ngettext("%(count)s session dont rien n’est attendu", "%(count)s sessions dont rien n’est attendu", count)
    )
    return words % {"count": capitalised(in_words(count, feminine=place is not Place.COMPLETE))}


def from_to(entries: Sequence[Entry]) -> str:
    """« janv. à sept. 2026 », of those that have dates. ``entries``: the last ones first."""
    days = [entry.first for entry in entries if entry.first is not None]
    return of_the_matrix.from_to(days[-1], days[0]) if days else ""

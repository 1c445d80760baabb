"""Sentences of the first page, each with a form for zero, one and many."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.home.queries import Movement
from evidence.home.to_dos import ToDo
from evidence.readiness.wording import in_words
from qualiopi.organisations.cycle import surveillance_window
from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import long_date


def heading(name: str, things: int, *, shown: int, beginning: bool = False) -> str:
    """The greeting: how many things wait; beyond those that are `shown`, and for who begins, that they come first."""
    if things and (beginning or things > shown):
        return ngettext(
            "Bonjour %(name)s, commencez par cette chose.", "Bonjour %(name)s, commencez par ces %(count)s choses.", things
        ) % {"name": name, "count": in_words(min(things, shown))}
    if not things:
        return _("Bonjour %(name)s, rien ne vous attend.") % {"name": name}
    return ngettext(
        "Bonjour %(name)s, %(count)s chose vous attend.", "Bonjour %(name)s, %(count)s choses vous attendent.", things
    ) % {
        "name": name,
        "count": in_words(things, feminine=True),
    }


def answer(things: Sequence[ToDo], *, beginning: bool) -> str:
    """The nearest date, or the good news."""
    if beginning:
        return _("Rien n’est en retard. Le tableau se remplit de ce que vous faites ici.")
    dated = sorted(thing.due_on for thing in things if thing.due_on is not None)
    if not things:
        return _("Les indicateurs qui vous concernent sont démontrables avec les pièces d’aujourd’hui.")
    if not dated:
        return _("Chacune dit pourquoi, et mène là où cela se règle.")
    return _("La plus proche est attendue avant le %(date)s. Chacune dit pourquoi, et mène là où cela se règle.") % {
        "date": long_date(dated[0])
    }


def movements(moving: Movement) -> list[tuple[int, str]]:
    """Counts with their words; what is at rest is left out."""
    lines = [
        (
            moving.surveys_open,
            ngettext("enquête ouverte aux stagiaires", "enquêtes ouvertes aux stagiaires", moving.surveys_open),
        ),
        (
            moving.invitations_waiting,
            ngettext("invitation attend une réponse", "invitations attendent une réponse", moving.invitations_waiting),
        ),
        (
            moving.answers_of_the_week,
            ngettext("réponse reçue en sept jours", "réponses reçues en sept jours", moving.answers_of_the_week),
        ),
    ]
    return [(count, words) for count, words in lines if count]


def window_sentence(organisation: Organisation) -> str:
    """Between which days the surveillance audit is held; empty without a certificate."""
    if organisation.certified_on is None:
        return ""
    window = surveillance_window(organisation.certified_on)
    return _("Il se tient entre le %(start)s et le %(end)s, du 14e au 22e mois du certificat.") % {
        "start": long_date(window.start),
        "end": long_date(window.end),
    }

"""Sentences of the first page, each with a form for zero, one and many."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.debts.gestures import Gesture
from evidence.home.to_dos import ToDo
from qualiopi.organisations.cycle import surveillance_window
from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import long_date, short_date
from qualiopi.web.typography import capitalised, in_words


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


def answer(things: Sequence[ToDo], *, shown: int, beginning: bool) -> str:
    """How long what is shown takes, what is late, the nearest date; or the good news."""
    if beginning:
        return _("Rien n’est en retard. Le tableau se remplit de ce que vous faites ici.")
    if not things:
        return _("Les indicateurs qui vous concernent sont démontrables avec les pièces d’aujourd’hui.")
    words = [_long_words([thing.minutes for thing in things[:shown]])]
    late = sum(thing.since is not None for thing in things[:shown])
    dated = sorted(thing.due_on for thing in things if thing.due_on is not None)
    if late:
        words.append(
            ngettext("Une est en retard.", "%(n)s sont en retard.", late) % {"n": capitalised(in_words(late, feminine=True))}
        )
    elif dated:
        words.append(_("Rien n’est en retard : la plus proche est attendue avant le %(date)s.") % {"date": long_date(dated[0])})
    else:
        words.append(_("Rien n’est en retard."))
    return " ".join(words)


def _long_words(minutes: Sequence[int]) -> str:
    """How long these things take together, and the first one."""
    if len(minutes) < 2:
        return _("Comptez %(all)s.") % {"all": duration_words(sum(minutes))}
    return _("Comptez %(all)s en tout ; la première en prend %(first)s.") % {
        "all": duration_words(sum(minutes)),
        "first": duration_words(minutes[0]),
    }


def when_words(thing: ToDo) -> str:
    """Since when, or until when, a thing is expected; "" where nothing says it."""
    if thing.since is not None:
        return _("attendu depuis le %(day)s") % {"day": short_date(thing.since)}
    return _("avant le %(day)s") % {"day": short_date(thing.due_on)} if thing.due_on is not None else ""


def group_words(gesture: Gesture, n: int) -> str:
    """How many things one gesture mends."""
    words = {
        Gesture.FATE: ngettext("%(n)s session à trancher", "%(n)s sessions à trancher", n),
        Gesture.PLAN: ngettext("%(n)s fiche à compléter", "%(n)s fiches à compléter", n),
        Gesture.REGISTER: ngettext("%(n)s feuille de présence à compléter", "%(n)s feuilles de présence à compléter", n),
        Gesture.RESULTS: ngettext("%(n)s fois des résultats à noter", "%(n)s fois des résultats à noter", n),
        Gesture.AGREEMENTS: ngettext("%(n)s convention à faire signer", "%(n)s conventions à faire signer", n),
        Gesture.PAPERS: ngettext("%(n)s envoi de documents à faire", "%(n)s envois de documents à faire", n),
        Gesture.OPINIONS: ngettext("%(n)s enquête à demander ou relancer", "%(n)s enquêtes à demander ou relancer", n),
        Gesture.NEEDS: ngettext("%(n)s fois des besoins à recueillir", "%(n)s fois des besoins à recueillir", n),
        Gesture.ADAPTATIONS: ngettext("%(n)s adaptation à suivre", "%(n)s adaptations à suivre", n),
        Gesture.EXAMS: ngettext("%(n)s examen à noter", "%(n)s examens à noter", n),
        Gesture.PIECES: ngettext("%(n)s pièce à déposer", "%(n)s pièces à déposer", n),
        Gesture.STEPS: ngettext("%(n)s étape à faire", "%(n)s étapes à faire", n),
    }[gesture]
    return capitalised(words % {"n": in_words(n, feminine=gesture in _FEMININE)})


_FEMININE = frozenset(set(Gesture) - {Gesture.RESULTS, Gesture.PAPERS, Gesture.NEEDS, Gesture.EXAMS})


def duration_words(minutes: int) -> str:
    """About how long: in minutes up to an hour and a half, in hours beyond."""
    if minutes <= 90:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    return ngettext("environ %(n)s heure", "environ %(n)s heures", hours) % {"n": hours}


def week_words(to_leave: int, stuck: int) -> str:
    """How many sendings leave this week without anybody, and how many are blocked."""
    leaving = ngettext("%(n)s envoi part sans vous", "%(n)s envois partent sans vous", to_leave) % {"n": in_words(to_leave)}
    if not to_leave:
        leaving = _("rien ne part sans vous")
    if not stuck:
        return _("Cette semaine, %(leaving)s") % {"leaving": leaving}
    blocked = ngettext("un est bloqué", "%(n)s sont bloqués", stuck) % {"n": in_words(stuck)}
    return _("Cette semaine, %(leaving)s et %(blocked)s") % {"leaving": leaving, "blocked": blocked}


def left_words(left: int) -> str:
    """How many have left already; "" for none."""
    return ngettext("%(n)s est déjà parti", "%(n)s sont déjà partis", left) % {"n": in_words(left)} if left else ""


def window_sentence(organisation: Organisation) -> str:
    """Between which days the surveillance audit is held; empty without a certificate."""
    if organisation.certified_on is None:
        return ""
    window = surveillance_window(organisation.certified_on)
    return _("Il se tient entre le %(start)s et le %(end)s, du 14e au 22e mois du certificat.") % {
        "start": long_date(window.start),
        "end": long_date(window.end),
    }

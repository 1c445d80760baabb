"""Sentences of the page of an indicator, each with a form for one and many."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.readiness.wording import capitalised, in_words


def so_many_sessions(count: int) -> str:
    """« huit sessions »."""
    return ngettext("%(count)s session", "%(count)s sessions", count) % {"count": in_words(count, feminine=True)}


def remind(names: Sequence[str], sessions: int) -> str:
    """On the button that writes: « Relancer Yann Le Goff, huit sessions », « Relancer les trois formateurs, neuf sessions »."""
    who = names[0] if len(names) == 1 else _("les %(count)s formateurs") % {"count": in_words(len(names))}
    return _("Relancer %(who)s, %(sessions)s") % {"who": who, "sessions": so_many_sessions(sessions)}


def issue_them(certificates: int) -> str:
    """On the button that leads to issuing: « Émettre le certificat », « Émettre les 153 certificats »."""
    return ngettext("Émettre le certificat", "Émettre les %(n)s certificats", certificates) % {"n": certificates}


def issue_title(certificates: int, sessions: int) -> str:
    """What the page that issues answers first: « 153 certificats manquent dans 27 sessions. »"""
    if not certificates:
        return _("Aucun certificat ne manque dans une session où l’on peut encore en émettre.")
    lacking = ngettext("Un certificat manque", "%(n)s certificats manquent", certificates) % {"n": certificates}
    return _("%(lacking)s dans %(sessions)s.") % {"lacking": lacking, "sessions": so_many_sessions(sessions)}


def asked_for(series: int, certificates: int) -> str:
    """What is said once they were asked for."""
    if not series:
        return _("Rien n’était à émettre dans les sessions choisies.")
    told = ngettext("Un certificat s’émet", "%(n)s certificats s’émettent", certificates) % {"n": certificates}
    return _("%(told)s, session par session ; chaque page de documents dit où cela en est.") % {"told": told}


def first_of(count: int, label: str) -> str:
    """Beside a button that begins with one of many holes."""
    return _("Le premier de %(count)s manques : %(label)s.") % {"count": count, "label": label}


def others_in_group(count: int) -> str:
    """Under the sessions of a group that are shown."""
    return ngettext("Et %(count)s autre", "Et %(count)s autres", count) % {"count": count}


def other_groups(count: int) -> str:
    """Above the groups that are folded."""
    return ngettext("%(count)s autre équipe", "%(count)s autres équipes", count) % {
        "count": capitalised(in_words(count, feminine=True))
    }

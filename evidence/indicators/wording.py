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
